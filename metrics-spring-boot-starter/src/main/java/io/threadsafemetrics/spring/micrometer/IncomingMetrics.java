package io.threadsafemetrics.spring.micrometer;

import java.util.Collections;
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
     * Shared state: 'metrics' and the series of each, written under 'lock', read by any
     * thread.
     *
     * Under 'lock' only the collector's own registry of metrics is asked, which calls
     * nobody back but its clock and its logger. A logger may count its lines with a
     * meter, which comes here again on the same thread: it is put off. What tells
     * listeners of series (starting one, removing one) happens without the lock, since a
     * listener may wait for a registry whose holder waits here.
     */
    private static final Map<ThreadSafeMetricsCollector, IncomingMetrics> BY_COLLECTOR = Collections
        .synchronizedMap(new WeakHashMap<>());

    private final ReentrantLock lock = new ReentrantLock();

    private final ConcurrentMap<String, Incoming> metrics = new ConcurrentHashMap<>();

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
        Incoming incoming = this.metrics.get(name);
        return incoming != null
                && (incoming.feeders.containsKey(tags) || (tags.isOverflow() && !incoming.feeders.isEmpty()));
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
            Incoming incoming = this.metrics.computeIfAbsent(definition.name(), (absent) -> new Incoming());
            Admission admission = incoming.admit(collector, definition, tags, feeder);
            if (incoming.feeders.isEmpty()) {
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
        Incoming incoming = this.metrics.get(name);
        if (!feeder.admitted || incoming == null || incoming.feeders.getOrDefault(tags, feeder) != feeder) {
            return;
        }
        ThreadSafeMetric metric = collector.findMetric(name).orElse(null);
        if (metric != null && metric == incoming.registered && incoming.isLast(tags)) {
            collector.unregisterMetric(name);
        }
        else if (metric != null) {
            metric.removeSeries(tags);
        }
        this.lock.lock();
        try {
            incoming.feeders.remove(tags, feeder);
            if (incoming.feeders.isEmpty()) {
                this.metrics.remove(name, incoming);
            }
        }
        finally {
            this.lock.unlock();
        }
    }

    /** A meter, as far as its series is concerned. */
    static final class Feeder {

        /** Whether the meter was removed. */
        volatile boolean gone;

        /** Whether it has ever fed its series. */
        volatile boolean admitted;

    }

    /** The metric that a meter feeds, or why it does not; neither where it may soon. */
    record Admission(@Nullable ThreadSafeMetric metric, @Nullable String obstacle) {

        static final Admission PUT_OFF = new Admission(null, null);

        static Admission refused(String obstacle) {
            return new Admission(null, obstacle);
        }

    }

    /** The series of one metric that meters feed. */
    private static final class Incoming {

        final ConcurrentMap<Tags, Feeder> feeders = new ConcurrentHashMap<>();

        /** The metric, if it is here for meters alone; written under 'lock'. */
        volatile @Nullable ThreadSafeMetric registered;

        Admission admit(ThreadSafeMetricsCollector collector, MetricDefinition definition, Tags tags, Feeder feeder) {
            Feeder other = this.feeders.get(tags);
            if (feeder.gone) {
                return Admission.refused("it was removed");
            }
            if (other != null && other != feeder && !other.gone) {
                return Admission.refused("another meter has the same name and tags");
            }
            ThreadSafeMetric metric = collector.findMetric(definition.name()).orElse(null);
            if (metric == null && collector.registerMetric(definition)) {
                metric = collector.findMetric(definition.name()).orElse(null);
                this.registered = metric;
            }
            if (metric == null) {
                return Admission.refused("the collector has no room for another metric, or is closed");
            }
            if (metric.type() != definition.type()) {
                return Admission
                    .refused("the collector has a " + metric.type() + " of that name, no " + definition.type());
            }
            this.feeders.put(tags, feeder);
            feeder.admitted = true;
            return new Admission(metric, null);
        }

        boolean isLast(Tags tags) {
            return this.feeders.isEmpty() || (this.feeders.size() == 1 && this.feeders.containsKey(tags));
        }

    }

}
