package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Whoever was told that a rule fires is told of the end, also where the rule, its metric
 * or its values go.
 */
class AlertEndTests {

    private static final Instant START = Instant.parse("2024-05-01T12:00:00Z");

    private final ManualClock clock = new ManualClock(START);

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock);

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.gauge("a").build());

    private final Queue<AlertEvent> told = new ConcurrentLinkedQueue<>();

    private final AlertRule rule = AlertRule.builder("rule", "a").above(10).build();

    @BeforeEach
    void fire() {
        this.collector.addAlertCallback(this.told::add);
        this.collector.addAlertRule(this.rule);
        this.metric.addValue(11);
        assertThat(this.collector.evaluateAlerts()).hasSize(1);
        this.clock.advance(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        this.collector.close();
    }

    private void assertTold(AlertState... states) {
        await().until(() -> this.told.size() >= states.length);
        assertThat(this.collector.evaluateAlerts()).isEmpty();
        assertThat(this.told).extracting(AlertEvent::state).containsExactly(states);
    }

    @Test
    void aRuleThatIsRemovedIsResolved() {
        this.collector.removeAlertRule("rule");
        assertThat(this.collector.getActiveAlerts()).isEmpty();
        assertTold(AlertState.FIRING, AlertState.RESOLVED);
        assertThat(this.told).last()
            .isEqualTo(new AlertEvent(this.rule, AlertState.RESOLVED, 11.0, START.plusSeconds(1), START, false));
    }

    @Test
    void aRuleThatIsReplacedIsResolvedBeforeTheNewOneFires() {
        AlertRule other = AlertRule.builder("rule", "a").above(10).labels(Map.of("team", "b")).build();
        this.collector.addAlertRule(other);
        assertThat(this.collector.evaluateAlerts()).extracting(AlertEvent::rule).containsExactly(other);
        assertTold(AlertState.FIRING, AlertState.RESOLVED, AlertState.FIRING);
        assertThat(this.told).extracting(AlertEvent::rule).containsExactly(this.rule, this.rule, other);
    }

    @Test
    void aRuleThatIsReplacedByAnEqualOneFiresStill() {
        this.collector.addAlertRule(AlertRule.builder("rule", "a").above(10).build());
        assertThat(this.collector.getActiveAlerts()).hasSize(1);
        assertTold(AlertState.FIRING);
    }

    @Test
    void aRuleThatCannotBeReplacedFiresStill() {
        assertThatIllegalArgumentException().isThrownBy(() -> this.collector
            .addAlertRule(AlertRule.builder("rule", "a").window(Duration.ofDays(1)).above(1).build()));
        assertTold(AlertState.FIRING);
    }

    @Test
    void aPendingRuleThatIsRemovedIsNotTold() {
        this.collector.addAlertRule(AlertRule.builder("other", "a").above(10).holdFor(Duration.ofMinutes(1)).build());
        assertThat(this.collector.evaluateAlerts()).extracting(AlertEvent::state).containsExactly(AlertState.PENDING);
        this.collector.removeAlertRule("other");
        this.collector.removeAlertRule("rule");
        assertTold(AlertState.FIRING, AlertState.RESOLVED);
    }

    @Test
    void aRuleWhoseMetricIsUnregisteredIsResolved() {
        this.collector.unregisterMetric("a");
        assertThat(this.collector.evaluateAlerts()).hasSize(1);
        assertTold(AlertState.FIRING, AlertState.RESOLVED);
        assertThat(this.told).last().extracting(AlertEvent::value).isNull();
    }

    @Test
    void aRuleWhoseMetricComesBackWithAShorterRetentionIsResolved() {
        this.collector.addAlertRule(AlertRule.builder("rule", "a")
            .window(Duration.ofMinutes(2))
            .above(10)
            .onNoData(AlertState.FIRING)
            .build());
        this.collector.evaluateAlerts();
        this.collector.unregisterMetric("a");
        assertThat(this.collector.evaluateAlerts()).isEmpty();
        this.collector.registerMetric("a", MetricType.GAUGE, 10, Duration.ofMinutes(1));
        this.collector.collect("a", 11);
        assertThat(this.collector.evaluateAlerts()).hasSize(1);
        assertTold(AlertState.FIRING, AlertState.RESOLVED, AlertState.FIRING, AlertState.RESOLVED);
    }

    @Test
    void closeEndsNoAlert() {
        await().until(() -> this.told.size() == 1);
        this.collector.close();
        assertThat(this.collector.getActiveAlerts()).hasSize(1);
        this.clock.advance(Duration.ofMinutes(6));
        assertThat(this.collector.evaluateAlerts()).hasSize(1);
        assertThat(this.collector.getActiveAlerts()).isEmpty();
        assertThat(this.collector.getSystemStatistics().droppedAlerts()).isEqualTo(1);
        assertThat(this.told).hasSize(1);
    }

}
