package io.threadsafemetrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The budget holds whatever is thrown at the collector, and what was given up is counted.
 */
class MemoryBudgetTests {

    private static final long BUDGET = 1_000_000;

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.maxMemoryBytes(BUDGET).maxMetrics(1_000_000).maxTagSets(1_000_000).maxValues(1_000_000));

    private final MemoryCheck memory = new MemoryCheck(this.collector, this.clock);

    @AfterEach
    void close() {
        this.collector.close();
    }

    private ThreadSafeMetric register(String name) {
        return this.collector.metric(MetricDefinition.histogram(name).build());
    }

    @Test
    void namesWithoutEndAreRefused() {
        for (int i = 0; i < 5000; i++) {
            this.collector.registerMetric("x".repeat(200) + i, MetricType.GAUGE);
        }
        SystemStatistics system = this.memory.check();
        assertThat(system.totalMetrics()).isBetween(300, 4000);
        assertThat(system.refusedMetrics()).isEqualTo(5000 - system.totalMetrics());
    }

    @Test
    void tagSetsWithoutEndOverflow() {
        ThreadSafeMetric metric = register("a");
        for (int i = 0; i < 20_000; i++) {
            assertThat(metric.addValue(1, Tags.of("id", "x".repeat(100) + i))).isTrue();
        }
        SystemStatistics system = this.memory.check();
        assertThat(system.overflowedValues()).isPositive();
        assertThat(metric.getStatistics().count()).isEqualTo(20_000);
        assertThat(metric.window(Duration.ofSeconds(1)).count()).isEqualTo(20_000);
    }

    @Test
    void metadataOfAMegabyteAValueIsGivenUpAndNoValueIs() {
        ThreadSafeMetric metric = register("a");
        String huge = "x".repeat(1_000_000);
        for (int i = 0; i < 5000; i++) {
            metric.addValue(i, Tags.empty(), Map.of("a", huge, "b", huge, "c", huge));
        }
        SystemStatistics system = this.memory.check();
        assertThat(system.droppedMetadata()).isPositive();
        assertThat(system.rejectedValues()).isZero();
        assertThat(metric.window(Duration.ofSeconds(1)).count()).isEqualTo(5000);
    }

    @Test
    void aHighRateGivesUpRawValuesAndNoFigure() {
        ThreadSafeMetric metric = register("a");
        Random random = new Random(1);
        for (int second = 0; second < 30; second++) {
            for (int i = 0; i < 10_000; i++) {
                metric.addValue(random.nextGaussian());
            }
            this.clock.advance(Duration.ofSeconds(1));
        }
        SystemStatistics system = this.memory.check();
        assertThat(system.droppedRawValues()).isPositive();
        assertThat(metric.window(Duration.ofMinutes(1)).count()).isEqualTo(300_000);
        assertThat(metric.window(Duration.ofMinutes(1)).exact()).isFalse();
    }

    @Test
    void manySeriesOverManySlotsGiveUpResolutionAndSlotsAndSayTruncated() {
        ThreadSafeMetric metric = register("a");
        Random random = new Random(1);
        for (int second = 0; second < 120; second++) {
            for (int i = 0; i < 8000; i++) {
                metric.addValue(Math.exp(10 * random.nextGaussian()), Tags.of("id", "" + i % 80));
            }
            this.clock.advance(Duration.ofSeconds(1));
        }
        SystemStatistics system = this.memory.check();
        assertThat(system.coarsenedHistograms()).isPositive();
        assertThat(system.droppedSlots()).isPositive();
        assertThat(metric.getStatistics().count()).isEqualTo(960_000);
        assertThat(metric.window(Duration.ofMinutes(5)).truncated()).isTrue();
        assertThat(metric.window(Duration.ofSeconds(1)).count()).isGreaterThanOrEqualTo(2000);
    }

    @Test
    void allAtOnceStaysWithinTheBudget() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            String name = "metric." + i % 300;
            if (i % 7 == 0) {
                this.collector.registerMetric(name, MetricType.HISTOGRAM);
            }
            this.collector.collect(name, Math.exp(20 * random.nextGaussian()), Map.of("id", "" + random.nextInt(500)),
                    Map.of("body", "x".repeat(500)));
            this.clock.advance(Duration.ofMillis(1));
        }
        SystemStatistics system = this.memory.check();
        assertThat(system.totalValuesCollected() + system.rejectedValues()).isEqualTo(100_000);
    }

    @Test
    void tagSetsThatFallSilentAndComeBackAtOnceStayWithinTheBudget() {
        ThreadSafeMetric metric = register("a");
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 5_000; i++) {
                metric.addValue(1, Tags.of("id", round % 2 + "." + i));
                metric.addValue(-1, Tags.of("id", round % 2 + "." + i));
            }
            this.clock.advance(Duration.ofMinutes(10));
            metric.cleanOldValues();
        }
        for (int i = 0; i < 5_000; i++) {
            metric.addValue(1, Tags.of("id", "0." + i));
            metric.addValue(-1, Tags.of("id", "1." + i));
        }
        this.memory.check();
        assertThat(metric.window(Duration.ofSeconds(1)).count()).isEqualTo(10_000);
    }

    @Test
    void handlesWithoutValuesLeaveRoomForTheirFirstOnes() {
        ThreadSafeMetric metric = register("a");
        List<MetricSeries> handles = IntStream.range(0, 5_000)
            .mapToObj((i) -> metric.series(Tags.of("id", "" + i)))
            .toList();
        handles.forEach((handle) -> handle.addValue(1));
        handles.forEach((handle) -> handle.addValue(-1));
        this.memory.check();
        assertThat(metric.getStatistics().count()).isEqualTo(10_000);
    }

    @Test
    void nothingStaysPromisedWhenAllIsGone() {
        Random random = new Random(1);
        long empty = this.collector.getSystemStatistics().estimatedMemoryBytes();
        for (int round = 0; round < 300; round++) {
            ThreadSafeMetric metric = register("a");
            for (int i = 0; i < 200; i++) {
                metric.addValue(random.nextGaussian(), Tags.of("id", "" + random.nextInt(100)));
                metric.series(Tags.of("id", "" + random.nextInt(3_000)));
                this.clock.advance(Duration.ofMillis(random.nextInt(60_000)));
            }
            if (round % 3 == 0) {
                metric.reset();
            }
            this.collector.unregisterMetric("a");
        }
        assertThat(this.collector.getSystemStatistics().estimatedMemoryBytes()).isEqualTo(empty);
        int names = 0;
        while (this.collector.registerMetric("name." + names, MetricType.GAUGE)) {
            names++;
        }
        ThreadSafeMetricsCollector fresh = TestCollectors.create(this.clock,
                (limits) -> limits.maxMemoryBytes(BUDGET).maxMetrics(1_000_000));
        for (int i = 0; i < names; i++) {
            assertThat(fresh.registerMetric("name." + i, MetricType.GAUGE)).isTrue();
        }
        assertThat(fresh.registerMetric("name." + names, MetricType.GAUGE)).isFalse();
    }

}
