package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;

import io.threadsafemetrics.internal.util.Checks;
import org.jspecify.annotations.Nullable;

/**
 * A metric of a collector: takes values and answers questions about its last minutes.
 * <p>
 * <b>Recording</b> ({@code addValue}, {@code addDuration}, a {@link Timing}) never
 * throws. A value that is not finite, a negative one of a counter or timer, and any value
 * of an unregistered metric or closed collector is refused: the method answers false and
 * {@link SystemStatistics#rejectedValues()} counts it. Null tags are none. Metadata is
 * copied: at most 16 entries, nulls dropped, strings cut at 1,024 characters, boxed
 * primitives, enums, UUIDs and {@code java.time} values as they are, all else as its
 * text, cut alike. U+FFFD takes the place of an unpaired surrogate.
 * <p>
 * <b>Questions</b> throw {@link IllegalArgumentException} on a wrong argument, with its
 * name, its value and what is allowed. All figures of an answer come from one instant,
 * and a value whose recording returned before is among them. A window longer than the
 * retention is cut.
 * <p>
 * Threads: any, at any time. Questions to one metric take turns; a recording waits for
 * none, unless so many values are staged that the bound is reached
 * ({@link SystemStatistics#writerWaits()}).
 *
 * @since 0.1.0
 */
public final class ThreadSafeMetric {

    private final MetricDefinition definition;

    private final MetricEngine engine;

    /**
     * Creates a metric.
     * @param definition a definition with all limits
     * @param context what the collector's metrics share
     */
    ThreadSafeMetric(MetricDefinition definition, CollectorContext context) {
        this.definition = definition;
        this.engine = new MetricEngine(this, Objects.requireNonNull(definition.maxValues()),
                Objects.requireNonNull(definition.maxTagSets()), retentionWindow().toNanos(), context);
    }

    MetricEngine engine() {
        return this.engine;
    }

    Duration retentionWindow() {
        return Objects.requireNonNull(this.definition.retentionWindow());
    }

    /**
     * Returns the name.
     * @return 1 to 255 characters
     */
    public String name() {
        return this.definition.name();
    }

    /**
     * Returns the type.
     * @return the type
     */
    public MetricType type() {
        return this.definition.type();
    }

    /**
     * Returns what the metric was registered with, and the collector's limits where it
     * gave none.
     * @return a definition with all limits
     */
    public MetricDefinition definition() {
        return this.definition;
    }

    /**
     * Records a value without tags.
     * @param value the value
     * @return false if it was refused
     */
    public boolean addValue(double value) {
        return this.engine.record(value, Tags.empty());
    }

    /**
     * Records a value.
     * @param value the value
     * @param tags the series that it goes to; null is none
     * @return false if it was refused
     */
    public boolean addValue(double value, @Nullable Tags tags) {
        return this.engine.record(value, (tags != null) ? tags : Tags.empty());
    }

    /**
     * Records a value with metadata.
     * @param value the value
     * @param tags the series that it goes to; null is none
     * @param metadata what to keep beside it; null is none
     * @return false if it was refused
     */
    public boolean addValue(double value, @Nullable Tags tags, @Nullable Map<String, ?> metadata) {
        return this.engine.record(value, (tags != null) ? tags : Tags.empty(), null, metadata);
    }

    /**
     * Records a duration in seconds, without tags.
     * @param duration the duration; null is refused
     * @return false if it was refused
     */
    public boolean addDuration(@Nullable Duration duration) {
        return addValue(Timing.seconds(duration));
    }

    /**
     * Records a duration in seconds.
     * @param duration the duration; null is refused
     * @param tags the series that it goes to; null is none
     * @return false if it was refused
     */
    public boolean addDuration(@Nullable Duration duration, @Nullable Tags tags) {
        return addValue(Timing.seconds(duration), tags);
    }

    /**
     * Returns a handle to record with, and starts its series if there is none.
     * @param tags the series; null is none
     * @return the handle; that of the series {@code overflow=true} where there is no room
     * for another series
     */
    public MetricSeries series(@Nullable Tags tags) {
        return this.engine.handle((tags != null) ? tags : Tags.empty());
    }

    /**
     * Returns the live series.
     * @return a copy, oldest first
     */
    public List<MetricSeries> series() {
        return this.engine.handles();
    }

