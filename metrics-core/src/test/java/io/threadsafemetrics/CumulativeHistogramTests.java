package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Histograms that only grow, for exports. */
class CumulativeHistogramTests {

    private static final Duration RETENTION = Duration.ofMinutes(2);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.retentionWindow(RETENTION).idleSeriesTtl(Duration.ofHours(9)));

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.histogram("a").build());

    private final MetricSeries series = this.metric.series(Tags.of("k", "v"));

    private final Random random = new Random(7);

    @AfterEach
    void close() {
        this.collector.close();
    }

    private static CumulativeHistogram histogram(MetricSeries series) {
        return series.histogram().orElseThrow();
    }

    private CumulativeHistogram histogram() {
        return histogram(this.series);
    }

    /**
     * The bucket of a value by logarithms; values on a bound would be a matter of
     * rounding.
     */
    private static int index(double value, int scale) {
        return (int) Math.ceil(Math.log(Math.abs(value)) / Math.log(2) * Math.pow(2, scale));
    }

    private static Map<Integer, Long> expected(List<Double> values, int scale, boolean sign) {
        Map<Integer, Long> buckets = new TreeMap<>();
        values.stream()
            .filter((value) -> sign ? value > 0 : value < 0)
            .forEach((value) -> buckets.merge(index(value, scale), 1L, Long::sum));
        return buckets;
    }

    private static Map<Integer, Long> map(CumulativeHistogram.Buckets buckets) {
        Map<Integer, Long> counts = new TreeMap<>();
        for (int i = 0; i < buckets.size(); i++) {
            if (buckets.count(i) > 0) {
                counts.put(buckets.firstIndex() + i, buckets.count(i));
            }
        }
        return counts;
    }

    private static void assertHolds(CumulativeHistogram histogram, List<Double> values) {
        assertThat(map(histogram.positive())).isEqualTo(expected(values, histogram.scale(), true));
        assertThat(map(histogram.negative())).isEqualTo(expected(values, histogram.scale(), false));
        assertThat(histogram.zeroCount()).isEqualTo(values.stream().filter((value) -> value == 0).count());
        assertThat(histogram.count()).isEqualTo(values.size());
        double magnitude = values.stream().mapToDouble(Math::abs).sum();
        assertThat(histogram.sum()).isCloseTo(values.stream().mapToDouble(Double::doubleValue).sum(),
                within(1e-12 * magnitude));
    }

    /** Fails where a counter would seem to have been reset. */
    private static void assertGrown(CumulativeHistogram before, CumulativeHistogram after, boolean sumMayFall) {
        assertThat(after.scale()).isLessThanOrEqualTo(before.scale());
        CumulativeHistogram coarser = before.withScaleAtMost(after.scale());
        Map<Integer, Long> positive = map(after.positive());
        map(coarser.positive())
            .forEach((index, count) -> assertThat(positive.getOrDefault(index, 0L)).isGreaterThanOrEqualTo(count));
        Map<Integer, Long> negative = map(after.negative());
        map(coarser.negative())
            .forEach((index, count) -> assertThat(negative.getOrDefault(index, 0L)).isGreaterThanOrEqualTo(count));
        assertThat(after.zeroCount()).isGreaterThanOrEqualTo(before.zeroCount());
        assertThat(after.since()).isEqualTo(before.since());
        if (!sumMayFall) {
            assertThat(after.sum()).isGreaterThanOrEqualTo(before.sum());
        }
    }

    private double next(boolean signed) {
        if (this.random.nextInt(20) == 0) {
            return 0;
        }
        double magnitude = Math.exp(2 * this.random.nextGaussian());
        return (signed && this.random.nextInt(3) == 0) ? -magnitude : magnitude;
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void histogramOverRandomStepsHoldsAllValuesAndOnlyGrows(boolean signed) {
        List<Double> values = new ArrayList<>();
        CumulativeHistogram before = histogram();
        for (int step = 0; step < 1000; step++) {
            int count = (this.random.nextInt(4) == 0) ? this.random.nextInt(300) : this.random.nextInt(5);
            for (int i = 0; i < count; i++) {
                values.add(next(signed));
                this.series.addValue(values.get(values.size() - 1));
                this.metric.addValue(1e9, Tags.of("k", "other"));
            }
            // some long enough for all slots to go
            this.clock.advance(Duration
                .ofMillis((this.random.nextInt(100) == 0) ? this.random.nextInt(300_000) : this.random.nextInt(2500)));
            if (this.random.nextInt(10) == 0) {
                this.metric.cleanOldValues();
            }
            CumulativeHistogram after = histogram();
            assertGrown(before, after, signed);
            if (step % 20 == 0) {
                assertHolds(after, values);
            }
            before = after;
        }
        assertHolds(before, values);
        MetricStatistics lifetime = this.series.lifetime();
        assertThat(before.count()).isEqualTo(lifetime.count());
        assertThat(before.sum()).isEqualTo(lifetime.totalValue());
        assertThat(before.since()).isEqualTo(lifetime.createdTime());
    }

    @Test
    void histogramWhenAskedLateStartsWithWhatIsStillThere() {
        this.series.addValue(1);
        this.clock.advance(RETENTION.plusMinutes(1));
        this.metric.cleanOldValues();
        Instant second = Instant.ofEpochMilli(this.clock.wallClockMillis());
        this.series.addValue(2);
        this.clock.advance(Duration.ofSeconds(5));
        this.series.addValue(3);
        assertHolds(histogram(), List.of(2.0, 3.0));
        assertThat(histogram().since()).isEqualTo(second);
        this.clock.advance(RETENTION.plusMinutes(1));
        this.metric.cleanOldValues();
        assertHolds(histogram(), List.of(2.0, 3.0));
    }

    @Test
    void histogramWhenAllHasLeftStartsWithTheQuestion() {
        this.series.addValue(1);
        this.clock.advance(RETENTION.plusMinutes(1));
        this.metric.cleanOldValues();
        assertThat(histogram().count()).isZero();
        assertThat(histogram().sum()).isZero();
        assertThat(histogram().since()).isEqualTo(Instant.ofEpochMilli(this.clock.wallClockMillis()));
        this.series.addValue(4);
        assertHolds(histogram(), List.of(4.0));
    }

    @Test
    void seriesThatStartsLaterIsKeptFromItsFirstValue() {
        histogram();
        MetricSeries later = this.metric.series(Tags.of("k", "later"));
        later.addValue(1);
        this.clock.advance(RETENTION.plusMinutes(1));
        this.metric.cleanOldValues();
        later.addValue(2);
        assertHolds(histogram(later), List.of(1.0, 2.0));
    }

    @Test
    void resetStartsAnew() {
        this.series.addValue(1);
        assertThat(histogram().count()).isEqualTo(1);
        this.clock.advance(Duration.ofSeconds(3));
        this.metric.reset();
        assertThat(this.series.histogram()).isEmpty();
        this.series.addValue(5);
        this.clock.advance(RETENTION.plusMinutes(1));
        this.metric.cleanOldValues();
        assertHolds(histogram(), List.of(5.0));
        assertThat(histogram().since()).isEqualTo(Instant.parse("2026-01-01T00:00:03Z"));
    }

    @Test
    void histogramOfAnUnregisteredMetricIsEmpty() {
        this.series.addValue(1);
        assertThat(this.series.histogram()).isPresent();
        this.collector.unregisterMetric("a");
        assertThat(this.series.histogram()).isEmpty();
    }

    @Test
    void withScaleAtMostIsRightForAllIndexes() {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            values.add(next(true) / 16); // most below 1, where indexes are negative
            this.series.addValue(values.get(i));
        }
        CumulativeHistogram histogram = histogram();
        for (int scale = histogram.scale(); scale >= -4; scale--) {
            CumulativeHistogram coarser = histogram.withScaleAtMost(scale);
            assertThat(coarser.scale()).isEqualTo(scale);
            assertHolds(coarser, values);
        }
        assertThat(histogram.withScaleAtMost(8)).isSameAs(histogram);
        assertThat(histogram.withScaleAtMost(-99).scale()).isEqualTo(-10);
    }

    @Test
    void memoryIsAccountedAndGivenBack() {
        MemoryCheck memory = new MemoryCheck(this.collector, this.clock);
        List<MetricSeries> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(this.metric.series(Tags.of("id", "user-" + i)));
        }
        this.metric.cleanOldValues();
        long before = memory.check().estimatedMemoryBytes();
        histogram();
        assertThat(memory.check().estimatedMemoryBytes()).isBetween(before, before + 60 * 300);
        for (int second = 0; second < 10; second++) {
            many.forEach((each) -> {
                for (int i = 0; i < 100; i++) {
                    each.addValue(next(true));
                }
            });
            this.clock.advance(Duration.ofSeconds(1));
        }
        this.clock.advance(RETENTION.plusMinutes(1));
        this.metric.cleanOldValues();
        long idle = memory.check().estimatedMemoryBytes();
        assertThat((idle - before) / 300).as("a series").isBetween(1000L, 3000L);
        this.collector.unregisterMetric("a");
        assertThat(memory.check().estimatedMemoryBytes()).isLessThan(before);
    }

    @Test
    void underPressureBucketsBecomeWiderAndNothingIsLost() {
        ThreadSafeMetricsCollector small = TestCollectors.create(this.clock,
                (limits) -> limits.retentionWindow(Duration.ofSeconds(10)).maxMemoryBytes(250_000).maxValues(10));
        MemoryCheck memory = new MemoryCheck(small, this.clock);
        ThreadSafeMetric many = small.metric(MetricDefinition.histogram("many").build());
        MetricSeries watched = many.series(Tags.of("id", "watched"));
        List<Double> values = new ArrayList<>();
        CumulativeHistogram before = histogram(watched);
        for (int second = 0; second < 200; second++) {
            for (int i = 0; i < 70; i++) {
                values.add(Math.exp(4 * this.random.nextGaussian()));
                watched.addValue(values.get(values.size() - 1));
                many.addValue(Math.exp(4 * this.random.nextGaussian()),
                        Tags.of("id", "" + this.random.nextInt(second + 1)));
            }
            this.clock.advance(Duration.ofSeconds(1));
            CumulativeHistogram after = histogram(watched);
            assertGrown(before, after, false);
            before = after;
            if (second % 20 == 0) {
                memory.check();
            }
        }
        assertHolds(before, values);
        assertThat(before.scale()).isLessThan(6);
        assertThat(small.getSystemStatistics().coarsenedHistograms()).isPositive();
        assertThat(small.getSystemStatistics().droppedSlots()).isPositive();
        small.close();
    }

    @Test
    void valuesAreThoseOfTheSeriesAlone() {
        this.series.addValue(1);
        this.series.addValue(3);
        this.metric.addValue(9, Tags.of("k", "v", "more", "1"));
        assertThat(this.series.values(ValueQuery.largest(2))).extracting(MetricValue::value).containsExactly(3.0, 1.0);
        assertThat(this.series.values(ValueQuery.largest(2).filter(Tags.of("k", "other")))).isEmpty();
    }

}
