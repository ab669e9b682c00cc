package io.threadsafemetrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.threadsafemetrics.internal.util.Checks;
import io.threadsafemetrics.internal.util.Heap;
import org.jspecify.annotations.Nullable;

/**
 * A handle of the values of one metric with one tag set: the shortest way to record.
 * <p>
 * A handle outlives its series: where the series was reset, or removed because it was
 * idle too long, the next value starts it anew. Recording never throws, and waits for no
 * reader unless so many values are staged that the bound is reached
 * ({@link SystemStatistics#writerWaits()}). Any thread may use it.
 *
 * @since 0.1.0
 */
public final class MetricSeries {

    /*
     * Shared state: 'live', written by any thread that found the series, as good as any
     * other; 'number' and 'visible', see SeriesTable.
     */
    /** The number of a series that is over. */
    static final int REMOVED = 0;

    static final long OBJECT_BYTES = Heap.object(3 * Heap.REFERENCE + Integer.BYTES + 1);

    private final MetricEngine engine;

    private final Tags tags;

    /**
     * The handle whose number counts: another one where somebody else started the series
     * anew.
     */
    volatile MetricSeries live = this;

    /** Place in the table, from 1; writers read it while they hold a cell. */
    volatile int number = REMOVED;

    /**
     * Whether answers know the series: once it was asked for, or its first value is home.
     */
    volatile boolean visible;

    MetricSeries(MetricEngine engine, Tags tags) {
        this.engine = engine;
        this.tags = tags;
    }

    /**
     * Returns the tags that tell the series apart.
     * @return the tags; the set {@code overflow=true} where the metric has no room for
     * another series
     */
    public Tags tags() {
        return this.tags;
    }

    /**
     * Records a value.
     * @param value the value: finite, and zero or more for a counter or timer
     * @return false if it was refused, which is counted
     */
    public boolean addValue(double value) {
        return this.engine.record(value, this);
    }

    /**
     * Records a value with metadata, which is copied (see {@link ThreadSafeMetric}).
     * @param value the value: finite, and zero or more for a counter or timer
     * @param metadata what to keep beside it; null is none
     * @return false if it was refused, which is counted
     */
    public boolean addValue(double value, @Nullable Map<String, ?> metadata) {
        return this.engine.record(value, this.tags, this, metadata);
    }

    /**
     * Records a duration in seconds.
     * @param duration the duration; null and, for a counter or timer, negative ones are
     * refused
     * @return false if it was refused, which is counted
     */
    public boolean addDuration(@Nullable Duration duration) {
        return addValue(Timing.seconds(duration));
    }

    /**
     * Starts to take a time, which is recorded here when the answer is closed.
     * @return the running time
     */
    public Timing startTimer() {
        return new Timing(this, this.engine);
    }

    /**
     * Answers for this series alone.
     * @param window how far back: longer than zero; cut at the retention
     * @return the figures of one instant
     * @throws IllegalArgumentException if the window is null, zero or negative
     */
    public WindowSnapshot window(Duration window) {
        Limits.window(window);
        return this.engine.window(SpanRequest.last(window), (other) -> other.equals(this.tags));
    }

    /**
     * Returns single values of this series.
     * @param query which of the values that the metric keeps raw
     * @return the values, in the order of the query
     */
    public List<MetricValue> values(ValueQuery query) {
        Tags filter = Checks.notNull(query, "query").filter();
        return this.engine.values(query, (other) -> other.equals(this.tags) && filter.matches(other));
    }

    /**
     * Returns how all values are spread since the series began, for an export to what
     * adds up histograms of many processes. Where it is first asked for after a value has
     * left the retention window, it starts with those that have not.
     * <p>
     * Cost: the first question makes all series of the metric keep the buckets of values
     * that leave the retention window, in about the memory of one of their slots; a
     * question costs about as much as one for a window. Under memory pressure the buckets
     * become wider.
     * @return the histogram, of one instant; empty where the series was removed, or where
     * the memory budget has no room for it
     */
    public Optional<CumulativeHistogram> histogram() {
        return this.engine.histogram(this);
    }

    /**
     * Returns all that the series counted since its first value; zeros where it was reset
     * or removed since.
     * @return figures of one instant, with a series count of 1
     */
    public MetricStatistics lifetime() {
        return this.engine.statistics(this);
    }

    @Override
    public String toString() {
        return Checks.shown(this.engine.name()) + this.tags;
    }

}
