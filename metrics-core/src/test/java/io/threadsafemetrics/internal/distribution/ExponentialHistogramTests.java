package io.threadsafemetrics.internal.distribution;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;

import io.threadsafemetrics.internal.util.Losses;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The histogram against the sorted values. */
class ExponentialHistogramTests {

    private static final BucketLayout LAYOUT = BucketLayout.forRelativeError(0.01);

    private static final double DEFAULT_ERROR = BucketLayout.relativeErrorOf(LAYOUT.scale());

    private final Random random = new Random(4);

    private final Losses losses = new Losses();

    private final MemoryAccount account = new MemoryAccount(new MemoryBudget(Long.MAX_VALUE), this.losses);

    @Test
    void valueAtRankIsWithinTheError() {
        check(() -> this.random.nextGaussian(), 10_000);
        check(() -> Math.exp(3 * this.random.nextGaussian()), 10_000);
        check(() -> -Math.exp(this.random.nextGaussian()), 10_000);
        check(() -> Math.pow(1 - this.random.nextDouble(), -1 / 1.1), 10_000);
        check(() -> this.random.nextInt(3) - 1, 10_000);
        check(() -> 42, 1);
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
            whole.add(histogram);
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
            outer.add(merged);
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
            outer.add(merged);
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
        narrowFirst.add(histogram(wide));
        check(narrowFirst, both);
        ExponentialHistogram wideFirst = histogram(wide);
        wideFirst.add(histogram(narrow));
        check(wideFirst, both);
        assertThat(wideFirst.relativeError()).isEqualTo(narrowFirst.relativeError());
    }

    @Test
    void mergeWithItsCopyUntilCountsNeedLongsLosesNone() {
        ExponentialHistogram histogram = histogram(1, 1, 1, 100, -7, 0);
        long times = 1;
        while (times < 1L << 40) {
            ExponentialHistogram doubled = histogram();
            doubled.add(histogram);
            doubled.add(histogram);
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

    private void check(DoubleSupplier supplier, int count) {
        double[] values = new double[count];
        Arrays.setAll(values, (i) -> supplier.getAsDouble());
        check(histogram(values), values);
    }

    private static void check(ExponentialHistogram histogram, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double error = histogram.relativeError() * (1 + 1e-12) + 1e-15;
        assertThat(error).isLessThanOrEqualTo(1.0 + 1e-11);
        for (int rank = 0; rank < sorted.length; rank++) {
            assertThat(Math.abs(histogram.valueAtRank(rank) - sorted[rank])).as("rank %s: %s", rank, sorted[rank])
                .isLessThanOrEqualTo(error * Math.abs(sorted[rank]));
        }
        long[] counted = { 0 };
        histogram.forEachBucket((lower, upper, count) -> counted[0] += count);
        assertThat(counted[0]).isEqualTo(values.length);
        assertThat(histogram.countAtMost(Double.MAX_VALUE)).isEqualTo(values.length);
    }

    private ExponentialHistogram histogram(double... values) {
        ExponentialHistogram histogram = new ExponentialHistogram(LAYOUT, this.account);
        for (double value : values) {
            histogram.add(value);
        }
        return histogram;
    }

}
