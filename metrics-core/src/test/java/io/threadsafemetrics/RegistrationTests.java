package io.threadsafemetrics;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Metrics come and go: names, limits, duplicates, the end of the collector.
 */
class RegistrationTests {

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.maxMetrics(2).maxValues(7).maxTagSets(5).retentionWindow(Duration.ofSeconds(30)));

    @AfterEach
    void close() {
        this.collector.close();
    }

    @ParameterizedTest
    @EnumSource(MetricType.class)
    void registerMetricWhenNameIsFreeKeepsNameAndType(MetricType type) {
        assertThat(this.collector.registerMetric("a", type)).isTrue();
        ThreadSafeMetric metric = this.collector.findMetric("a").orElseThrow();
        assertThat(metric.name()).isEqualTo("a");
        assertThat(metric.type()).isEqualTo(type);
    }

    @Test
    void registerMetricWhenLimitsAreGivenUsesThem() {
        this.collector.registerMetric("a", MetricType.GAUGE, 3, Duration.ofSeconds(9));
        MetricDefinition definition = this.collector.findMetric("a").orElseThrow().definition();
        assertThat(definition.maxValues()).isEqualTo(3);
        assertThat(definition.retentionWindow()).isEqualTo(Duration.ofSeconds(9));
        assertThat(definition.maxTagSets()).isEqualTo(5);
    }

    /** Whose name has U+FFFD in that place. */
    @Test
    void metricWhenNameHasAnUnpairedSurrogateIsFoundByIt() {
        assertThat(this.collector.registerMetric("a\ud800", MetricType.GAUGE)).isTrue();
        assertThat(this.collector.registerMetric("a\ud800", MetricType.GAUGE)).isFalse();
        assertThat(this.collector.collect("a\ud800", 1)).isTrue();
        assertThat(this.collector.getMetricValue("a\ud800")).hasValue(1);
        assertThat(this.collector.unregisterMetric("a\ud800")).isTrue();
        assertThat(this.collector.getAllMetrics()).isEmpty();
    }

    @Test
    void registerMetricWhenNoLimitsAreGivenUsesThoseOfTheCollector() {
        this.collector.registerMetric("a", MetricType.GAUGE);
        MetricDefinition definition = this.collector.findMetric("a").orElseThrow().definition();
        assertThat(definition.maxValues()).isEqualTo(7);
        assertThat(definition.retentionWindow()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void registerMetricWhenNameIsTakenAnswersFalseAndKeepsTheFirst() {
        this.collector.registerMetric("a", MetricType.GAUGE);
        this.collector.collect("a", 1);
        assertThat(this.collector.registerMetric("a", MetricType.GAUGE)).isFalse();
        assertThat(this.collector.registerMetric("a", MetricType.TIMER)).isFalse();
        assertThat(this.collector.findMetric("a").orElseThrow().type()).isEqualTo(MetricType.GAUGE);
        assertThat(this.collector.getMetricValue("a", AggregationType.COUNT)).hasValue(1);
        assertThat(this.collector.getSystemStatistics().refusedMetrics()).isZero();
    }

    @Test
    void registerMetricWhenLimitIsReachedAnswersFalseAndIsCounted() {
        assertThat(this.collector.registerMetric("a", MetricType.GAUGE)).isTrue();
        assertThat(this.collector.registerMetric("b", MetricType.GAUGE)).isTrue();
        assertThat(this.collector.registerMetric("c", MetricType.GAUGE)).isFalse();
        assertThat(this.collector.findMetric("c")).isEmpty();
        assertThat(this.collector.getSystemStatistics().refusedMetrics()).isEqualTo(1);
        assertThat(this.collector.getSystemStatistics().totalMetrics()).isEqualTo(2);
        assertThat(this.collector.getSystemStatistics().maxMetrics()).isEqualTo(2);
    }

    @Test
    void registerMetricAfterUnregisterHasRoomAgain() {
        this.collector.registerMetric("a", MetricType.GAUGE);
        this.collector.registerMetric("b", MetricType.GAUGE);
        this.collector.unregisterMetric("a");
        assertThat(this.collector.registerMetric("c", MetricType.GAUGE)).isTrue();
    }

    @Test
    void registerMetricAfterCloseAnswersFalse() {
        this.collector.close();
        assertThat(this.collector.registerMetric("a", MetricType.GAUGE)).isFalse();
        assertThat(this.collector.findMetric("a")).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "\t\n" })
    void registerMetricWhenNameIsBlankThrows(@Nullable String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> this.collector.registerMetric(name, MetricType.GAUGE))
            .withMessageContaining("'name' must be 1 to 255 characters and not blank but was");
    }

    @Test
    void registerMetricWhenNameIsTooLongThrowsAShortMessage() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.collector.registerMetric("x".repeat(10_000), MetricType.GAUGE))
            .withMessageContaining("'name' must be 1 to 255 characters")
            .satisfies((ex) -> assertThat(ex.getMessage().length()).isLessThan(200));
        assertThat(this.collector.registerMetric("x".repeat(256 - 1), MetricType.GAUGE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, -1, Integer.MIN_VALUE })
    void registerMetricWhenMaxValuesIsBelowOneThrows(int maxValues) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.collector.registerMetric("a", MetricType.GAUGE, maxValues, Duration.ofSeconds(1)))
            .withMessage("'maxValues' must be at least 1 but was " + maxValues);
    }

    @ParameterizedTest
    @ValueSource(strings = { "PT0S", "PT-1S", "PT-0.000000001S" })
    void registerMetricWhenRetentionIsNotPositiveThrows(Duration retention) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.collector.registerMetric("a", MetricType.GAUGE, 1, retention))
            .withMessageContaining("'retentionWindow' must be longer than zero")
            .withMessageContaining("but was " + retention);
    }

    @Test
    void registerMetricWhenArgumentIsNullThrows() {
        assertThatIllegalArgumentException().isThrownBy(() -> this.collector.registerMetric("a", null))
            .withMessage("'type' must not be null");
        assertThatIllegalArgumentException().isThrownBy(() -> this.collector.registerMetric(null))
            .withMessage("'definition' must not be null");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.collector.registerMetric("a", MetricType.GAUGE, 1, null))
            .withMessageContaining("'retentionWindow'")
            .withMessageContaining("null");
    }

    @Test
    void metricWhenAbsentRegisters() {
        ThreadSafeMetric metric = this.collector.metric(MetricDefinition.timer("a").build());
        assertThat(this.collector.findMetric("a")).containsSame(metric);
    }

    @Test
    void metricWhenPresentAnswersTheExistingOneWithItsLimits() {
        ThreadSafeMetric first = this.collector.metric(MetricDefinition.timer("a").maxValues(3).build());
        ThreadSafeMetric second = this.collector.metric(MetricDefinition.timer("a").maxValues(4).build());
        assertThat(second).isSameAs(first);
        assertThat(second.definition().maxValues()).isEqualTo(3);
    }

    @Test
    void metricWhenPresentWithAnotherTypeThrows() {
        this.collector.metric(MetricDefinition.timer("a").build());
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.collector.metric(MetricDefinition.gauge("a").build()))
            .withMessageContaining("'type' must be TIMER")
            .withMessageContaining("but was GAUGE");
    }

    @Test
    void metricWhenThereIsNoRoomThrows() {
        this.collector.metric(MetricDefinition.timer("a").build());
        this.collector.metric(MetricDefinition.timer("b").build());
        assertThatIllegalStateException().isThrownBy(() -> this.collector.metric(MetricDefinition.timer("c").build()))
            .withMessageContaining("'c'")
            .withMessageContaining("2 of at most 2 metrics");
        assertThat(this.collector.getSystemStatistics().refusedMetrics()).isEqualTo(1);
    }

    @Test
    void metricAfterCloseAnswersAnExistingOneAndElseThrows() {
        ThreadSafeMetric metric = this.collector.metric(MetricDefinition.timer("a").build());
        this.collector.close();
        assertThat(this.collector.metric(MetricDefinition.timer("a").build())).isSameAs(metric);
        assertThatIllegalStateException().isThrownBy(() -> this.collector.metric(MetricDefinition.timer("b").build()))
            .withMessageContaining("closed");
    }

    @Test
    void unregisterMetricWhenUnknownAnswersFalse() {
        assertThat(this.collector.unregisterMetric("a")).isFalse();
    }

    @Test
    void unregisterMetricMakesItsHandlesRefuse() {
        ThreadSafeMetric metric = this.collector.metric(MetricDefinition.timer("a").build());
        MetricSeries series = metric.series(Tags.of("k", "v"));
        Timing timing = metric.startTimer();
        assertThat(this.collector.unregisterMetric("a")).isTrue();
        assertThat(metric.addValue(1)).isFalse();
        assertThat(series.addValue(1)).isFalse();
        assertThat(this.collector.collect("a", 1)).isFalse();
        timing.close();
        assertThat(this.collector.getSystemStatistics().rejectedValues()).isEqualTo(4);
        assertThat(this.collector.getSystemStatistics().collectionErrors()).isZero();
        assertThat(this.collector.getSystemStatistics().totalMetrics()).isZero();
    }

    @Test
    void unregisterMetricLeavesHandlesThatAnswerNothing() {
        ThreadSafeMetric metric = this.collector.metric(MetricDefinition.timer("a").build());
        metric.addValue(1);
        this.collector.unregisterMetric("a");
        assertThat(metric.window(Duration.ofSeconds(10)).count()).isZero();
        assertThat(metric.getCurrentValue()).isEmpty();
        assertThat(metric.series()).isEmpty();
        assertThat(metric.series(Tags.of("k", "v")).addValue(1)).isFalse();
        assertThat(metric.series()).isEmpty();
    }

    @Test
    void registerMetricOfTheSameNameAfterUnregisterStartsAnewAndOldHandlesStillRefuse() {
        ThreadSafeMetric old = this.collector.metric(MetricDefinition.timer("a").build());
        old.addValue(1);
        this.collector.unregisterMetric("a");
        ThreadSafeMetric anew = this.collector.metric(MetricDefinition.gauge("a").build());
        assertThat(old.addValue(1)).isFalse();
        assertThat(anew.addValue(-5)).isTrue();
        assertThat(anew.getStatistics().count()).isEqualTo(1);
        assertThat(this.collector.getSystemStatistics().totalValuesCollected()).isEqualTo(2);
    }

    @Test
    void questionsWhenMetricIsUnknownAreEmpty() {
        assertThat(this.collector.findMetric("a")).isEmpty();
        assertThat(this.collector.getMetricValue("a")).isEmpty();
        assertThat(this.collector.getMetricValue("a", AggregationType.SUM)).isEmpty();
        assertThat(this.collector.getMetricValue("a", AggregationType.SUM, Duration.ofSeconds(1))).isEmpty();
        assertThat(this.collector.getMetricStatistics("a")).isEmpty();
        assertThat(this.collector.getAllMetrics()).isEmpty();
        assertThat(this.collector.cleanupOldValues()).isEmpty();
    }

    @Test
    void getAllMetricsHasEachByName() {
        this.collector.registerMetric("b", MetricType.COUNTER);
        this.collector.registerMetric("a", MetricType.GAUGE);
        this.collector.collect("b", 2);
        assertThat(this.collector.getAllMetrics()).containsOnlyKeys("a", "b");
        assertThat(this.collector.getAllMetrics().get("b"))
            .isEqualTo(this.collector.getMetricStatistics("b").orElseThrow());
    }

}
