package io.threadsafemetrics;

import java.time.Duration;
import java.util.Map;
import java.util.Random;

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

    @AfterEach
    void close() {
        this.collector.close();
    }

    private SystemStatistics assertWithinBudget() {
        SystemStatistics system = this.collector.getSystemStatistics();
        assertThat(system.estimatedMemoryBytes()).isLessThanOrEqualTo(BUDGET);
        assertThat(MemoryTests.retained(this.collector, this.clock)).isLessThanOrEqualTo(BUDGET);
        return system;
    }

    private ThreadSafeMetric register(String name) {
        return this.collector.metric(MetricDefinition.histogram(name).build());
    }

    @Test
    void namesWithoutEndAreRefused() {
        for (int i = 0; i < 5000; i++) {
            this.collector.registerMetric("x".repeat(200) + i, MetricType.GAUGE);
        }
        SystemStatistics system = assertWithinBudget();
        assertThat(system.totalMetrics()).isBetween(500, 4000);
        assertThat(system.refusedMetrics()).isEqualTo(5000 - system.totalMetrics());
    }

    @Test
    void tagSetsWithoutEndOverflow() {
        ThreadSafeMetric metric = register("a");
        for (int i = 0; i < 20_000; i++) {
            assertThat(metric.addValue(1, Tags.of("id", "x".repeat(100) + i))).isTrue();
        }
        SystemStatistics system = assertWithinBudget();
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
        SystemStatistics system = assertWithinBudget();
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
        SystemStatistics system = assertWithinBudget();
        assertThat(system.droppedRawValues()).isPositive();
        assertThat(metric.window(Duration.ofMinutes(1)).count()).isEqualTo(300_000);
        assertThat(metric.window(Duration.ofMinutes(1)).exact()).isFalse();
    }

    @Test
    void manySeriesOverManySlotsGiveUpResolutionAndSlotsAndSayTruncated() {
        ThreadSafeMetric metric = register("a");
        Random random = new Random(1);
        for (int second = 0; second < 120; second++) {
            for (int i = 0; i < 2000; i++) {
                metric.addValue(Math.exp(10 * random.nextGaussian()), Tags.of("id", "" + i % 100));
            }
            this.clock.advance(Duration.ofSeconds(1));
        }
        SystemStatistics system = assertWithinBudget();
        assertThat(system.coarsenedHistograms()).isPositive();
        assertThat(system.droppedSlots()).isPositive();
        assertThat(metric.getStatistics().count()).isEqualTo(240_000);
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
        SystemStatistics system = assertWithinBudget();
        assertThat(system.totalValuesCollected() + system.rejectedValues()).isEqualTo(100_000);
    }

}
