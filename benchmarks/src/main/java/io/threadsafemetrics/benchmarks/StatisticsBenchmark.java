package io.threadsafemetrics.benchmarks;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricStatistics;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Asks for the statistics of 10,000 metrics, each with ten values in one series.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StatisticsBenchmark {

    private static final int METRICS = 10_000;

    private static final int VALUES = 10;

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .maxMetrics(METRICS)
        .maxMemoryBytes(256 << 20)
        .build();

    public StatisticsBenchmark() {
        for (int i = 0; i < METRICS; i++) {
            ThreadSafeMetric metric = this.collector.metric(MetricDefinition.histogram("metric." + i).build());
            for (int value = 0; value < VALUES; value++) {
                metric.addValue(SampleValues.at(value));
            }
        }
    }

    @Benchmark
    public Map<String, MetricStatistics> allMetrics() {
        return this.collector.getAllMetrics();
    }

    @TearDown
    public void tearDown() {
        Map<String, MetricStatistics> all = this.collector.getAllMetrics();
        this.collector.close();
        if (all.size() != METRICS || all.values().stream().anyMatch((metric) -> metric.count() != VALUES)) {
            throw new IllegalStateException("Not all values of all metrics were kept");
        }
    }

}
