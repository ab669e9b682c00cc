package io.threadsafemetrics.spring.soak;

import java.util.List;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;

/**
 * The metrics of the core's writers, and which of them are never reset.
 */
final class SoakMetrics {

    static final String CHURNED = "soak.churned";

    static final String RESET = "soak.reset";

    final ThreadSafeMetricsCollector collector;

    /** Gets 1 only. */
    final ThreadSafeMetric ones;

    /** Gets whole numbers; is declared by properties. */
    final ThreadSafeMetric declared;

    /** Gets durations that are whole seconds. */
    final ThreadSafeMetric durations;

    /** Gets durations as they come. */
    final ThreadSafeMetric timed;

    final ThreadSafeMetric counter;

    final ThreadSafeMetric gauge;

    final ThreadSafeMetric rate;

    /** Gets metadata that is as bad as it can be. */
    final ThreadSafeMetric described;

    /** Gets a new tag set each time. */
    final ThreadSafeMetric flooded;

    /** Has a name and gets tags that are as bad as they can be. */
    final ThreadSafeMetric hostile;

    SoakMetrics(ThreadSafeMetricsCollector collector) {
        this.collector = collector;
        this.ones = metric("soak.ones", MetricType.HISTOGRAM);
        this.declared = collector.findMetric("soak.declared").orElseThrow();
        this.durations = metric("soak.durations", MetricType.TIMER);
        this.timed = metric("soak.timed", MetricType.TIMER);
        this.counter = metric("soak.counter", MetricType.COUNTER);
        this.gauge = metric("soak.gauge", MetricType.GAUGE);
        this.rate = metric("soak.rate", MetricType.RATE);
        this.described = metric("soak.described", MetricType.SUMMARY);
        this.flooded = metric("soak.flooded", MetricType.HISTOGRAM);
        this.hostile = metric("soak.größe \"x\" \\ {a=\"b\"}\n</script>/;%", MetricType.HISTOGRAM);
    }

    private ThreadSafeMetric metric(String name, MetricType type) {
        return this.collector.metric(MetricDefinition.of(name, type).description("</script>\n\"" + name).build());
    }

    /** Returns those whose totals are the sums of whole numbers. */
    List<ThreadSafeMetric> summed() {
        return List.of(this.ones, this.declared, this.durations, this.counter, this.described, this.flooded,
                this.hostile);
    }

    /** Returns those whose values are counted alone. */
    List<ThreadSafeMetric> counted() {
        return List.of(this.timed, this.gauge, this.rate);
    }

}
