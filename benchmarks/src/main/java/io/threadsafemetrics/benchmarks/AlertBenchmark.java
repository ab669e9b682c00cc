package io.threadsafemetrics.benchmarks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.threadsafemetrics.AggregationType;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A writer alone, and while an alert on its metric fires: the rule is evaluated a
 * thousand times a second and each time has something to tell, but the callback has not
 * come back from the first, so that after a second of warm-up the queue is full.
 */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AlertBenchmark {

    private static final Duration INTERVAL = Duration.ofMillis(1);

    @Benchmark
    public boolean undisturbed(Ours.Precise ours, Writer writer) {
        return ours.series.addValue(writer.next());
    }

    @Benchmark
    public boolean callbackBlocks(Alerting alerting, Writer writer) {
        return alerting.series.addValue(writer.next());
    }

    @State(Scope.Benchmark)
    public static class Alerting {

        private final CountDownLatch inside = new CountDownLatch(1);

        private final CountDownLatch over = new CountDownLatch(1);

        private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
            .alertInterval(INTERVAL)
            .build();

        private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.histogram(Ours.NAME).build());

        final MetricSeries series = this.metric.series(null);

        @Setup(Level.Trial)
        public void setUp(Tally tally) throws InterruptedException {
            this.collector.addAlertCallback((event) -> {
                this.inside.countDown();
                this.over.await();
            });
            this.collector.addAlertRule(AlertRule.builder("rule", Ours.NAME)
                .aggregation(AggregationType.COUNT)
                .above(0)
                .repeatEvery(INTERVAL)
                .build());
            this.series.addValue(1);
            tally.add(1);
            this.inside.await();
            tally.watch(() -> this.metric.getStatistics().count(), this::close);
        }

        private void close() {
            this.over.countDown();
            this.collector.close();
        }

    }

}
