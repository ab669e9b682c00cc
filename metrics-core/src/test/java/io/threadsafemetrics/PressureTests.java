package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What a collector gives up where its budget is short, in which order, and that its
 * answers stay true.
 */
class PressureTests {

    private final ManualClock clock = new ManualClock();

    private final Random random = new Random(1);

    private final List<Double> recorded = new ArrayList<>();

    private ThreadSafeMetricsCollector collector(long maxMemoryBytes, int maxValues) {
        return TestCollectors.create(this.clock,
                (limits) -> limits.maxMemoryBytes(maxMemoryBytes)
                    .maxValues(maxValues)
                    .maxTagSets(1_000_000)
                    .maxMetrics(1_000_000));
    }

    private static ThreadSafeMetric register(ThreadSafeMetricsCollector collector, String name) {
        return collector.metric(MetricDefinition.histogram(name).build());
    }

    private double next() {
        double value = Math.exp(3 * this.random.nextGaussian());
        this.recorded.add(value);
        return value;
    }

    private static void assertTrue(WindowSnapshot answer, List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        assertThat(answer.count()).isEqualTo(sorted.length);
        assertThat(answer.min()).hasValue(sorted[0]);
        assertThat(answer.max()).hasValue(sorted[sorted.length - 1]);
        assertThat(answer.sum()).isCloseTo(Arrays.stream(sorted).sum(), within(1e-12 * answer.sum()));
        for (int percent = 0; percent < 100; percent++) {
            double expected = sorted[(int) (percent / 100.0 * sorted.length)];
            double tolerance = answer.relativeError() * expected * (1 + 1e-12);
            assertThat(answer.percentile(percent).orElseThrow()).as("p" + percent)
                .isCloseTo(expected, within(tolerance));
        }
    }

    private SystemStatistics check(ThreadSafeMetricsCollector collector) {
        return new MemoryCheck(collector, this.clock).check();
    }

    /** Counters by name, in the order in which they must become positive. */
    private static Map<String, Long> losses(SystemStatistics system) {
        Map<String, Long> losses = new LinkedHashMap<>();
        losses.put("metadata", system.droppedMetadata());
        losses.put("raw values", system.droppedRawValues());
        losses.put("resolution", system.coarsenedHistograms());
        losses.put("slots", system.droppedSlots());
        losses.put("series", system.overflowedValues());
        losses.put("metrics", system.refusedMetrics());
        return losses;
    }

    private static void assertLost(SystemStatistics system, String... lost) {
        assertThat(losses(system)).allSatisfy((name, count) -> assertThat(count > 0).as(name + " lost " + count)
            .isEqualTo(Arrays.asList(lost).contains(name)));
    }

    @Test
    void theOrderInWhichThingsAreGivenUp() {
        try (ThreadSafeMetricsCollector collector = collector(3_000_000, 1_000_000)) {
            ThreadSafeMetric metric = register(collector, "a");
            List<String> order = new ArrayList<>();
            for (int i = 0; i < 400_000 && order.size() < 6; i++) {
                metric.addValue(next(), Tags.of("id", "" + this.random.nextInt(1 + i / 50)),
                        (i % 10 == 0) ? Map.of("trace", "trace-" + i) : null);
                if (i % 4000 == 0) {
                    this.clock.advance(Duration.ofSeconds(1));
                    collector.registerMetric("metric." + i, MetricType.GAUGE);
                }
                if (i % 50 == 0) {
                    losses(collector.getSystemStatistics()).forEach((name, count) -> {
                        if (count > 0 && !order.contains(name)) {
                            order.add(name);
                        }
                    });
                }
            }
            assertThat(order).startsWith("metadata", "raw values", "resolution", "slots");
            assertThat(order).contains("series", "metrics");
            check(collector);
        }
    }

    @Test
    void metadataAlone() {
        try (ThreadSafeMetricsCollector collector = collector(300_000, 1000)) {
            ThreadSafeMetric metric = register(collector, "a");
            for (int i = 0; i < 1000; i++) {
                metric.addValue(next(), Tags.empty(), Map.of("body", "x".repeat(500) + i));
            }
            assertLost(check(collector), "metadata");
            WindowSnapshot answer = metric.window(Duration.ofMinutes(1));
            assertThat(answer.exact()).isTrue();
            assertTrue(answer, this.recorded);
            List<MetricValue> values = metric.values(ValueQuery.newest(1000));
            assertThat(values).hasSize(1000);
            assertThat(values.stream().filter((value) -> value.metadata().isEmpty()).count()).isBetween(100L, 1000L)
                .isLessThanOrEqualTo(collector.getSystemStatistics().droppedMetadata());
        }
    }

