package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Where alert rules stand after each evaluation.
 */
class AlertTests {

    private static final Instant START = Instant.parse("2024-05-01T12:00:00Z");

    /** Those before are of the constructor and of two rules that are added. */
    private static final int FAILING_READING = 4;

    private final ManualClock clock = new ManualClock(START);

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.retentionWindow(Duration.ofMinutes(1)));

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.gauge("a").build());

    @AfterEach
    void close() {
        this.collector.close();
    }

    /** Adds a rule about the last second, so that each value stands alone. */
    private void addRule(UnaryOperator<AlertRule.Builder> parts) {
        AlertRule.Builder builder = AlertRule.builder("rule", "a").window(Duration.ofMillis(999));
        this.collector.addAlertRule(parts.apply(builder).build());
    }

    private void advance(long seconds) {
        this.clock.advance(Duration.ofSeconds(seconds));
    }

    /**
     * Records a value a second after the last one, and returns the states that it led to.
     */
    private List<AlertState> statesAfter(double value) {
        advance(1);
        this.metric.addValue(value);
        return states();
    }

    private List<AlertState> states() {
        return this.collector.evaluateAlerts().stream().map(AlertEvent::state).toList();
    }

    @Test
    void aboveIsBreachedByMoreThanTheThreshold() {
        addRule((rule) -> rule.above(10));
        assertThat(statesAfter(10)).isEmpty();
        assertThat(statesAfter(10.1)).containsExactly(AlertState.FIRING);
        assertThat(statesAfter(11)).isEmpty();
        assertThat(statesAfter(10)).containsExactly(AlertState.RESOLVED);
        assertThat(statesAfter(9)).isEmpty();
    }

    @Test
    void belowIsBreachedByLessThanTheThreshold() {
        addRule((rule) -> rule.below(10));
        assertThat(statesAfter(10)).isEmpty();
        assertThat(statesAfter(9.9)).containsExactly(AlertState.FIRING);
        assertThat(statesAfter(10)).containsExactly(AlertState.RESOLVED);
    }

    @Test
    void resolveAtKeepsARuleFiringUntilItIsReached() {
        addRule((rule) -> rule.above(10).resolveAt(5));
        assertThat(statesAfter(11)).containsExactly(AlertState.FIRING);
        assertThat(statesAfter(6)).isEmpty();
        assertThat(statesAfter(5)).containsExactly(AlertState.RESOLVED);
        assertThat(statesAfter(6)).isEmpty();
    }

    @Test
    void resolveAtOfBelowIsReachedFromBeneath() {
        addRule((rule) -> rule.below(10).resolveAt(15));
        assertThat(statesAfter(9)).containsExactly(AlertState.FIRING);
        assertThat(statesAfter(14)).isEmpty();
        assertThat(statesAfter(15)).containsExactly(AlertState.RESOLVED);
    }

    @Test
    void holdForKeepsARulePendingUntilTheBreachIsOldEnough() {
        addRule((rule) -> rule.above(10).holdFor(Duration.ofSeconds(2)));
        assertThat(statesAfter(11)).containsExactly(AlertState.PENDING);
        assertThat(statesAfter(11)).isEmpty();
        assertThat(statesAfter(11)).containsExactly(AlertState.FIRING);
    }

    @Test
    void findAlertStateAnswersWhereARuleStands() {
        addRule((rule) -> rule.above(10).holdFor(Duration.ofSeconds(1)));
        assertThat(this.collector.findAlertState("rule")).contains(AlertState.OK);
        statesAfter(11);
        assertThat(this.collector.findAlertState("rule")).contains(AlertState.PENDING);
        statesAfter(11);
        assertThat(this.collector.findAlertState("rule")).contains(AlertState.FIRING);
        statesAfter(9);
        assertThat(this.collector.findAlertState("rule")).contains(AlertState.OK);
        assertThat(this.collector.findAlertState("another")).isEmpty();
    }

    @Test
    void aPauseInTheBreachStartsHoldForAnew() {
        addRule((rule) -> rule.above(10).holdFor(Duration.ofSeconds(2)));
        assertThat(statesAfter(11)).containsExactly(AlertState.PENDING);
        assertThat(statesAfter(9)).containsExactly(AlertState.OK);
        assertThat(statesAfter(11)).containsExactly(AlertState.PENDING);
        assertThat(statesAfter(11)).isEmpty();
        assertThat(statesAfter(11)).containsExactly(AlertState.FIRING);
    }

    @Test
    void aRuleIsNotRepeatedUnlessAsked() {
        addRule((rule) -> rule.above(10));
        assertThat(statesAfter(11)).containsExactly(AlertState.FIRING);
        for (int i = 0; i < 50; i++) {
            assertThat(statesAfter(11)).isEmpty();
        }
    }

    @Test
    void repeatEveryTellsAgain() {
        addRule((rule) -> rule.above(10).repeatEvery(Duration.ofSeconds(2)));
        statesAfter(11);
        assertThat(statesAfter(11)).isEmpty();
        advance(1);
        this.metric.addValue(12);
        assertThat(this.collector.evaluateAlerts()).singleElement().satisfies((event) -> {
            assertThat(event.state()).isEqualTo(AlertState.FIRING);
            assertThat(event.repeat()).isTrue();
            assertThat(event.value()).isEqualTo(12);
            assertThat(event.since()).isEqualTo(START.plusSeconds(1));
            assertThat(event.at()).isEqualTo(START.plusSeconds(3));
        });
        assertThat(states()).isEmpty();
    }

    @Test
    void anEmptyWindowIsNoBreachAndResolves() {
        addRule((rule) -> rule.below(10));
        assertThat(states()).isEmpty();
        assertThat(statesAfter(5)).containsExactly(AlertState.FIRING);
        advance(1);
        assertThat(this.collector.evaluateAlerts()).singleElement().satisfies((event) -> {
            assertThat(event.state()).isEqualTo(AlertState.RESOLVED);
            assertThat(event.value()).isNull();
        });
    }

    @Test
    void onNoDataFiringMakesAnEmptyWindowABreach() {
        addRule((rule) -> rule.above(10).onNoData(AlertState.FIRING));
        assertThat(states()).containsExactly(AlertState.FIRING);
        assertThat(this.collector.getActiveAlerts()).singleElement()
            .satisfies((alert) -> assertThat(alert.value()).isNull());
        assertThat(statesAfter(1)).containsExactly(AlertState.RESOLVED);
    }

    @Test
    void minCountAsksForThatManyValues() {
        addRule((rule) -> rule.above(10).minCount(3));
        assertThat(statesAfter(11)).isEmpty();
        this.metric.addValue(11);
        assertThat(states()).isEmpty();
        this.metric.addValue(11);
        assertThat(states()).containsExactly(AlertState.FIRING);
    }

    @ParameterizedTest
    @CsvSource({ "SUM,10", "AVERAGE,2.5", "MIN,1", "MAX,4", "COUNT,4", "RATE,4.004004004004004" })
    void theFigureIsThatOfTheAggregation(AggregationType aggregation, double expected) {
        addRule((rule) -> rule.above(0).aggregation(aggregation));
        for (int value = 1; value <= 4; value++) {
            this.metric.addValue(value);
        }
        assertThat(this.collector.evaluateAlerts()).singleElement()
            .satisfies((event) -> assertThat(event.value()).isEqualTo(expected));
    }

    @Test
    void theFigureIsTheAverageOfTheRetentionByDefault() {
        this.collector.addAlertRule(AlertRule.builder("rule", "a").above(2).build());
        this.metric.addValue(1);
        advance(60);
        this.metric.addValue(4);
        assertThat(this.collector.evaluateAlerts()).singleElement()
            .satisfies((event) -> assertThat(event.value()).isEqualTo(2.5));
    }

    @Test
    void thePercentileAskedForIsCompared() {
        addRule((rule) -> rule.above(49).percentile(50));
        for (int i = 0; i < 100; i++) {
            this.metric.addValue(i);
        }
        assertThat(this.collector.evaluateAlerts()).singleElement()
            .satisfies((event) -> assertThat(event.value()).isEqualTo(50));
    }

    @Test
    void onlyMatchingSeriesCount() {
        addRule((rule) -> rule.above(10).tags(Tags.of("region", "eu")));
        this.metric.addValue(99);
        assertThat(states()).isEmpty();
        this.metric.addValue(99, Tags.of("region", "eu"));
        assertThat(states()).containsExactly(AlertState.FIRING);
    }

    @Test
    void getActiveAlertsListsPendingAndFiring() {
        addRule((rule) -> rule.above(10).holdFor(Duration.ofSeconds(1)));
        assertThat(this.collector.getActiveAlerts()).isEmpty();
        statesAfter(11);
        assertThat(this.collector.getActiveAlerts())
            .containsExactly(new ActiveAlert("rule", "a", AlertState.PENDING, 11.0, 10, START.plusSeconds(1)));
        statesAfter(12);
        assertThat(this.collector.getActiveAlerts())
            .containsExactly(new ActiveAlert("rule", "a", AlertState.FIRING, 12.0, 10, START.plusSeconds(1)));
        statesAfter(1);
        assertThat(this.collector.getActiveAlerts()).isEmpty();
    }

    @Test
    void aRuleOfTheSameNameReplacesTheOldOneAndStartsAnew() {
        addRule((rule) -> rule.above(10));
        statesAfter(11);
        addRule((rule) -> rule.above(100));
        assertThat(this.collector.getActiveAlerts()).isEmpty();
        assertThat(statesAfter(50)).isEmpty();
        assertThat(statesAfter(101)).containsExactly(AlertState.FIRING);
    }

    @Test
    void anEqualRuleGoesOnWhereTheOldOneStands() {
        addRule((rule) -> rule.above(10).holdFor(Duration.ofSeconds(2)));
        assertThat(statesAfter(11)).containsExactly(AlertState.PENDING);
        statesAfter(11);
        addRule((rule) -> rule.above(10).holdFor(Duration.ofSeconds(2)));
        assertThat(statesAfter(11)).containsExactly(AlertState.FIRING);
        addRule((rule) -> rule.above(10).holdFor(Duration.ofSeconds(2)));
        assertThat(this.collector.getActiveAlerts()).hasSize(1);
        assertThat(statesAfter(11)).isEmpty();
    }

    @Test
    void aRemovedRuleIsEvaluatedNoMore() {
        addRule((rule) -> rule.above(10));
        assertThat(this.collector.removeAlertRule("rule")).isTrue();
        assertThat(this.collector.removeAlertRule("rule")).isFalse();
        assertThat(statesAfter(11)).isEmpty();
    }

    @Test
    void resetEndsABreachAsAnEmptyWindowDoes() {
        addRule((rule) -> rule.above(10));
        assertThat(statesAfter(11)).containsExactly(AlertState.FIRING);
        this.metric.reset();
        assertThat(states()).containsExactly(AlertState.RESOLVED);
        addRule((rule) -> rule.above(10).onNoData(AlertState.FIRING));
        assertThat(states()).containsExactly(AlertState.FIRING);
        this.metric.addValue(11);
        this.metric.reset();
        assertThat(states()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(AggregationType.class)
    void anEmptyWindowHasNoFigureOfAnyAggregation(AggregationType aggregation) {
        addRule((rule) -> rule.below(10).aggregation(aggregation));
        assertThat(states()).isEmpty();
        addRule((rule) -> rule.below(10).aggregation(aggregation).onNoData(AlertState.FIRING));
        assertThat(states()).containsExactly(AlertState.FIRING);
    }

    @Test
    void aRuleThatCannotBeEvaluatedIsCountedAndHarmsNoOther() {
        ThreadSafeMetricsCollector own = TestCollectors.create(new MetricsClock() {

            private int readings;

            @Override
            public long monotonicNanos() {
                if (this.readings++ == FAILING_READING) {
                    throw new IllegalStateException("from the clock");
                }
                return 0;
            }

            @Override
            public long wallClockMillis() {
                return 0;
            }

        });
        for (String rule : new String[] { "first", "second" }) {
            own.addAlertRule(AlertRule.builder(rule, "none").above(1).onNoData(AlertState.FIRING).build());
        }
        assertThat(own.evaluateAlerts()).extracting((event) -> event.rule().name()).containsExactly("second");
        assertThat(own.getSystemStatistics().collectionErrors()).isEqualTo(1);
        assertThat(own.evaluateAlerts()).extracting((event) -> event.rule().name()).containsExactly("first");
        own.close();
    }

    @Test
    void aRuleOfAMetricThatDoesNotExistYetWaits() {
        this.collector.addAlertRule(AlertRule.builder("later", "later").above(10).build());
        assertThat(states()).isEmpty();
        this.collector.registerMetric("later", MetricType.GAUGE);
        this.collector.collect("later", 11);
        assertThat(states()).containsExactly(AlertState.FIRING);
        this.collector.unregisterMetric("later");
        assertThat(states()).containsExactly(AlertState.RESOLVED);
    }

    @Test
    void aWindowAboveTheRetentionIsRefused() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> addRule((rule) -> rule.above(1).window(Duration.ofSeconds(61))))
            .withMessage("'window' must be at most the retention of 'a' (PT1M) but was PT1M1S");
        addRule((rule) -> rule.above(1).window(Duration.ofMinutes(1)));
    }

    @Test
    void aWindowAboveTheRetentionOfALaterMetricIsNotEvaluated() {
        this.collector
            .addAlertRule(AlertRule.builder("later", "later").above(1).window(Duration.ofSeconds(61)).build());
        this.collector.registerMetric("later", MetricType.GAUGE);
        this.collector.collect("later", 11);
        assertThat(states()).isEmpty();
    }

    @Test
    void aRefusedRuleDoesNotFireForWantOfData() {
        this.collector.addAlertRule(AlertRule.builder("r", "later")
            .window(Duration.ofMinutes(2))
            .above(10)
            .onNoData(AlertState.FIRING)
            .build());
        assertThat(states()).containsExactly(AlertState.FIRING);
        this.collector.registerMetric("later", MetricType.GAUGE);
        this.collector.collect("later", 1);
        assertThat(states()).containsExactly(AlertState.RESOLVED);
        assertThat(states()).isEmpty();
        this.collector.unregisterMetric("later");
        assertThat(states()).containsExactly(AlertState.FIRING);
    }

    @Test
    void aWallClockThatJumpsDoesNotFire() {
        addRule((rule) -> rule.above(10).holdFor(Duration.ofMinutes(5)));
        statesAfter(11);
        this.clock.setWallClock(START.plusSeconds(100_000));
        assertThat(states()).isEmpty();
        assertThat(this.collector.getActiveAlerts().get(0).since()).isEqualTo(START.plusSeconds(100_000));
    }

}
