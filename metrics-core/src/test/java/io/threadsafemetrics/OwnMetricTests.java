package io.threadsafemetrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Rules about the collector itself.
 */
class OwnMetricTests {

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.maxTagSets(2).maxMemoryBytes(1_000_000));

    @AfterEach
    void close() {
        this.collector.close();
    }

    private void addSumRule(String metric) {
        this.collector.addAlertRule(AlertRule.builder("rule", metric)
            .aggregation(AggregationType.SUM)
            .window(Duration.ofMinutes(5))
            .above(0)
            .build());
    }

    private List<AlertEvent> evaluateAfter(Duration time) {
        this.clock.advance(time);
        return this.collector.evaluateAlerts();
    }

    @Test
    void refusedValuesFireUntilThereWereNoneForTheWindow() {
        this.collector.collect("unknown", 1);
        addSumRule(AlertRule.VALUES_REJECTED);
        assertThat(evaluateAfter(Duration.ofSeconds(5))).as("what was before the rule").isEmpty();
        this.collector.collect("unknown", 1);
        this.collector.collect("unknown", 1);
        assertThat(evaluateAfter(Duration.ofSeconds(5))).singleElement().satisfies((event) -> {
            assertThat(event.state()).isEqualTo(AlertState.FIRING);
            assertThat(event.value()).isEqualTo(2);
        });
        this.collector.collect("unknown", 1);
        for (int seconds = 0; seconds < 300; seconds += 5) {
            assertThat(evaluateAfter(Duration.ofSeconds(5))).isEmpty();
        }
        assertThat(this.collector.getActiveAlerts()).singleElement()
            .satisfies((alert) -> assertThat(alert.value()).isEqualTo(3));
        assertThat(evaluateAfter(Duration.ofSeconds(6))).singleElement().satisfies((event) -> {
            assertThat(event.state()).isEqualTo(AlertState.RESOLVED);
            assertThat(event.value()).isZero();
        });
    }

    /** Also those that no question has brought home yet. */
    @Test
    void overflowedValuesFire() {
        addSumRule(AlertRule.VALUES_OVERFLOWED);
        ThreadSafeMetric metric = this.collector.metric(MetricDefinition.gauge("a").build());
        for (int i = 0; i < 3; i++) {
            assertThat(evaluateAfter(Duration.ofSeconds(5))).isEmpty();
            metric.addValue(1, Tags.of("id", "" + i));
        }
        assertThat(evaluateAfter(Duration.ofSeconds(5))).extracting(AlertEvent::value).containsExactly(1.0);
    }

    @Test
    void memoryUsageIsTheShareThatIsTakenAlsoWhereThereIsNoRoomLeft() {
        this.collector.addAlertRule(
                AlertRule.builder("rule", AlertRule.MEMORY_USAGE).window(Duration.ofSeconds(1)).above(0.9).build());
        assertThat(evaluateAfter(Duration.ofSeconds(5))).isEmpty();
        ThreadSafeMetric metric = this.collector.metric(MetricDefinition.gauge("a").maxTagSets(1_000_000).build());
        for (int i = 0; this.collector.getSystemStatistics().overflowedValues() == 0; i++) {
            metric.addValue(1, Tags.of("id", "" + i));
        }
        assertThat(evaluateAfter(Duration.ofSeconds(5))).singleElement().satisfies((event) -> {
            assertThat(event.state()).isEqualTo(AlertState.FIRING);
            assertThat(event.value()).isBetween(0.97, 0.981);
        });
        for (int i = 0; i < 500; i++) {
            assertThat(evaluateAfter(Duration.ofSeconds(5))).isEmpty();
        }
        assertThat(this.collector.getSystemStatistics().estimatedMemoryBytes()).isLessThan(1_000_000);
        this.collector.unregisterMetric("a");
        assertThat(evaluateAfter(Duration.ofSeconds(5))).extracting(AlertEvent::state)
            .containsExactly(AlertState.RESOLVED);
    }

    @Test
    void aRuleAboutTheCollectorWithoutRoomIsRefused() {
        for (int i = 0; this.collector.registerMetric("metric " + i, MetricType.GAUGE); i++) {
            assertThat(i).isLessThan(10_000);
        }
        assertThatIllegalStateException().isThrownBy(() -> addSumRule(AlertRule.VALUES_REJECTED))
            .withMessageStartingWith("Could not keep ")
            .withMessageContaining(AlertRule.VALUES_REJECTED)
            .withMessageEndingWith("of at most 1000000 bytes");
        assertThat(this.collector.evaluateAlerts()).isEmpty();
    }

    @Test
    void nothingElseIsSeenOfThem() {
        addSumRule(AlertRule.VALUES_REJECTED);
        this.collector.evaluateAlerts();
        assertThat(this.collector.getAllMetrics()).isEmpty();
        assertThat(this.collector.findMetric(AlertRule.VALUES_REJECTED)).isEmpty();
        assertThat(this.collector.collect(AlertRule.VALUES_REJECTED, 1)).isFalse();
        assertThat(this.collector.cleanupOldValues()).isEqualTo(Map.of());
        SystemStatistics system = this.collector.getSystemStatistics();
        assertThat(system.totalValuesCollected()).isZero();
        assertThat(system.totalMetrics()).isZero();
        this.collector.resetAllMetrics();
        assertThat(this.collector.evaluateAlerts()).extracting(AlertEvent::value).containsExactly(1.0);
    }

    @Test
    void aMetricOfTheSameNameIsNotSeenByRules() {
        addSumRule(AlertRule.VALUES_REJECTED);
        this.collector.registerMetric(AlertRule.VALUES_REJECTED, MetricType.GAUGE);
        this.collector.collect(AlertRule.VALUES_REJECTED, 99);
        assertThat(this.collector.evaluateAlerts()).isEmpty();
    }

    @Test
    void theWindowIsAtMostTheirRetention() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.collector.addAlertRule(
                    AlertRule.builder("rule", AlertRule.MEMORY_USAGE).window(Duration.ofMinutes(6)).above(1).build()))
            .withMessage("'window' must be at most the retention of 'threadsafe.metrics.memory.usage' (PT5M)"
                    + " but was PT6M");
        try (ThreadSafeMetricsCollector own = TestCollectors.create(this.clock,
                (limits) -> limits.retentionWindow(Duration.ofHours(1)))) {
            own.addAlertRule(
                    AlertRule.builder("rule", AlertRule.MEMORY_USAGE).window(Duration.ofHours(1)).above(1).build());
        }
    }

}
