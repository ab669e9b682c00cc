package io.threadsafemetrics.internal.distribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.Losses;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.threadsafemetrics.internal.distribution.TestValues.buckets;
import static io.threadsafemetrics.internal.distribution.TestValues.check;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The histogram against the sorted values. */
class ExponentialHistogramTests {

    private static final BucketLayout LAYOUT = BucketLayout.forRelativeError(0.01);

    private static final double DEFAULT_ERROR = BucketLayout.relativeErrorOf(LAYOUT.scale());

    private final Random random = new Random(4);

    private final Losses losses = new Losses();

    private final MemoryAccount account = new MemoryAccount(new MemoryBudget(Long.MAX_VALUE), this.losses);

    @ParameterizedTest
    @EnumSource
    void addOneByOneOrInBatchesIsWithinTheError(TestValues kind) {
        for (int size : new int[] { 1, 10, 3_000 }) {
            double[] values = kind.of(this.random, size);
            ExponentialHistogram batched = ExponentialHistogram.unlimited(LAYOUT);
            for (int from = 0; from < size; from += 256) {
                batched.addAll(values, from, Math.min(size, from + 256));
            }
            check(batched, values);
            assertThat(batched.count()).isEqualTo(size);
            assertThat(buckets(histogram(values))).isEqualTo(buckets(batched));
        }
    }

