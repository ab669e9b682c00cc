package io.threadsafemetrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is thrown at a collector in the large, and the default budget of 64 MiB.
 */
class MemoryFloodTests {

    private static final long DEFAULT = 64L << 20;

    private static final long LARGE = 1L << 30;

    private static final int NAMES = 100_000;

    private static final int TAG_SETS = 1_000_000;

    private final ManualClock clock = new ManualClock();

    private ThreadSafeMetricsCollector collector(long maxMemoryBytes, int maxTagSets) {
        return TestCollectors.create(this.clock,
                (limits) -> limits.maxMemoryBytes(maxMemoryBytes)
                    .maxMetrics(NAMES)
                    .maxTagSets(maxTagSets)
                    .maxValues(TAG_SETS));
    }

    @Test
    void theDefaultBudgetIs64MebiBytes() {
        try (ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock)) {
            assertThat(collector.getSystemStatistics().maxMemoryBytes()).isEqualTo(DEFAULT);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1 << 16, 1 << 20, DEFAULT })
    void names(long maxMemoryBytes) {
        try (ThreadSafeMetricsCollector collector = collector(maxMemoryBytes, 1000)) {
            registerAll(collector);
            for (int i = 0; i < NAMES; i++) {
                collector.collect("metric." + i, i);
            }
            SystemStatistics system = new MemoryCheck(collector, this.clock).check();
            assertThat(system.refusedMetrics()).isEqualTo(NAMES - system.totalMetrics()).isPositive();
            assertThat(system.totalValuesCollected()).isEqualTo(system.totalMetrics());
        }
    }

    private static void registerAll(ThreadSafeMetricsCollector collector) {
        for (int i = 0; i < NAMES; i++) {
            collector.registerMetric("metric." + i, MetricType.TIMER);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "memory.large", matches = "true")
    void namesThatAllFit() {
        try (ThreadSafeMetricsCollector collector = collector(LARGE, 1000)) {
            registerAll(collector);
            MemoryCheck memory = new MemoryCheck(collector, this.clock);
            assertThat(memory.check().totalMetrics()).isEqualTo(NAMES);
            for (int i = 0; i < NAMES; i++) {
                collector.unregisterMetric("metric." + i);
            }
            assertThat(memory.check().totalMetrics()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1 << 16, 1 << 20, DEFAULT })
    void tagSetsBeyondTheDefaultNumber(long maxMemoryBytes) {
        assertThat(seriesOfAMillionTagSets(maxMemoryBytes, 1000)).isLessThanOrEqualTo(1001);
    }

    @ParameterizedTest
    @ValueSource(longs = { 1 << 20, DEFAULT })
    void tagSetsWithoutANumber(long maxMemoryBytes) {
        assertThat((double) seriesOfAMillionTagSets(maxMemoryBytes, TAG_SETS)).isBetween(maxMemoryBytes / 1000.0,
                maxMemoryBytes / 400.0);
    }

    private int seriesOfAMillionTagSets(long maxMemoryBytes, int maxTagSets) {
        try (ThreadSafeMetricsCollector collector = collector(maxMemoryBytes, maxTagSets)) {
            ThreadSafeMetric metric = collector.metric(MetricDefinition.histogram("a").build());
            for (int i = 0; i < TAG_SETS; i++) {
                metric.addValue(i, Tags.of("id", "" + i));
            }
            SystemStatistics system = new MemoryCheck(collector, this.clock).check();
            MetricStatistics statistics = metric.getStatistics();
            assertThat(statistics.count()).isEqualTo(TAG_SETS);
            assertThat(system.overflowedValues()).isEqualTo(TAG_SETS - (statistics.seriesCount() - 1));
            return statistics.seriesCount();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1 << 16, 1 << 20, DEFAULT })
    void metadataOfAMegabyteAValue(long maxMemoryBytes) {
        String huge = "x".repeat(1_000_000);
        try (ThreadSafeMetricsCollector collector = collector(maxMemoryBytes, 1000)) {
            ThreadSafeMetric metric = collector.metric(MetricDefinition.histogram("a").build());
            for (int i = 0; i < 30_000; i++) {
                metric.addValue(i, Tags.empty(), Map.of("a", huge, "b", huge, "c", huge));
            }
            SystemStatistics system = new MemoryCheck(collector, this.clock).check();
            assertThat(system.droppedMetadata()).isPositive();
            assertThat(metric.window(Duration.ofSeconds(1)).count()).isEqualTo(30_000);
        }
    }

    @Test
    void aMillionSeriesOf10000Metrics() {
        try (ThreadSafeMetricsCollector collector = collector(DEFAULT, 1000)) {
            assertThat(recordTo10000MetricsWith100Series(collector, 2)).isBetween(60_000, 120_000);
            SystemStatistics system = new MemoryCheck(collector, this.clock).check();
            assertThat(system.overflowedValues()).isPositive();
            assertThat(system.totalValuesCollected()).isEqualTo(2_000_000);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "memory.large", matches = "true")
    void aMillionSeriesOf10000MetricsThatAllFit() {
        try (ThreadSafeMetricsCollector collector = collector(LARGE, 1000)) {
            assertThat(recordTo10000MetricsWith100Series(collector, 5)).isEqualTo(1_000_000);
            SystemStatistics system = new MemoryCheck(collector, this.clock).check();
            assertThat(system.overflowedValues()).isZero();
            assertThat(system.totalValuesCollected()).isEqualTo(5_000_000);
        }
    }

    /** Answers how many series there are. */
    private int recordTo10000MetricsWith100Series(ThreadSafeMetricsCollector collector, int seconds) {
        List<ThreadSafeMetric> metrics = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            metrics.add(collector.metric(MetricDefinition.histogram("metric." + i).build()));
        }
        for (int second = 0; second < seconds; second++) {
            for (ThreadSafeMetric metric : metrics) {
                for (int i = 0; i < 100; i++) {
                    metric.addValue(Math.exp(i % 17 + second), Tags.of("id", "series-" + i));
                }
            }
            this.clock.advance(Duration.ofSeconds(1));
        }
        return metrics.stream().mapToInt((metric) -> metric.getStatistics().seriesCount()).sum();
    }

}
