package io.threadsafemetrics.benchmarks;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.MetricsClock;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One series of this library, in a collector with default settings but for the clock.
 */
public abstract class Ours {

    static final String NAME = "checkout.amount";

    final Tags tags = Tags.of("region", "eu", "outcome", "paid");

    final ThreadSafeMetricsCollector collector;

    final ThreadSafeMetric metric;

    final MetricSeries series;

    Ours(MetricsClock clock) {
        this.collector = ThreadSafeMetricsCollector.builder().clock(clock).build();
        this.metric = this.collector.metric(MetricDefinition.histogram(NAME).build());
        this.series = this.metric.series(this.tags);
    }

    @Setup(Level.Trial)
    public void setUp(Tally tally) {
        tally.watch(() -> this.metric.getStatistics().count(), this.collector);
    }

    @State(Scope.Benchmark)
    public static class Precise extends Ours {

        public Precise() {
            super(MetricsClock.system());
        }

    }

    @State(Scope.Benchmark)
    public static class Coarse extends Ours {

        public Coarse() {
            super(MetricsClock.coarse());
        }

    }

}