    @ParameterizedTest
    @EnumSource
    void addOfAnyOrderOfHistogramsEqualsThatOfAllValues(TestValues kind) {
        List<double[]> parts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            parts.add(kind.of(this.random, 1 + this.random.nextInt(300)));
        }
        double[] all = parts.stream().flatMapToDouble(Arrays::stream).toArray();
        for (int order = 0; order < 5; order++) {
            Collections.shuffle(parts, this.random);
            ExponentialHistogram sum = histogram();
            parts.forEach((part) -> sum.add(histogram(part).pack()));
            assertThat(buckets(sum)).isEqualTo(buckets(TestValues.histogram(LAYOUT, all)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void heapBytesAreThoseOfTheHeap(TestValues kind) {
        ExponentialHistogram histogram = histogram();
        for (int i = 0; i < 20; i++) {
            histogram.addAll(kind.of(this.random, 100), 0, 100);
            assertThat(histogram.heapBytes())
                .isEqualTo(TestValues.retained(histogram, LAYOUT, this.account, Buckets.NO_INTS, Buckets.NO_LONGS));
            assertThat(this.account.bytes()).isEqualTo(histogram.heapBytes() - ExponentialHistogram.OBJECT_BYTES);
        }
    }

    @Test
    void addOrdinaryValuesKeepsTheResolution() {
        histogram(TestValues.LOG_NORMAL.of(this.random, 10_000));
        histogram(TestValues.NORMAL.of(this.random, 10_000));
        assertThat(this.losses.histogramResolution.sum()).isZero();
    }

    @Test
    void valueAtRankAfterMergingIsWithinTheError() {
        double[] values = this.random.doubles(9_999, -5, 50).toArray();
        ExponentialHistogram whole = histogram();
        for (int part = 0; part < 9; part++) {
            ExponentialHistogram histogram = histogram();
            for (int i = part; i < values.length; i += 9) {
                histogram.add(values[i]);
            }
            whole.add(histogram.pack());
        }
        check(whole, values);
    }

    @Test
    void addTwelveDecadesInAnyOrderKeepsTheResolution() {
        double[] decades = { 1e-3, 1e-9, 1e3, 1e-9, 1e3, 1, 3e-9, 3e2 };
        for (int order = 0; order < 1_000; order++) {
            ExponentialHistogram histogram = histogram();
            int first = this.random.nextInt(decades.length);
            for (int i = 0; i < 100; i++) {
                double value = decades[(i == 0) ? first : this.random.nextInt(decades.length)];
                histogram.add(value);
                histogram.add(-value);
            }
            assertThat(histogram.relativeError()).isEqualTo(DEFAULT_ERROR);
        }
    }

    @Test
    void mergeOfMergesOfTwelveDecadesKeepsTheResolution() {
        ExponentialHistogram merged = histogram();
        for (int i = 0; i < 20; i++) {
            ExponentialHistogram outer = histogram();
            outer.add(1);
            outer.add(merged.pack());
            outer.add((this.random.nextBoolean()) ? 1e-6 : 1e6);
            outer.add(1e-6);
            outer.add(1e6);
            merged = outer;
        }
        assertThat(merged.relativeError()).isEqualTo(DEFAULT_ERROR);
    }

    @Test
    void mergeAgainAndAgainDoesNotGrow() {
        ExponentialHistogram merged = histogram();
        for (int i = 0; i < 50; i++) {
            ExponentialHistogram outer = histogram();
            outer.add(1);
            outer.add(merged.pack());
            outer.add(0.9);
            outer.add(1.1);
            merged = outer;
        }
        assertThat(merged.heapBytes()).isLessThan(ExponentialHistogram.OBJECT_BYTES + 200);
    }

    @Test
    void addMoreThanTwelveDecadesHalvesTheResolutionAndSaysSo() {
        double[] values = this.random.doubles(20_000, -20, 20).map((exponent) -> Math.pow(10, exponent)).toArray();
        ExponentialHistogram histogram = histogram(values);
        assertThat(histogram.relativeError()).isGreaterThan(0.01).isLessThan(0.1);
        assertThat(this.losses.histogramResolution.sum()).isPositive();
        check(histogram, values);
    }

    @Test
    void addAllDoublesKeepsTheCountAndTheErrorItTells() {
        double[] values = this.random.doubles(20_000, -1022, 1023)
            .map((exponent) -> Math.pow(2, exponent) * (this.random.nextBoolean() ? 1 : -1))
            .toArray();
        values[0] = Double.MAX_VALUE;
        values[1] = -Double.MAX_VALUE;
        values[2] = Double.MIN_NORMAL;
        ExponentialHistogram coarse = new ExponentialHistogram(BucketLayout.forRelativeError(0.1), this.account);
        for (double value : values) {
            coarse.add(value);
        }
        check(coarse, values);
        check(histogram(values), values);
    }

    @Test
    void addSubnormalsCountsThemAsZero() {
        ExponentialHistogram histogram = histogram(Double.MIN_VALUE, -Double.MIN_VALUE, 0.0, -0.0,
                Math.nextDown(Double.MIN_NORMAL));
        for (int rank = 0; rank < 5; rank++) {
            assertThat(histogram.valueAtRank(rank)).isZero();
        }
        assertThat(histogram.countAtMost(0)).isEqualTo(5);
    }

    @Test
    void mergeOfFinerIntoCoarserAndBackKeepsAllCounts() {
        double[] narrow = this.random.doubles(1_000, 1, 2).toArray();
        double[] wide = this.random.doubles(1_000, -20, 20).map((exponent) -> Math.pow(10, exponent)).toArray();
        double[] both = Arrays.copyOf(narrow, 2_000);
        System.arraycopy(wide, 0, both, 1_000, 1_000);
        ExponentialHistogram narrowFirst = histogram(narrow);
        narrowFirst.add(histogram(wide).pack());
        check(narrowFirst, both);
        ExponentialHistogram wideFirst = histogram(wide);
        wideFirst.add(histogram(narrow).pack());
        check(wideFirst, both);
        assertThat(wideFirst.relativeError()).isEqualTo(narrowFirst.relativeError());
    }

    @Test
    void mergeWithItsCopyUntilCountsNeedLongsLosesNone() {
        ExponentialHistogram histogram = histogram(1, 1, 1, 100, -7, 0);
        long times = 1;
        while (times < 1L << 40) {
            ExponentialHistogram doubled = histogram();
            doubled.add(histogram.pack());
            doubled.add(histogram.pack());
            histogram = doubled;
            times *= 2;
            assertThat(histogram.countAtMost(1000)).isEqualTo(6.0 * times);
            assertThat(histogram.countAtMost(-1)).isEqualTo(times);
            assertThat(histogram.valueAtRank(5 * times)).isCloseTo(100, within(1.0));
            assertThat(histogram.valueAtRank(5 * times - 1)).isCloseTo(1, within(0.01));
        }
    }

    @Test
    void addWithoutMemoryKeepsTheCountAndTheErrorItTells() {
        MemoryAccount none = new MemoryAccount(new MemoryBudget(0), this.losses);
        ExponentialHistogram histogram = new ExponentialHistogram(LAYOUT, none);
        double[] values = this.random.doubles(5_000, -30, 30)
            .map((exponent) -> Math.pow(10, exponent) * (this.random.nextBoolean() ? 1 : -1))
            .toArray();
        for (double value : values) {
            histogram.add(value);
        }
        check(histogram, values);
        assertThat(none.bytes()).isEqualTo(histogram.heapBytes() - ExponentialHistogram.OBJECT_BYTES);
        assertThat(histogram.heapBytes()).isLessThanOrEqualTo(ExponentialHistogram.FLOOR_BYTES);
    }

    @Test
    void addUntilCountsNeedLongsWithoutMemoryLosesNoneAndKeepsTheFloor() {
        MemoryAccount none = new MemoryAccount(new MemoryBudget(0), this.losses);
        ExponentialHistogram histogram = new ExponentialHistogram(LAYOUT, none);
        ExponentialHistogram part = TestValues.histogram(LAYOUT, this.random.doubles(1 << 20, -5, 50).toArray());
        for (long count = part.count(); count < 1L << 33; count += part.count()) {
            histogram.add(part.pack());
            part.add(part.pack());
            assertThat(histogram.heapBytes()).isLessThanOrEqualTo(ExponentialHistogram.FLOOR_BYTES);
            assertThat(histogram.heapBytes())
                .isEqualTo(TestValues.retained(histogram, LAYOUT, none, Buckets.NO_INTS, Buckets.NO_LONGS));
            assertThat(none.bytes()).isEqualTo(histogram.heapBytes() - ExponentialHistogram.OBJECT_BYTES);
            assertThat(histogram.countAtMost(Double.MAX_VALUE)).isEqualTo(histogram.count());
        }
        assertThat(histogram.count()).isGreaterThan(1L << 32);
        histogram.add(3);
        histogram.add(-1e300);
        assertThat(histogram.countAtMost(Double.MAX_VALUE)).isEqualTo(histogram.count());
    }

    @Test
    void addUntilCountsNeedLongsThatTheMemoryHasNoRoomForHalvesTheResolution() {
        MemoryAccount little = new MemoryAccount(new MemoryBudget(3_000), this.losses);
        ExponentialHistogram histogram = new ExponentialHistogram(LAYOUT, little);
        histogram.add(histogram(this.random.doubles(1 << 16, 1, 50).toArray()).pack());
        assertThat(histogram.relativeError()).isEqualTo(DEFAULT_ERROR);
        while (histogram.count() < 1L << 32) {
            histogram.add(histogram.pack());
        }
        assertThat(histogram.relativeError()).isGreaterThan(DEFAULT_ERROR);
        assertThat(histogram.countAtMost(Double.MAX_VALUE)).isEqualTo(histogram.count());
        assertThat(little.bytes()).isEqualTo(histogram.heapBytes() - ExponentialHistogram.OBJECT_BYTES);
        histogram.clear();
        assertThat(little.bytes()).isZero();
        histogram.add(3);
        check(histogram, new double[] { 3 });
    }

    @Test
    void addWithSomeMemoryHalvesTheResolutionUntilItFits() {
        MemoryAccount little = new MemoryAccount(new MemoryBudget(1_000), this.losses);
        ExponentialHistogram histogram = new ExponentialHistogram(LAYOUT, little);
        double[] values = TestValues.LOG_NORMAL.of(this.random, 5_000);
        histogram.addAll(values, 0, values.length);
        check(histogram, values);
        assertThat(little.bytes()).isBetween(300L, 900L);
        assertThat(this.losses.histogramResolution.sum()).isBetween(1L, 3L);
    }

    @Test
    void clearKeepsTheMemoryAndGivesTheResolutionBack() {
        ExponentialHistogram histogram = histogram(TestValues.LOG_NORMAL.of(this.random, 10_000));
        long bytes = this.account.bytes();
        histogram.clear();
        assertThat(buckets(histogram)).isEmpty();
        double[] values = TestValues.LOG_NORMAL.of(this.random, 3_000);
        histogram.addAll(values, 0, values.length);
        assertThat(this.account.bytes()).isEqualTo(bytes);
        assertThat(buckets(histogram)).isEqualTo(buckets(histogram(values)));
        histogram.clear();
        histogram.add(1e-30);
        histogram.add(1e30);
        assertThat(histogram.relativeError()).isGreaterThan(DEFAULT_ERROR);
        histogram.clear();
        histogram.addAll(values, 0, values.length);
        assertThat(histogram.relativeError()).isEqualTo(DEFAULT_ERROR);
        check(histogram, values);
    }

    @Test
    void addWithoutMemoryWhenNoBytesAreNeededKeepsTheResolution() {
        MemoryAccount none = new MemoryAccount(new MemoryBudget(0), this.losses);
        ExponentialHistogram histogram = new ExponentialHistogram(LAYOUT, none);
        // one bucket, whose count outgrows a byte but not its array
        for (int i = 0; i < 1_000; i++) {
            histogram.add(5);
        }
        assertThat(histogram.relativeError()).isEqualTo(DEFAULT_ERROR);
        assertThat(this.losses.histogramResolution.sum()).isZero();
    }

    @Test
    void accountHoldsTheBytesOfTheBuckets() {
        ExponentialHistogram histogram = histogram();
        for (int i = 0; i < 10_000; i++) {
            histogram.add(Math.pow(10, 30 * this.random.nextDouble()) - 100);
            assertThat(this.account.bytes()).isEqualTo(histogram.heapBytes() - ExponentialHistogram.OBJECT_BYTES);
        }
    }

    @Test
    void countAtMostNeverFallsAndEndsAtTheCount() {
        double[] values = this.random.doubles(1_000, -3, 3).toArray();
        ExponentialHistogram histogram = histogram(values);
        double before = 0;
        for (double threshold = -3.1; threshold < 3.1; threshold += 0.003) {
            double count = histogram.countAtMost(threshold);
            assertThat(count).isGreaterThanOrEqualTo(before);
            before = count;
        }
        assertThat(before).isEqualTo(1_000);
    }

    @Test
    void countAtMostInsideABucketIsInProportion() {
        ExponentialHistogram histogram = histogram(3, 3, 3, 3);
        int index = LAYOUT.index(3.0);
        double lower = LAYOUT.lower(index, LAYOUT.scale());
        double width = LAYOUT.upper(index, LAYOUT.scale()) - lower;
        assertThat(histogram.countAtMost(lower + width / 4)).isCloseTo(1, within(1e-9));
    }

    @Test
    void scaleZerosAndBucketsAreThoseOfTheValues() {
        ExponentialHistogram histogram = histogram(-2, 0, 0, 4, 4, 4);
        assertThat(histogram.scale()).isEqualTo(LAYOUT.scale());
        assertThat(histogram.zeros()).isEqualTo(2);
        assertThat(histogram.negative().size()).isEqualTo(1);
        assertThat(histogram.negative().get(LAYOUT.index(2.0))).isEqualTo(1);
        assertThat(histogram.positive().size()).isEqualTo(1);
        assertThat(histogram.positive().get(LAYOUT.index(4.0))).isEqualTo(3);
    }

    @Test
    void addOfAsManyBucketsAsThereMayBeKeepsTheResolution() {
        int most = ExponentialHistogram.maxLength(LAYOUT);
        assertThat(histogram(inBucket(0), inBucket(most - 1)).relativeError()).isEqualTo(DEFAULT_ERROR);
        assertThat(histogram(inBucket(0), inBucket(most)).relativeError()).isGreaterThan(DEFAULT_ERROR);
    }

    @Test
    void addWhenTheArrayHasRoomMovesTheBucketsInsideIt() {
        ExponentialHistogram histogram = histogram(inBucket(0), inBucket(Buckets.FLOOR - 1));
        assertThat(this.account.bytes()).isEqualTo(Heap.array(Buckets.FLOOR, Integer.BYTES));
        assertThat(counts(histogram)).containsExactly(1L, 1L);
    }

    @Test
    void addWhenTheCountsAreLongsMovesThemToo() {
        ExponentialHistogram histogram = histogram();
        histogram.add(packed(1L << 40));
        histogram.add(inBucket(Buckets.FLOOR - 1));
        assertThat(this.account.bytes()).isEqualTo(Heap.array(Buckets.FLOOR, Long.BYTES));
        assertThat(counts(histogram)).containsExactly(1L << 40, 1L);
    }

    @Test
    void countsTakeEightBytesFromTwoToThe31ValuesOn() {
        ExponentialHistogram histogram = histogram();
        histogram.add(packed(Integer.MAX_VALUE));
        assertThat(this.account.bytes()).isEqualTo(Heap.array(Buckets.FLOOR, Integer.BYTES));
        histogram.add(inBucket(0));
        assertThat(this.account.bytes()).isEqualTo(Heap.array(Buckets.FLOOR, Long.BYTES));
        assertThat(counts(histogram)).containsExactly(1L << 31);
    }

    @Test
    void clearForgetsValuesOfEitherSign() {
        ExponentialHistogram histogram = histogram(-2, 0, 2);
        histogram.clear();
        assertThat(buckets(histogram)).isEmpty();
        assertThat(histogram.count()).isZero();
    }

    private static double inBucket(int index) {
        return LAYOUT.upper(index, LAYOUT.scale());
    }

    private static PackedHistogram packed(long count) {
        BucketCounts counts = BucketCounts.of(0, new long[] { count });
        return new PackedHistogram(LAYOUT.scale(), BucketCounts.NONE, 0, counts, count);
    }

    private static List<Long> counts(ExponentialHistogram histogram) {
        return buckets(histogram).stream().map((bucket) -> bucket.get(2).longValue()).toList();
    }

    private ExponentialHistogram histogram(double... values) {
        ExponentialHistogram histogram = new ExponentialHistogram(LAYOUT, this.account);
        for (double value : values) {
            histogram.add(value);
        }
        return histogram;
    }

}
