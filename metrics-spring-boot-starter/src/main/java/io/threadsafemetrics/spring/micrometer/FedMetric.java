package io.threadsafemetrics.spring.micrometer;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.micrometer.IncomingMetrics.Admission;
import org.jspecify.annotations.Nullable;

/**
 * The series of one metric that meters feed. Written under the lock of
 * {@link IncomingMetrics}.
 */
final class FedMetric {

    private final ConcurrentMap<Tags, Feeder> feeders = new ConcurrentHashMap<>();

    private @Nullable ThreadSafeMetric registered; // here for meters alone

    /** May be asked without the lock. */
    boolean contains(Tags tags) {
        Feeder feeder = this.feeders.get(tags);
        return (feeder != null && !feeder.isForgotten())
                || (tags.isOverflow() && this.feeders.values().stream().anyMatch((any) -> !any.isForgotten()));
    }

    boolean isEmpty() {
        return this.feeders.isEmpty();
    }

    boolean isFedBy(Tags tags, Feeder feeder) {
        return this.feeders.get(tags) == feeder;
    }

    Admission admit(ThreadSafeMetricsCollector collector, MetricDefinition definition, Tags tags, Feeder feeder) {
        Feeder other = this.feeders.get(tags);
        if (feeder.gone) {
            return Admission.PUT_OFF;
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
            return Admission.refused("the collector has a " + metric.type() + " of that name, no " + definition.type());
        }
        this.feeders.put(tags, feeder);
        return new Admission(metric, null);
    }

    /**
     * Prepares for a series to be taken away.
     * @param metric the metric of the name, if there is one
     * @return whether the metric is to go, too
     */
    boolean endsWith(Tags tags, @Nullable ThreadSafeMetric metric) {
        if (this.feeders.entrySet().stream().anyMatch((fed) -> !fed.getValue().gone && !fed.getKey().equals(tags))) {
            return false;
        }
        boolean ours = metric != null && metric == this.registered;
        this.registered = null; // it leads to the collector
        return ours;
    }

    /**
     * Forgets a feeder, unless another one has taken over.
     * @return whether there is none left
     */
    boolean forget(Tags tags, Feeder feeder) {
        this.feeders.remove(tags, feeder);
        return this.feeders.isEmpty();
    }

}