    /**
     * Removes a series with all its values, as happens by itself once it has been idle
     * for too long. The metric's lifetime figures keep what it counted; a later value
     * starts it anew.
     * @param tags the tags that the series has, neither more nor fewer
     * @return false if there is none
     * @throws IllegalArgumentException if the tags are null
     */
    public boolean removeSeries(Tags tags) {
        return this.engine.remove(Checks.notNull(tags, "tags"));
    }

    /**
     * Returns the tag keys of the live series and their values.
     * @return a copy, sorted
     */
    public Map<String, Set<String>> availableTags() {
        Map<String, Set<String>> available = new TreeMap<>();
        for (MetricSeries live : series()) {
            live.tags()
                .asMap()
                .forEach((key, value) -> available.computeIfAbsent(key, (absent) -> new TreeSet<>()).add(value));
        }
        return available;
    }

    /**
     * Starts to take a time, which is recorded in seconds when the answer is closed.
     * @return the running time
     */
    public Timing startTimer() {
        return startTimer(Tags.empty());
    }

    /**
     * Starts to take a time, which is recorded in seconds when the answer is closed.
     * @param tags the series that it goes to; null is none
     * @return the running time
     */
    public Timing startTimer(@Nullable Tags tags) {
        return series(tags).startTimer();
    }

    /**
     * Runs a task and records how long it took, in seconds, also where it throws.
     * @param task the task
     */
    public void record(Runnable task) {
        Checks.notNull(task, "task");
        try (Timing timing = startTimer()) {
            task.run();
        }
    }

    /**
     * Calls a task and records how long it took, in seconds, also where it throws.
     * @param <T> what it returns
     * @param task the task
     * @return what it returns
     * @throws Exception what it throws
     */
    public <T extends @Nullable Object> T recordCallable(Callable<T> task) throws Exception {
        Checks.notNull(task, "task");
        try (Timing timing = startTimer()) {
            return task.call();
        }
    }

    /**
     * Returns the running total of a counter, the newest value of any other type.
     * @return the value, or empty before the first one
     */
    public OptionalDouble getCurrentValue() {
        Double current = getStatistics().currentValue();
        return (current != null) ? OptionalDouble.of(current) : OptionalDouble.empty();
    }

    /**
     * Aggregates all of the retention window.
     * @param aggregation which figure; {@link AggregationType#PERCENTILE} is the 95th
     * @return the figure, or empty where there is no value
     */
    public OptionalDouble getAggregatedValue(AggregationType aggregation) {
        return aggregate(SpanRequest.last(null), aggregation, AggregationType.DEFAULT_PERCENTILE);
    }

    /**
     * Aggregates a window.
     * @param aggregation which figure; {@link AggregationType#PERCENTILE} is the 95th
     * @param window how far back: longer than zero; cut at the retention
     * @return the figure, or empty where there is no value
     * @throws IllegalArgumentException if the window is null, zero or negative
     */
    public OptionalDouble getAggregatedValue(AggregationType aggregation, Duration window) {
        return getAggregatedValue(aggregation, window, AggregationType.DEFAULT_PERCENTILE);
    }

    /**
     * Aggregates a window.
     * @param aggregation which figure
     * @param window how far back: longer than zero; cut at the retention
     * @param percentile which percentile, from 0 to 100; of no consequence to other
     * figures
     * @return the figure, or empty where there is no value
     * @throws IllegalArgumentException if the window is null, zero or negative, or the
     * percentile outside 0 to 100 or NaN
     */
    public OptionalDouble getAggregatedValue(AggregationType aggregation, Duration window, double percentile) {
        Limits.percentile(percentile);
        return aggregate(SpanRequest.last(Limits.window(window)), aggregation, percentile);
    }

    private OptionalDouble aggregate(SpanRequest request, AggregationType aggregation, double percentile) {
        Checks.notNull(aggregation, "aggregation");
        return aggregation.of(this.engine.window(request, (tags) -> true), percentile);
    }

    /**
     * Answers for all series together.
     * @param window how far back: longer than zero; cut at the retention
     * @return the figures of one instant
     * @throws IllegalArgumentException if the window is null, zero or negative
     */
    public WindowSnapshot window(Duration window) {
        return window(window, Tags.empty());
    }

