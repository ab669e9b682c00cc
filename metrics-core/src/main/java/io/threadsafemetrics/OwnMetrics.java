package io.threadsafemetrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Figures of the collector itself as metrics that alert rules alone see: they are in no
 * statistics, and there only while a rule asks for them.
 * <p>
 * Threads: {@code keep} and {@code drop} under the evaluator's lock, {@code feed} one
 * evaluation at a time, the others any.
 */
final class OwnMetrics {

    /** A rule may look back further than the collector's own metrics do by default. */
    private static final Duration MIN_RETENTION = Duration.ofMinutes(5);

    /** Retained heap of one beside its metric: its context above all. */
    private static final long BYTES = 1108;

    private static final Map<String, OwnMetric.Source> SOURCES = Stream.of(OwnMetric.Source.values())
        .collect(Collectors.toUnmodifiableMap((source) -> source.metricName, Function.identity()));

    private final ConcurrentHashMap<String, OwnMetric> kept = new ConcurrentHashMap<>();

    private final CollectorContext context;

    private final Runnable flush;

    /**
     * Creates it without a metric.
     * @param context the collector's
     * @param flush brings the collector's counters up to date
     */
    OwnMetrics(CollectorContext context, Runnable flush) {
        this.context = context;
        this.flush = flush;
    }

    static boolean isOwn(String name) {
        return SOURCES.containsKey(name);
    }

    Duration retentionWindow() {
        Duration usual = this.context.settings.retentionWindow();
        return (usual.compareTo(MIN_RETENTION) > 0) ? usual : MIN_RETENTION;
    }

    @Nullable ThreadSafeMetric find(String name) {
        OwnMetric found = this.kept.get(name);
        return (found != null) ? found.metric : null;
    }

    /**
     * Keeps a metric from now on, if it is one of these.
     * @throws IllegalStateException if there is no room
     */
    void keep(String name) {
        OwnMetric.Source source = SOURCES.get(name);
        if (source != null && !this.kept.containsKey(name)) {
            MetricDefinition definition = MetricDefinition.of(name, source.type)
                .build()
                .withDefaults(this.context.settings.maxValues(), 1, retentionWindow());
            ThreadSafeMetric metric = new ThreadSafeMetric(definition, this.context.beside());
            if (!metric.engine().tryReserve(definition)) {
                throw new IllegalStateException(
                        "Could not keep " + definition + ": there is no room, with " + this.context.budget);
            }
            this.context.budget.reserve(BYTES);
            this.kept.put(name, new OwnMetric(source, this.context, metric));
        }
    }

    void drop(String name) {
        OwnMetric dropped = this.kept.remove(name);
        if (dropped != null) {
            dropped.metric.engine().unregister();
            this.context.budget.release(BYTES);
        }
    }

    /** Takes locks of metrics and tells listeners: for a caller without a lock. */
    void flush() {
        if (!this.kept.isEmpty()) {
            this.flush.run();
        }
    }

    void feed() {
        this.kept.values().forEach(OwnMetric::feed);
    }

}