    @Test
    void metadataOfAMetricNobodyRecordsToGivesWayToRawValues() {
        try (ThreadSafeMetricsCollector collector = collector(1_000_000, 100_000)) {
            ThreadSafeMetric quiet = register(collector, "quiet");
            int kept = 0;
            while (collector.getSystemStatistics().estimatedMemoryBytes() < 790_000) {
                quiet.addValue(1, Tags.empty(), Map.of("body", "x".repeat(1000) + kept++));
            }
            assertLost(check(collector));
            ThreadSafeMetric busy = register(collector, "busy");
            for (int i = 0; i < 20_000; i++) {
                busy.addValue(next());
                if (i % 1000 == 0) {
                    collector.cleanupOldValues();
                }
            }
            assertThat(check(collector).droppedMetadata()).isEqualTo(kept);
            assertThat(busy.values(ValueQuery.newest(20_000)).size()).isGreaterThan(15_000);
        }
    }

    @Test
    void rawValuesAlone() {
        try (ThreadSafeMetricsCollector collector = collector(1_000_000, 1_000_000)) {
            ThreadSafeMetric metric = register(collector, "a");
            for (int i = 0; i < 100_000; i++) {
                metric.addValue(next());
            }
            assertLost(check(collector), "raw values");
            WindowSnapshot answer = metric.window(Duration.ofMinutes(1));
            assertThat(answer.exact()).isFalse();
            assertThat(answer.relativeError()).isBetween(0.001, 0.01);
            assertTrue(answer, this.recorded);
            assertThat(metric.getStatistics().valuesStored()).isBetween(1000, 50_000);
        }
    }

    @Test
    void resolutionAfterRawValues() {
        try (ThreadSafeMetricsCollector collector = collector(100_000, 1)) {
            ThreadSafeMetric metric = register(collector, "a");
            for (int second = 0; second < 20; second++) {
                recordToSeries(metric, 3, 3000);
                this.clock.advance(Duration.ofSeconds(1));
            }
            assertLost(check(collector), "raw values", "resolution");
            WindowSnapshot answer = metric.window(Duration.ofMinutes(5));
            assertThat(answer.truncated()).isFalse();
            assertThat(answer.relativeError()).isBetween(0.01, 0.2);
            assertTrue(answer, this.recorded);
        }
    }

    private void recordToSeries(ThreadSafeMetric metric, int series, int values) {
        for (int i = 0; i < values; i++) {
            metric.addValue(next(), Tags.of("id", "" + i % series));
        }
    }

    @Test
    void slotsAfterResolution() {
        try (ThreadSafeMetricsCollector collector = collector(65_536, 1)) {
            ThreadSafeMetric metric = register(collector, "a");
            Instant start = Instant.ofEpochMilli(this.clock.wallClockMillis());
            List<Integer> recordedBefore = new ArrayList<>();
            for (int second = 0; second < 200; second++) {
                recordedBefore.add(this.recorded.size());
                recordToSeries(metric, 4, 1000);
                this.clock.advance(Duration.ofSeconds(1));
            }
            assertLost(check(collector), "raw values", "resolution", "slots");
            WindowSnapshot answer = metric.window(Duration.ofMinutes(5));
            assertThat(answer.truncated()).isTrue();
            int firstSecond = (int) Duration.between(start, answer.from()).toSeconds();
            assertThat(firstSecond).isBetween(1, 198);
            assertTrue(answer, this.recorded.subList(recordedBefore.get(firstSecond), this.recorded.size()));
            assertThat(metric.getStatistics().count()).isEqualTo(this.recorded.size());
        }
    }

    @Test
    void newTagSetsOverflow() {
        try (ThreadSafeMetricsCollector collector = collector(200_000, 1)) {
            ThreadSafeMetric metric = register(collector, "a");
            for (int i = 0; i < 2000; i++) {
                metric.addValue(next(), Tags.of("id", "" + i));
            }
            SystemStatistics system = check(collector);
            assertThat(system.overflowedValues()).isPositive();
            assertTrue(metric.window(Duration.ofMinutes(1)), this.recorded);
            WindowSnapshot overflow = metric.window(Duration.ofMinutes(1), Tags.of("overflow", "true"));
            assertThat(overflow.count()).isEqualTo(system.overflowedValues());
            assertThat(metric.getStatistics().seriesCount() - 1 + overflow.count()).isEqualTo(2000);
        }
    }

    @Test
    void newMetricsAreRefused() {
        try (ThreadSafeMetricsCollector collector = collector(200_000, 1)) {
            ThreadSafeMetric metric = register(collector, "a");
            int names = 0;
            while (collector.registerMetric("name." + names, MetricType.GAUGE)) {
                names++;
            }
            assertLost(check(collector), "metrics");
            for (int i = 0; i < 10; i++) {
                metric.addValue(next());
                assertThat(collector.collect("name." + i, 1)).isTrue();
            }
            assertTrue(metric.window(Duration.ofMinutes(1)), this.recorded);
            // the values have taken a part of its room
            collector.unregisterMetric("name.0");
            collector.unregisterMetric("name.1");
            assertThat(collector.registerMetric("another", MetricType.GAUGE)).isTrue();
        }
    }

}
