package io.threadsafemetrics;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

/**
 * What recording keeps: every path in, every type, timers.
 */
class RecordingTests {

    private static final Tags EU = Tags.of("region", "eu");

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock);

    private final ThreadSafeMetric timer = this.collector.metric(MetricDefinition.timer("timer").build());

    @AfterEach
    void close() {
        this.collector.close();
    }

    @Test
    void everyPathRecordsOneValue() throws Exception {
        assertThat(this.collector.collect("timer", 1)).isTrue();
        assertThat(this.collector.collect("timer", 1, Map.of("region", "eu"))).isTrue();
        assertThat(this.collector.collect("timer", 1, Map.of("region", "eu"), Map.of("id", 7))).isTrue();
        assertThat(this.timer.addValue(1)).isTrue();
        assertThat(this.timer.addValue(1, EU)).isTrue();
        assertThat(this.timer.addValue(1, EU, Map.of("id", 7))).isTrue();
        assertThat(this.timer.addDuration(Duration.ofSeconds(1))).isTrue();
        assertThat(this.timer.addDuration(Duration.ofSeconds(1), EU)).isTrue();
        assertThat(this.timer.series(EU).addValue(1)).isTrue();
        assertThat(this.timer.series(EU).addValue(1, Map.of("id", 7))).isTrue();
        assertThat(this.timer.series(EU).addDuration(Duration.ofSeconds(1))).isTrue();
        this.timer.startTimer().close();
        this.timer.startTimer(EU).close();
        this.timer.series(EU).startTimer().close();
        this.timer.record(() -> {
        });
        this.timer.recordCallable(() -> 1);
        assertThat(this.timer.getStatistics().count()).isEqualTo(16);
        assertThat(this.timer.window(Duration.ofSeconds(1), EU).count()).isEqualTo(10);
        assertThat(this.collector.getSystemStatistics().totalValuesCollected()).isEqualTo(16);
        assertThat(this.collector.getSystemStatistics().rejectedValues()).isZero();
    }

    @Test
    void nullTagsAndMetadataAreNone() {
        assertThat(this.collector.collect("timer", 1, null)).isTrue();
        assertThat(this.collector.collect("timer", 1, null, null)).isTrue();
        assertThat(this.timer.addValue(1, null)).isTrue();
        assertThat(this.timer.addValue(1, null, null)).isTrue();
        assertThat(this.timer.addDuration(Duration.ofSeconds(1), null)).isTrue();
        assertThat(this.timer.series((Tags) null).addValue(1, null)).isTrue();
        this.timer.startTimer(null).close();
        assertThat(this.timer.series()).singleElement()
            .satisfies((only) -> assertThat(only.tags()).isEqualTo(Tags.empty()));
        assertThat(this.timer.getStatistics().count()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({ "COUNTER,6,6", "GAUGE,1,0", "HISTOGRAM,1,6", "SUMMARY,1,6", "TIMER,1,6", "RATE,1,0" })
    void statisticsHaveCurrentAndTotalValueOfTheType(MetricType type, double current, double total) {
        ThreadSafeMetric metric = this.collector.metric(MetricDefinition.of("a", type).build());
        for (double value : new double[] { 2, 3, 1 }) {
            metric.addValue(value);
        }
        MetricStatistics statistics = metric.getStatistics();
        assertThat(statistics.currentValue()).isEqualTo(current);
        assertThat(metric.getCurrentValue()).hasValue(current);
        assertThat(statistics.totalValue()).isEqualTo(total);
        assertThat(statistics.count()).isEqualTo(3);
        assertThat(statistics.minValue()).isEqualTo(1);
        assertThat(statistics.maxValue()).isEqualTo(3);
        assertThat(statistics.valuesStored()).isEqualTo(3);
        assertThat(statistics.seriesCount()).isEqualTo(1);
        assertThat(statistics.name()).isEqualTo("a");
        assertThat(statistics.type()).isEqualTo(type);
    }

    @ParameterizedTest
    @EnumSource(MetricType.class)
    void statisticsBeforeTheFirstValueHaveNoFigures(MetricType type) {
        ThreadSafeMetric metric = this.collector.metric(MetricDefinition.of("a", type).build());
        MetricStatistics statistics = metric.getStatistics();
        assertThat(metric.getCurrentValue()).isEmpty();
        assertThat(statistics.currentValue()).isNull();
        assertThat(statistics.minValue()).isNull();
        assertThat(statistics.maxValue()).isNull();
        assertThat(statistics.count()).isZero();
        assertThat(statistics.seriesCount()).isZero();
        assertThat(statistics.lastUpdated()).isEqualTo(statistics.createdTime());
    }

    @Test
    void statisticsAreOfTheLifetimeNotOfTheWindow() {
        this.timer.addValue(5);
        this.clock.advance(Duration.ofHours(3));
        this.timer.addValue(2);
        MetricStatistics statistics = this.timer.getStatistics();
        assertThat(statistics.count()).isEqualTo(2);
        assertThat(statistics.maxValue()).isEqualTo(5);
        assertThat(statistics.totalValue()).isEqualTo(7);
        assertThat(statistics.valuesStored()).isEqualTo(1);
        assertThat(Duration.between(statistics.createdTime(), statistics.lastUpdated())).isEqualTo(Duration.ofHours(3));
    }

    @ParameterizedTest
    @EnumSource(value = MetricType.class, names = { "GAUGE", "HISTOGRAM", "SUMMARY", "RATE" })
    void negativeValuesOfOtherTypesAreTaken(MetricType type) {
        ThreadSafeMetric metric = this.collector.metric(MetricDefinition.of("a", type).build());
        assertThat(metric.addValue(-1)).isTrue();
        assertThat(metric.getCurrentValue()).hasValue(-1);
    }

    @Test
    void durationsAreSeconds() {
        this.timer.addDuration(Duration.ofMillis(1500));
        assertThat(this.timer.getCurrentValue()).hasValue(1.5);
    }

    @Test
    void timingTakesTheMonotonicTime() {
        Timing timing = this.timer.startTimer(EU);
        this.clock.advance(Duration.ofMillis(250));
        this.clock.setWallClock(Instant.EPOCH);
        timing.close();
        assertThat(this.timer.window(Duration.ofSeconds(1), EU).max()).hasValue(0.25);
    }

    @Test
    void timingClosedTwiceRecordsOnce() {
        Timing timing = this.timer.startTimer();
        timing.close();
        timing.close();
        assertThat(this.timer.getStatistics().count()).isEqualTo(1);
        assertThat(this.collector.getSystemStatistics().rejectedValues()).isZero();
    }

    @Test
    void timingClosedByAnotherThreadRecords() throws InterruptedException {
        Timing timing = this.timer.startTimer();
        this.clock.advance(Duration.ofSeconds(2));
        Thread thread = new Thread(timing::close);
        thread.start();
        thread.join();
        assertThat(this.timer.getCurrentValue()).hasValue(2);
    }

    @Test
    void recordWhenTaskThrowsRecordsAndThrowsTheSame() {
        assertThatIllegalStateException().isThrownBy(() -> this.timer.record(() -> {
            this.clock.advance(Duration.ofSeconds(3));
            throw new IllegalStateException("from the task");
        })).withMessage("from the task");
        assertThat(this.timer.getCurrentValue()).hasValue(3);
    }

    @Test
    void recordCallableAnswersTheResultOrThrowsTheSame() throws Exception {
        assertThat(this.timer.<String>recordCallable(() -> "result")).isEqualTo("result");
        assertThat(this.timer.<Object>recordCallable(() -> null)).isNull();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.timer.recordCallable(() -> {
            throw new IOException("from the task");
        }));
        assertThat(this.timer.getStatistics().count()).isEqualTo(3);
    }

    @Test
    void recordCallableAfterCloseStillRunsTheTask() throws Exception {
        this.collector.close();
        assertThat(this.timer.<Integer>recordCallable(() -> 5)).isEqualTo(5);
    }

    @Test
    void extremeValuesStayFinite() {
        ThreadSafeMetric gauge = this.collector.metric(MetricDefinition.histogram("a").build());
        for (double value : new double[] { Double.MAX_VALUE, Double.MAX_VALUE, Double.MIN_VALUE, -Double.MIN_VALUE, 0.0,
                -0.0 }) {
            assertThat(gauge.addValue(value)).isTrue();
        }
        WindowSnapshot window = gauge.window(Duration.ofSeconds(1));
        assertThat(window.count()).isEqualTo(6);
        assertThat(window.sum()).isFinite();
        assertThat(window.average().orElseThrow()).isFinite();
        assertThat(window.max()).hasValue(Double.MAX_VALUE);
        assertThat(window.min()).hasValue(-Double.MIN_VALUE);
        assertThat(gauge.getStatistics().totalValue()).isFinite();
    }

    @Test
    void sumOfManySmallValuesKeepsItsBits() {
        for (int i = 0; i < 1_000_000; i++) {
            this.timer.addValue(0.1);
        }
        assertThat(this.timer.getStatistics().totalValue()).isCloseTo(100_000.0, within(1e-7));
        assertThat(this.timer.window(Duration.ofSeconds(1)).sum()).isCloseTo(100_000.0, within(1e-7));
    }

    @Test
    void resetForgetsValuesAndSeriesAndKeepsTheMetric() {
        MetricSeries handle = this.timer.series(EU);
        handle.addValue(4);
        this.clock.advance(Duration.ofSeconds(1));
        this.timer.reset();
        assertThat(this.timer.getStatistics().count()).isZero();
        assertThat(this.timer.getStatistics().lastUpdated())
            .isEqualTo(Instant.ofEpochMilli(this.clock.wallClockMillis()));
        assertThat(this.timer.series()).isEmpty();
        assertThat(this.timer.values(ValueQuery.newest(10))).isEmpty();
        assertThat(handle.lifetime().count()).isZero();
        assertThat(handle.addValue(5)).isTrue();
        assertThat(this.timer.series()).hasSize(1);
        assertThat(handle.lifetime().count()).isEqualTo(1);
    }

    @Test
    void resetAllMetricsKeepsTheTotalOfValuesCollected() {
        ThreadSafeMetric other = this.collector.metric(MetricDefinition.gauge("other").build());
        List.of(this.timer, other).forEach((metric) -> metric.addValue(1));
        this.collector.resetAllMetrics();
        assertThat(this.timer.getStatistics().count()).isZero();
        assertThat(other.getStatistics().count()).isZero();
        assertThat(this.collector.getSystemStatistics().totalValuesCollected()).isEqualTo(2);
        assertThat(this.collector.getSystemStatistics().totalMetrics()).isEqualTo(2);
    }

}
