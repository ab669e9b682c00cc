package io.threadsafemetrics.spring.micrometer;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.jspecify.annotations.Nullable;

/**
 * Which series of a collector are fed by which meters: none by two, and none of them is
 * sent out again.
 */
final class IncomingMetrics {

    /*
     * Shared state: 'metrics' and the feeders of each, written under 'lock', read by any
     * thread. A feeder is entered before its series starts, so whoever is told of the
     * series finds it here.
     *
     * Under 'lock' only the collector's own table of metrics is asked, which calls nobody
     * back but its clock and its logger. A logger may count its lines with a meter, which
     * comes here again on the same thread: it is put off. What tells listeners of series
     * (starting one, removing one) happens without the lock, since a listener may wait
     * for a registry whose holder waits here.
     *
     * A thread may record while its meter is removed, and start the series anew that was
     * just taken away. It takes it away once more (SeriesSink); until then the feeder,
     * though gone, stays entered for as long as that may take.
     *
     * Checked by ConcurrentCollectTests, which fail where a feeder goes at once, or
     * release() does not wait for admit().
     */
    private static final Map<ThreadSafeMetricsCollector, IncomingMetrics> BY_COLLECTOR = Collections
        .synchronizedMap(new WeakHashMap<>());

    private final ReentrantLock lock = new ReentrantLock();

    private final ConcurrentMap<String, FedMetric> metrics = new ConcurrentHashMap<>();

    /** Feeders that are gone, but entered for a while; guarded by lock. */
    private final Deque<Released> released = new ArrayDeque<>();

    private final SkippedMeters skipped = new SkippedMeters(ThreadSafeMetricsMeterRegistry.class);

    private IncomingMetrics() {
    }

    /** Returns those of a collector, which they do not keep alive. */
    static IncomingMetrics of(ThreadSafeMetricsCollector collector) {
        return BY_COLLECTOR.computeIfAbsent(collector, (absent) -> new IncomingMetrics());
    }

    /** Counts the meters that are not collected. */
    SkippedMeters skipped() {
        return this.skipped;
    }

    /**
     * Whether a series is fed by a meter; that of the overflow is where any series of its
     * metric is.
     */
    boolean contains(String name, Tags tags) {
        FedMetric metric = this.metrics.get(name);
        return metric != null && metric.contains(tags);
    }

    /** Whether any series of a metric is fed by a meter. */
    boolean feeds(String name) {
        return this.metrics.containsKey(name);
    }

    /**
     * Finds the metric that a meter may feed, and registers it if there is none.
     * @return the metric, or why the meter must not feed it
     */
    Admission admit(ThreadSafeMetricsCollector collector, MetricDefinition definition, Tags tags, Feeder feeder) {
        if (this.lock.isHeldByCurrentThread()) {
            return Admission.PUT_OFF;
        }
        this.lock.lock();
        try {
            forgetReleased();
            FedMetric metric = this.metrics.computeIfAbsent(definition.name(), (absent) -> new FedMetric());
            Admission admission = metric.admit(collector, definition, tags, feeder);
            if (metric.isEmpty()) {
                this.metrics.remove(definition.name());
            }
            return admission;
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Takes the series of a meter that is gone out of the collector, unless another one
     * feeds it by now, and the metric with the last series where it is here for meters
     * alone.
     */
    void release(ThreadSafeMetricsCollector collector, String name, Tags tags, Feeder feeder) {
        boolean last;
        this.lock.lock();
        try {
            FedMetric metric = this.metrics.get(name);
            if (metric == null || !metric.isFedBy(tags, feeder)) {
                return;
            }
            last = metric.endsWith(tags, collector.findMetric(name).orElse(null));
        }
        finally {
            this.lock.unlock();
        }
        if (last) {
            collector.unregisterMetric(name);
        }
        else {
            collector.findMetric(name).ifPresent((metric) -> metric.removeSeries(tags));
        }
        noteReleased(name, tags, feeder);
    }

    private void noteReleased(String name, Tags tags, Feeder feeder) {
        this.lock.lock();
        try {
            if (feeder.releasedAt == Feeder.NOT_YET) {
                feeder.releasedAt = System.nanoTime();
                this.released.add(new Released(name, tags, feeder));
            }
            forgetReleased();
        }
        finally {
            this.lock.unlock();
        }
    }

    private void forgetReleased() {
        Released oldest;
        while ((oldest = this.released.peek()) != null && oldest.feeder.isForgotten()) {
            this.released.remove();
            FedMetric metric = this.metrics.get(oldest.name);
            if (metric != null && metric.forget(oldest.tags, oldest.feeder)) {
                this.metrics.remove(oldest.name);
            }
        }
    }

    private record Released(String name, Tags tags, Feeder feeder) {

    }

    /** The metric that a meter feeds, or why it does not; neither where it may soon. */
    record Admission(@Nullable ThreadSafeMetric metric, @Nullable String obstacle) {

        static final Admission PUT_OFF = new Admission(null, null);

        static Admission refused(String obstacle) {
            return new Admission(null, obstacle);
        }

    }

}
