package io.threadsafemetrics.internal.distribution;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Buckets against bounds computed with 60 digits. */
class BucketLayoutTests {

    private static final MathContext DIGITS = new MathContext(60);

    private static final int[] EXPONENTS = { -1022, -1021, -1, 0, 1, 52, 1022, 1023 };

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })
    void indexAroundEveryBoundIncludesTheUpperOne(int scale) {
        BucketLayout layout = layout(scale);
        double[] bounds = bounds(scale);
        for (int exponent : EXPONENTS) {
            for (int k = 0; k < bounds.length; k++) {
                double bound = Math.scalb(bounds[k], exponent);
                int index = (exponent << scale) + k;
                assertThat(layout.index(bound)).as("%s at scale %s", bound, scale).isEqualTo(index);
                assertThat(layout.index(Math.nextUp(bound))).as("above %s at scale %s", bound, scale)
                    .isEqualTo(index + 1);
                if (bound > Double.MIN_NORMAL) {
                    assertThat(layout.index(Math.nextDown(bound))).as("below %s at scale %s", bound, scale)
                        .isEqualTo(index);
                }
                assertThat(layout.upper(index, scale)).isEqualTo(bound);
            }
        }
        assertThat(layout.index(Double.MAX_VALUE)).isEqualTo(1024 << scale);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 3, 6, 9 })
    void indexOfAnyValueHoldsItBetweenTheBounds(int scale) {
        BucketLayout layout = layout(scale);
        Random random = new Random(scale);
        for (int i = 0; i < 100_000; i++) {
            double value = Math.scalb(1 + random.nextDouble(), random.nextInt(2046) - 1022);
            int index = layout.index(value);
            assertThat(value).isGreaterThan(layout.lower(index, scale)).isLessThanOrEqualTo(layout.upper(index, scale));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })
    void boundsHaveACellOfTheLeadingBitsEach(int scale) {
        long[] cells = Arrays.stream(bounds(scale))
            .mapToLong((bound) -> (Double.doubleToRawLongBits(bound) & ((1L << 52) - 1)) >>> (51 - scale))
            .toArray();
        assertThat(cells).hasSize(1 << scale).doesNotHaveDuplicates();
    }

    @Test
    void downscaledIndexHoldsTheSameValues() {
        Random random = new Random(1);
        for (int scale = 1; scale <= 9; scale++) {
            BucketLayout fine = layout(scale);
            BucketLayout coarse = layout(0);
            for (int i = 0; i < 10_000; i++) {
                double value = Math.scalb(1 + random.nextDouble(), random.nextInt(2046) - 1022);
                assertThat(BucketLayout.downscaled(fine.index(value), scale)).isEqualTo(coarse.index(value));
            }
        }
    }

    @Test
    void downscaledIndexRoundsUp() {
        assertThat(BucketLayout.downscaled(-3, 1)).isEqualTo(-1);
        assertThat(BucketLayout.downscaled(-2, 1)).isEqualTo(-1);
        assertThat(BucketLayout.downscaled(-1, 1)).isZero();
        assertThat(BucketLayout.downscaled(0, 1)).isZero();
        assertThat(BucketLayout.downscaled(1, 1)).isEqualTo(1);
        assertThat(BucketLayout.downscaled(2, 1)).isEqualTo(1);
        assertThat(BucketLayout.downscaled(3, 1)).isEqualTo(2);
    }

    @Test
    void middleIsWithinTheErrorOfEveryValueAtEveryScale() {
        BucketLayout layout = layout(9);
        Random random = new Random(2);
        for (int scale = 9; scale >= ExponentialHistogram.MIN_SCALE; scale--) {
            double error = BucketLayout.relativeErrorOf(scale);
            assertThat(error).isBetween(0.0, 1.0);
            for (int i = 0; i < 20_000; i++) {
                double value = (i == 0) ? Double.MIN_NORMAL : (i == 1) ? Double.MAX_VALUE
                        : Math.scalb(1 + random.nextDouble(), random.nextInt(2046) - 1022);
                double middle = layout.middle(BucketLayout.downscaled(layout.index(value), 9 - scale), scale);
                assertThat(Math.abs(middle - value) / value).as("%s at scale %s", value, scale)
                    .isLessThanOrEqualTo(error * (1 + 1e-12) + 1e-15);
            }
        }
    }

    @Test
    void forRelativeErrorTakesTheCoarsestScaleThatKeepsIt() {
        assertThat(BucketLayout.forRelativeError(0.01).scale()).isEqualTo(6);
        assertThat(BucketLayout.forRelativeError(0.1).scale()).isEqualTo(2);
        assertThat(BucketLayout.forRelativeError(0.001).scale()).isEqualTo(9);
        assertThat(BucketLayout.relativeErrorOf(6)).isLessThan(0.0055);
        assertThat(BucketLayout.relativeErrorOf(9)).isLessThan(0.001);
    }

    static BucketLayout layout(int scale) {
        BucketLayout layout = BucketLayout.forRelativeError(BucketLayout.relativeErrorOf(scale));
        assertThat(layout.scale()).isEqualTo(scale);
        return layout;
    }

    /** Returns the doubles nearest to {@code 2^(k/2^scale)}. */
    private static double[] bounds(int scale) {
        BigDecimal ratio = BigDecimal.valueOf(2);
        for (int i = 0; i < scale; i++) {
            ratio = ratio.sqrt(DIGITS);
        }
        double[] bounds = new double[1 << scale];
        BigDecimal bound = BigDecimal.ONE;
        for (int k = 0; k < bounds.length; k++) {
            bounds[k] = bound.doubleValue();
            bound = bound.multiply(ratio, DIGITS);
        }
        return bounds;
    }

}