    /**
     * Answers for matching series together.
     * @param window how far back: longer than zero; cut at the retention
     * @param filter what their tags must match
     * @return the figures of one instant
     * @throws IllegalArgumentException if the window is null, zero or negative, or the
     * filter null
     */
    public WindowSnapshot window(Duration window, Tags filter) {
        return this.engine.window(SpanRequest.last(Limits.window(window)), Checks.notNull(filter, "filter")::matches);
    }

    /**
     * Does the same for a caller who holds a lock, see
     * {@link MetricEngine#windowUntold(SpanRequest, java.util.function.Predicate)}.
     */
    WindowSnapshot windowUntold(Duration window, Tags filter) {
        return this.engine.windowUntold(SpanRequest.last(window), filter::matches);
    }

    /**
     * Answers for a span in the past, to compare two periods.
     * @param from its start by the wall clock; cut at the retention
     * @param to its end; cut at the present
     * @param filter what the tags of series must match
     * @return the figures of one instant
     * @throws IllegalArgumentException if an argument is null, or {@code from} not before
     * {@code to}
     */
    public WindowSnapshot window(Instant from, Instant to, Tags filter) {
        Checks.notNull(from, "from");
        Checks.notNull(to, "to");
        Checks.argument(from.isBefore(to), "from", () -> "be before 'to' (" + to + ")", from);
        return this.engine.window(SpanRequest.between(from, to), Checks.notNull(filter, "filter")::matches);
    }

    /**
     * Answers for each value of a tag. The groups add up to the whole.
     * @param tagKey the tag's key
     * @param window how far back: longer than zero; cut at the retention
     * @param filter what the tags of series must match
     * @return figures of one instant by the tag's value; series without the key are under
     * an empty string
     * @throws IllegalArgumentException if an argument is null, or the window zero or
     * negative
     */
    public Map<String, WindowSnapshot> windowBy(String tagKey, Duration window, Tags filter) {
        Checks.notNull(tagKey, "tagKey");
        Checks.notNull(filter, "filter");
        Map<String, WindowSnapshot> groups = new LinkedHashMap<>();
        this.engine
            .windows(SpanRequest.last(Limits.window(window)),
                    (tags) -> filter.matches(tags) ? tags.valueOrEmpty(tagKey) : null)
            .forEach((value, snapshots) -> groups.put(value, snapshots.get(0)));
        return groups;
    }

    /**
     * Answers for consecutive steps of a window. A point is wider than the step where its
     * values are kept in wider slots only. A value at the edge of two points belongs to
     * the later one.
     * @param window how far back: longer than zero; cut at the retention
     * @param step how wide a point is at least: longer than zero, at most 10,000 in the
     * window
     * @param filter what the tags of series must match
     * @return the figures of one instant, oldest first; each point ends where the next
     * one starts
     * @throws IllegalArgumentException if an argument is null, zero or negative, or there
     * would be more points
     */
    public List<WindowSnapshot> timeline(Duration window, Duration step, Tags filter) {
        Duration asked = Limits.window(window);
        Duration cut = (asked.compareTo(retentionWindow()) < 0) ? asked : retentionWindow();
        Limits.positive(step, "step");
        Checks.argument(cut.minusNanos(1).dividedBy(step) < Limits.MAX_POINTS, "step",
                () -> "be at least 1/" + Limits.MAX_POINTS + " of the window (" + cut + ")", step);
        return this.engine.timeline(SpanRequest.steps(cut, step), Checks.notNull(filter, "filter")::matches);
    }

    /**
     * Returns raw values.
     * @param query which ones
     * @return a copy, in the order asked for
     */
    public List<MetricValue> values(ValueQuery query) {
        Tags filter = Checks.notNull(query, "query").filter();
        return this.engine.values(query, filter::matches);
    }

    /**
     * Returns lifetime figures: of all values since the metric was registered or reset.
     * @return the figures of one instant
     */
    public MetricStatistics getStatistics() {
        return this.engine.statistics();
    }

    /**
     * Drops what is older than the retention window, and series that have been idle for
     * too long. No answer needs it: it gives memory back, and happens by itself once the
     * collector's clean-up interval has passed.
     * @return the number of raw values dropped
     */
    public long cleanOldValues() {
        return this.engine.cleanOldValues();
    }

    /**
     * Forgets all values and series, as if just registered. A reader sees all or nothing
     * of it.
     */
    public void reset() {
        this.engine.reset();
    }

    @Override
    public String toString() {
        return this.definition.toString();
    }

}
