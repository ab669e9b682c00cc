package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a budget is short, what is worth least goes first, whichever series or metric has
 * it.
 */
class FairPressureTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();

    private final Instant start = Instant.ofEpochMilli(this.clock.wallClockMillis());

    private ThreadSafeMetricsCollector collector(long maxMemoryBytes, int maxValues) {
        return TestCollectors.create(this.clock,
                (limits) -> limits.maxMemoryBytes(maxMemoryBytes)
                    .maxValues(maxValues)
                    .retentionWindow(Duration.ofHours(1)));
    }

    private static ThreadSafeMetric register(ThreadSafeMetricsCollector collector, String name) {
        return collector.metric(MetricDefinition.histogram(name).build());
    }

    private void check(ThreadSafeMetricsCollector collector) {
        new MemoryCheck(collector, this.clock).check();
    }

    private Duration since(WindowSnapshot answer) {
        return Duration.between(answer.from(), this.start.plus(elapsed()));
    }

    private Duration elapsed() {
        return Duration.between(this.start, Instant.ofEpochMilli(this.clock.wallClockMillis()));
    }

    private static void record(ThreadSafeMetric metric, Tags tags, int values) {
        MetricSeries series = metric.series(tags);
        IntStream.range(0, values).forEach((i) -> series.addValue(Math.exp(i % 7)));
    }

    /** A value of each of some series a second, in buckets rather than one by one. */
    private void record(ThreadSafeMetric metric, int seconds, int series) {
        for (int second = 0; second < seconds; second++) {
            for (int i = 0; i < series; i++) {
                record(metric, Tags.of("id", "" + i), 100);
            }
            this.clock.advance(SECOND);
        }
    }

    @Test
    void seriesTakeFromTheOldestSlotsOfOthers() {
        try (ThreadSafeMetricsCollector collector = collector(65_536, 1)) {
            ThreadSafeMetric metric = register(collector, "a");
            record(metric, 300, 1);
            record(metric, 300, 5);
            check(collector);
            assertThat(collector.getSystemStatistics().droppedSlots()).isPositive();
            for (int i = 0; i < 5; i++) {
                assertThat(since(metric.window(Duration.ofHours(1), Tags.of("id", "" + i)))).as("series " + i)
                    .isBetween(Duration.ofSeconds(20), Duration.ofMinutes(5));
            }
        }
    }

    @Test
    void oldSlotsOfAMetricNobodyRecordsToGoBeforeNewOnes() {
        try (ThreadSafeMetricsCollector collector = collector(80_000, 1)) {
            ThreadSafeMetric quiet = register(collector, "quiet");
            ThreadSafeMetric busy = register(collector, "busy");
            record(quiet, 300, 5);
            assertThat(collector.getSystemStatistics().droppedSlots()).isPositive();
            Duration alone = since(quiet.window(Duration.ofHours(1)));
            record(busy, 300, 5);
            check(collector);
            assertThat(since(busy.window(Duration.ofHours(1)))).isGreaterThan(alone.dividedBy(2));
            assertThat(quiet.window(Duration.ofHours(1)).count()).isLessThan(100);
            assertThat(quiet.window(Duration.ofHours(1)).truncated()).isTrue();
            assertThat(quiet.getStatistics().count()).isEqualTo(150_000);
        }
    }

    @Test
    void metadataOfAMetricNobodyRecordsToGivesWay() {
        try (ThreadSafeMetricsCollector collector = collector(1_000_000, 100_000)) {
            ThreadSafeMetric quiet = register(collector, "quiet");
            int kept = 0;
            while (collector.getSystemStatistics().estimatedMemoryBytes() < 790_000) {
                quiet.addValue(1, Tags.empty(), Map.of("body", "x".repeat(1000) + kept++));
            }
            ThreadSafeMetric busy = register(collector, "busy");
            record(busy, Tags.empty(), 20_000);
            check(collector);
            assertThat(collector.getSystemStatistics().droppedMetadata()).isEqualTo(kept);
            assertThat(busy.values(ValueQuery.newest(20_000)).size()).isGreaterThan(15_000);
        }
    }

    @Test
    void aMetricThatIsGoneIsNotHeld() {
        try (ThreadSafeMetricsCollector collector = collector(400_000, 1000)) {
            for (int i = 0; i < 20; i++) {
                ThreadSafeMetric metric = register(collector, "m" + i);
                for (int j = 0; j < 1000; j++) {
                    metric.addValue(j, Tags.empty(), Map.of("body", "x".repeat(500) + j));
                }
            }
            assertThat(collector.getSystemStatistics().droppedMetadata()).isPositive();
            collector.getAllMetrics().keySet().forEach(collector::unregisterMetric);
            check(collector);
        }
    }

    @ParameterizedTest
    @EnumSource(TestThreads.class)
    void metricsThatNeedRoomAtOnceDoNotWaitForEachOther(TestThreads threads) throws Exception {
        int rounds = 2000;
        try (ThreadSafeMetricsCollector collector = collector(90_000, 100)) {
            List<ThreadSafeMetric> metrics = IntStream.range(0, 4)
                .mapToObj((i) -> register(collector, "m" + i))
                .toList();
            List<Callable<Void>> writers = new ArrayList<>();
            for (ThreadSafeMetric metric : metrics) {
                writers.add(() -> {
                    for (int i = 0; i < rounds; i++) {
                        record(metric, Tags.of("id", "" + i % 3), 20);
                        this.clock.advance(Duration.ofMillis(250));
                    }
                    return null;
                });
            }
            threads.run(writers);
            check(collector);
            assertThat(collector.getSystemStatistics().droppedSlots()).isPositive();
            assertThat(metrics)
                .allSatisfy((metric) -> assertThat(metric.getStatistics().count()).isEqualTo(20L * rounds));
        }
    }

}
