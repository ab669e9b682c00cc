package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/**
 * Questions about windows, while all values are still kept raw.
 */
class WindowQueryTests {

    private static final Instant START = Instant.parse("2024-05-01T12:00:00Z");

    private static final Tags EU = Tags.of("region", "eu");

    private static final Tags US = Tags.of("region", "us");

    private final ManualClock clock = new ManualClock(START);

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.retentionWindow(Duration.ofMinutes(1)));

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.histogram("a").build());

    @AfterEach
    void close() {
        this.collector.close();
    }

    private void advance(long seconds) {
        this.clock.advance(Duration.ofSeconds(seconds));
    }

    private void addValues(double... values) {
        for (double value : values) {
            this.metric.addValue(value);
        }
    }

    @Test
    void windowHasTheFiguresOfItsValues() {
        addValues(4, 1, 3, 2);
        WindowSnapshot window = this.metric.window(Duration.ofSeconds(10));
        assertThat(window.count()).isEqualTo(4);
        assertThat(window.sum()).isEqualTo(10);
        assertThat(window.min()).hasValue(1);
        assertThat(window.max()).hasValue(4);
        assertThat(window.average()).hasValue(2.5);
        assertThat(window.rate()).isEqualTo(0.4);
        assertThat(window.from()).isEqualTo(START.minusSeconds(10));
        assertThat(window.to()).isEqualTo(START);
        assertThat(window.exact()).isTrue();
        assertThat(window.relativeError()).isZero();
        assertThat(window.truncated()).isFalse();
        assertThat(window)
            .hasToString("WindowSnapshot[from=2024-05-01T11:59:50Z, to=2024-05-01T12:00:00Z, count=4, sum=10.0]");
    }

    @ParameterizedTest
    @CsvSource({ "0,1", "24.9,1", "25,2", "50,3", "74.9,3", "75,4", "95,4", "100,4" })
    void percentileIsThatOfTheReference(double percentile, double expected) {
        addValues(4, 1, 3, 2);
        assertThat(this.metric.window(Duration.ofSeconds(10)).percentile(percentile)).hasValue(expected);
        assertThat(this.metric.getAggregatedValue(AggregationType.PERCENTILE, Duration.ofSeconds(10), percentile))
            .hasValue(expected);
    }

    @Test
    void percentileWithoutAFigureIsThe95th() {
        for (int i = 0; i < 100; i++) {
            this.metric.addValue(i);
        }
        assertThat(this.metric.getAggregatedValue(AggregationType.PERCENTILE)).hasValue(95);
        assertThat(this.metric.getAggregatedValue(AggregationType.PERCENTILE, Duration.ofSeconds(1))).hasValue(95);
        assertThat(this.collector.getMetricValue("a", AggregationType.PERCENTILE)).hasValue(95);
        assertThat(this.collector.getMetricValue("a", AggregationType.PERCENTILE, Duration.ofSeconds(1))).hasValue(95);
    }

    @Test
    void getMetricValueWithoutAnAggregationIsTheAverageOfTheRetention() {
        addValues(1);
        advance(59);
        addValues(4);
        assertThat(this.collector.getMetricValue("a")).hasValue(2.5);
        advance(2);
        assertThat(this.collector.getMetricValue("a")).hasValue(4);
    }

    @ParameterizedTest
    @EnumSource(AggregationType.class)
    void anEmptyWindowHasNoValue(AggregationType aggregation) {
        addValues(1, 2);
        advance(30);
        assertThat(this.metric.getAggregatedValue(aggregation, Duration.ofSeconds(29))).isEmpty();
        assertThat(this.metric.getAggregatedValue(aggregation, Duration.ofSeconds(30))).isPresent();
        assertThat(this.collector.getMetricValue("a", aggregation, Duration.ofSeconds(29))).isEmpty();
    }

    @Test
    void anEmptyWindowHasNoFigures() {
        WindowSnapshot window = this.metric.window(Duration.ofSeconds(10));
        assertThat(window.count()).isZero();
        assertThat(window.sum()).isZero();
        assertThat(window.min()).isEmpty();
        assertThat(window.max()).isEmpty();
        assertThat(window.average()).isEmpty();
        assertThat(window.percentile(50)).isEmpty();
        assertThat(window.fractionAtMost(1)).isEmpty();
        assertThat(window.buckets()).isEmpty();
        assertThat(window.rate()).isZero();
        assertThat(Duration.between(window.from(), window.to())).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void agesAreInclusive() {
        addValues(1);
        advance(10);
        assertThat(this.metric.window(Duration.ofSeconds(10)).count()).isEqualTo(1);
        assertThat(this.metric.window(Duration.ofSeconds(10).minusNanos(1)).count()).isZero();
    }

    @Test
    void rateIsCountPerSecondOfTheSpan() {
        addValues(1, 2, 3);
        assertThat(this.metric.getAggregatedValue(AggregationType.RATE, Duration.ofSeconds(2))).hasValue(1.5);
        assertThat(this.metric.getAggregatedValue(AggregationType.RATE)).hasValue(3 / 60.0);
        assertThat(this.metric.getAggregatedValue(AggregationType.RATE, Duration.ofHours(1))).hasValue(3 / 60.0);
    }

    @Test
    void rateBelowTwoValuesIsZero() {
        addValues(7);
        assertThat(this.metric.getAggregatedValue(AggregationType.RATE, Duration.ofSeconds(2))).hasValue(0);
        assertThat(this.metric.window(Duration.ofSeconds(2)).rate()).isZero();
        addValues(7);
        assertThat(this.metric.window(Duration.ofSeconds(2)).rate()).isOne();
    }

    @Test
    void aWindowAboveTheRetentionIsCutThere() {
        addValues(1);
        advance(60);
        addValues(2);
        advance(1);
        WindowSnapshot window = this.metric.window(Duration.ofDays(100_000));
        assertThat(window.from()).isEqualTo(START.plusSeconds(1));
        assertThat(window.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "PT0S", "PT-1S" })
    void windowsThatAreNotPositiveAreRefused(@Nullable Duration window) {
        List.<Runnable>of(() -> this.metric.window(window), () -> this.metric.window(window, EU),
                () -> this.metric.windowBy("region", window, Tags.empty()),
                () -> this.metric.timeline(window, Duration.ofSeconds(1), Tags.empty()),
                () -> this.metric.getAggregatedValue(AggregationType.SUM, window),
                () -> this.metric.getAggregatedValue(AggregationType.PERCENTILE, window, 50),
                () -> this.collector.getMetricValue("a", AggregationType.SUM, window),
                () -> this.collector.getMetricValue("unknown", AggregationType.SUM, window),
                () -> this.metric.series(EU).window(window), () -> ValueQuery.newest(1).window(window))
            .forEach((question) -> assertThatIllegalArgumentException().isThrownBy(question::run)
                .withMessage("'window' must be longer than zero but was " + window));
    }

    @ParameterizedTest
    @ValueSource(doubles = { -1, 101, -0.001, 100.001, Double.NaN, Double.POSITIVE_INFINITY })
    void percentilesOutside0To100AreRefused(double percentile) {
        String message = "'percentile' must be between 0.0 and 100.0 but was " + percentile;
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.metric.getAggregatedValue(AggregationType.SUM, Duration.ofSeconds(1), percentile))
            .withMessage(message);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.metric.window(Duration.ofSeconds(1)).percentile(percentile))
            .withMessage(message);
    }

    @Test
    void questionsWithNullsAreRefused() {
        Duration second = Duration.ofSeconds(1);
        Map.<String, Runnable>of("filter", () -> this.metric.window(second, null), "aggregation",
                () -> this.metric.getAggregatedValue(null, second), "from",
                () -> this.metric.window(null, START, Tags.empty()), "to",
                () -> this.metric.window(START, null, Tags.empty()), "tagKey",
                () -> this.metric.windowBy(null, second, Tags.empty()), "query", () -> this.metric.values(null), "task",
                () -> this.metric.record(null), "step", () -> this.metric.timeline(second, null, Tags.empty()), "name",
                () -> this.collector.getMetricValue(null))
            .forEach((argument, question) -> assertThatIllegalArgumentException().as(argument)
                .isThrownBy(question::run)
                .withMessageContaining("'" + argument + "' must"));
    }

    @Test
    void fractionAtMostCountsTheThresholdItself() {
        addValues(1, 2, 2, 4);
        WindowSnapshot window = this.metric.window(Duration.ofSeconds(1));
        assertThat(window.fractionAtMost(0.5)).hasValue(0);
        assertThat(window.fractionAtMost(1)).hasValue(0.25);
        assertThat(window.fractionAtMost(2)).hasValue(0.75);
        assertThat(window.fractionAtMost(3)).hasValue(0.75);
        assertThat(window.fractionAtMost(4)).hasValue(1);
        assertThat(window.fractionAtMost(Double.POSITIVE_INFINITY)).hasValue(1);
        assertThat(window.fractionAtMost(Double.NEGATIVE_INFINITY)).hasValue(0);
        assertThatIllegalArgumentException().isThrownBy(() -> window.fractionAtMost(Double.NaN));
    }

    @Test
    void bucketsAscendHoldTheirValuesAndAddUp() {
        addValues(-100, -1, 0, 0, 1e-3, 1, 1, 1e6);
        List<Bucket> buckets = this.metric.window(Duration.ofSeconds(1)).buckets();
        assertThat(buckets.stream().mapToLong(Bucket::count).sum()).isEqualTo(8);
        assertThat(buckets).hasSize(6).allSatisfy((bucket) -> {
            assertThat(bucket.lower()).isLessThanOrEqualTo(bucket.upper());
            assertThat(bucket.upper() - bucket.lower()).isLessThanOrEqualTo(0.02 * Math.abs(bucket.upper()));
        }).isSortedAccordingTo((a, b) -> Double.compare(a.lower(), b.lower()));
        assertThat(buckets.get(2)).isEqualTo(new Bucket(0, 0, 2));
    }

    @Test
    void aFilterTakesMatchingSeriesOnly() {
        this.metric.addValue(1, EU);
        this.metric.addValue(2, US);
        this.metric.addValue(4);
        Duration second = Duration.ofSeconds(1);
        assertThat(this.metric.window(second, EU).sum()).isEqualTo(1);
        assertThat(this.metric.window(second, Tags.of("region", "")).sum()).isEqualTo(4);
        assertThat(this.metric.window(second, Tags.empty()).sum()).isEqualTo(7);
        assertThat(this.metric.window(second, Tags.of("other", "x")).count()).isZero();
        assertThat(this.metric.window(second, Tags.of("region", "eu", "other", "")).sum()).isEqualTo(1);
        assertThat(this.metric.series(EU).window(second).sum()).isEqualTo(1);
        assertThat(this.metric.series(Tags.empty()).window(second).sum()).isEqualTo(4);
    }

    @Test
    void windowByGroupsAddUpToTheWhole() {
        this.metric.addValue(1, EU);
        this.metric.addValue(2, Tags.of("region", "eu", "uri", "/"));
        this.metric.addValue(4, US);
        this.metric.addValue(8);
        this.metric.addValue(16, Tags.of("uri", "/"));
        Map<String, WindowSnapshot> groups = this.metric.windowBy("region", Duration.ofSeconds(1), Tags.empty());
        assertThat(groups).containsOnlyKeys("eu", "us", "");
        assertThat(groups.get("eu").sum()).isEqualTo(3);
        assertThat(groups.get("us").sum()).isEqualTo(4);
        assertThat(groups.get("").sum()).isEqualTo(24);
        assertThat(groups.values()).extracting(WindowSnapshot::from).containsOnly(START.minusSeconds(1));
        assertThat(this.metric.windowBy("region", Duration.ofSeconds(1), Tags.of("uri", "/"))).containsOnlyKeys("eu",
                "");
        assertThat(this.metric.windowBy("region", Duration.ofSeconds(1), Tags.of("none", "x"))).isEmpty();
    }

    @Test
    void aWallClockThatJumpsChangesNoFigureAndInstantsFollowIt() {
        addValues(1, 2);
        advance(10);
        for (Instant jump : List.of(START.minusSeconds(1_000_000), START.plusSeconds(1_000_000))) {
            this.clock.setWallClock(jump);
            WindowSnapshot window = this.metric.window(Duration.ofSeconds(20));
            assertThat(window.count()).isEqualTo(2);
            assertThat(window.rate()).isCloseTo(0.1, within(1e-12));
            assertThat(window.to()).isEqualTo(jump);
            assertThat(window.from()).isEqualTo(jump.minusSeconds(20));
            assertThat(this.metric.values(ValueQuery.newest(1)).get(0).timestamp()).isEqualTo(jump.minusSeconds(10));
            assertThat(this.metric.getStatistics().lastUpdated()).isEqualTo(jump.minusSeconds(10));
            assertThat(this.metric.window(jump.minusSeconds(11), jump.minusSeconds(9), Tags.empty()).count())
                .isEqualTo(2);
        }
    }

}
