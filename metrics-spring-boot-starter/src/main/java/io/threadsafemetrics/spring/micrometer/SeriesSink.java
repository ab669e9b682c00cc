package io.threadsafemetrics.spring.micrometer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.spring.micrometer.IncomingMetrics.Admission;
import org.jspecify.annotations.Nullable;

/**
 * Takes the values of a meter to its series in the collector. Never throws, and does
 * nothing where the collector does not take the meter. Any thread may use it.
 */
final class SeriesSink {

    /*
     * Shared state: 'series', bound by whoever comes first, all of them to the same;
     * 'restingSince', a hint.
     *
     * A meter may be removed while another thread records. That one looks again after it
     * has recorded: its value may have started the removed series anew. Checked by
     * ConcurrentCollectTests.
     */

    /** A meter that was refused tries again after so long. */
    static final long REST_NANOS = 60_000_000_000L;

    private static final long AWAKE = Long.MIN_VALUE;

    private final CollectorLink link;

    private final String name;

    private final @Nullable MetricDefinition definition; // null where the name is no name

    private final Tags tags;

    private final boolean refusesNegative;

    private final Feeder feeder = new Feeder();

    private volatile @Nullable MetricSeries series;

    private volatile long restingSince = AWAKE;

    private volatile boolean refusedBefore;

    SeriesSink(CollectorLink link, String name, MetricType type, Meter.Id id) {
        this.link = link;
        this.name = name;
        this.definition = definition(name, type, id);
        this.tags = tagsOf(id);
        this.refusesNegative = type == MetricType.COUNTER || type == MetricType.TIMER;
    }

    private static @Nullable MetricDefinition definition(String name, MetricType type, Meter.Id id) {
        try {
            return MetricDefinition.of(name, type).unit(id.getBaseUnit()).description(id.getDescription()).build();
        }
        catch (IllegalArgumentException ex) {
            // told when it is bound: no lock is held then
            return null;
        }
    }

    private static Tags tagsOf(Meter.Id id) {
        List<String> pairs = new ArrayList<>();
        for (Tag tag : id.getTagsAsIterable()) {
            pairs.add(tag.getKey());
            pairs.add(tag.getValue());
        }
        return Tags.of(pairs.toArray(String[]::new));
    }

    /** Records a value. */
    void record(double value) {
        record(value, null);
    }

    /** Records a value with what the application wants to be told beside it. */
    void recordWithMetadata(double value) {
        record(value, this.link.metadata());
    }

    private void record(double value, @Nullable Map<String, ?> metadata) {
        if (this.feeder.gone) {
            return;
        }
        MetricSeries bound = this.series;
        if (bound == null || !add(bound, value, metadata)) {
            recordAnew(value, metadata);
        }
        if (this.feeder.gone) {
            this.link.laterOrNow(this::release);
        }
    }

    private static boolean add(MetricSeries series, double value, @Nullable Map<String, ?> metadata) {
        return (metadata == null) ? series.addValue(value) : series.addValue(value, metadata);
    }

    private void recordAnew(double value, @Nullable Map<String, ?> metadata) {
        if (Double.isFinite(value) && !(value < 0 && this.refusesNegative) && !isResting()) {
            MetricSeries anew = tryBind();
            if (anew != null && !add(anew, value, metadata)) {
                rest();
            }
        }
    }

    /** Lets the series appear before its first value. */
    void bind() {
        MetricSeries bound = this.series;
        boolean overflowed = bound != null && !bound.tags().equals(this.tags);
        if ((bound == null || overflowed) && !isResting()) {
            tryBind();
        }
    }

    private boolean isResting() {
        long since = this.restingSince;
        return since != AWAKE && this.link.monotonicNanos() - since < REST_NANOS;
    }

    private void rest() {
        this.series = null;
        this.restingSince = this.link.monotonicNanos();
    }

    private @Nullable MetricSeries tryBind() {
        try {
            Admission admission = admit();
            ThreadSafeMetric metric = admission.metric();
            String obstacle = admission.obstacle();
            MetricSeries bound = (metric != null) ? metric.series(this.tags) : null;
            this.series = bound;
            if (obstacle != null) {
                refused(obstacle);
            }
            else if (this.feeder.gone) {
                this.link.laterOrNow(this::release);
            }
            return bound;
        }
        catch (Throwable ex) { // a user's clock: must not reach who records
            refused(ex.toString());
            return null;
        }
    }

    private Admission admit() {
        if (this.link.isClosed()) {
            return Admission.PUT_OFF;
        }
        if (this.definition == null) {
            return Admission.refused("a metric's name must have 1 to 255 characters, not all blank");
        }
        return this.link.incoming().admit(this.link.collector(), this.definition, this.tags, this.feeder);
    }

    private void refused(String obstacle) {
        rest(); // before it is logged: the logger may count its lines with this meter
        if (!this.refusedBefore && !this.feeder.gone) {
            this.refusedBefore = true;
            this.link.incoming().skipped().skip(this.name, obstacle);
        }
    }

    /**
     * Ends it. May be called under the locks of a registry: its series leaves the
     * collector soon, on another thread.
     */
    void remove() {
        this.feeder.gone = true;
        this.link.later(this::release);
    }

    /** Ends it now. */
    void close() {
        this.feeder.gone = true;
        release();
    }

    private void release() {
        try {
            this.link.incoming().release(this.link.collector(), this.name, this.tags, this.feeder);
        }
        catch (RuntimeException ex) { // a user's clock; the series goes when it is idle
            System.getLogger(SeriesSink.class.getName()).log(System.Logger.Level.DEBUG, "Could not remove", ex);
        }
    }

}
