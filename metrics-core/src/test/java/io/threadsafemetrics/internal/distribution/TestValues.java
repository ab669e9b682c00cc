package io.threadsafemetrics.internal.distribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

import org.openjdk.jol.info.GraphLayout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values as they come in practice and worse, and what tests ask of distributions of them.
 */
enum TestValues {

    NORMAL(Random::nextGaussian),

    LOG_NORMAL((random) -> Math.exp(random.nextGaussian())),

    EXPONENTIAL((random) -> -Math.log(1 - random.nextDouble())),

    UNIFORM((random) -> 3 + random.nextDouble()),

    BIMODAL((random) -> (random.nextInt(10) == 0) ? 100 + random.nextGaussian() : 1 + 0.01 * random.nextGaussian()),

    CONSTANT((random) -> 42),

    ZERO((random) -> 0),

    FEW((random) -> random.nextInt(3) - 1),

    PARETO((random) -> Math.pow(1 - random.nextDouble(), -1 / 1.1)),

    NEGATIVE((random) -> -Math.exp(random.nextGaussian())),

    TWELVE_DECADES((random) -> Math.pow(10, 12 * random.nextDouble() - 9)),

    THIRTY_DECADES((random) -> sign(random) * Math.pow(10, 30 * random.nextDouble() - 15)),

    SUBNORMAL((random) -> sign(random) * Double.MIN_NORMAL * 4 * random.nextDouble()),

    EXTREME((random) -> sign(random) * switch (random.nextInt(4)) {
        case 0 -> Double.MAX_VALUE;
        case 1 -> Double.MIN_NORMAL;
        case 2 -> Double.MIN_VALUE;
        default -> Math.scalb(1 + random.nextDouble(), random.nextInt(2046) - 1022);
    });

    private final ToDoubleFunction<Random> next;

    TestValues(ToDoubleFunction<Random> next) {
        this.next = next;
    }

    private static int sign(Random random) {
        return random.nextBoolean() ? 1 : -1;
    }

    double[] of(Random random, int size) {
        double[] values = new double[size];
        Arrays.setAll(values, (i) -> this.next.applyAsDouble(random));
        return values;
    }

    static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /**
     * Each value in its place within the error, each bucket's count that of its values.
     */
    static void check(Distribution distribution, double[] values) {
        double[] sorted = sorted(values);
        double error = distribution.relativeError() * (1 + 1e-12) + 1e-15;
        assertThat(error).isLessThanOrEqualTo(1.0 + 1e-11);
        for (int rank = 0; rank < sorted.length; rank++) {
            double expected = (Math.abs(sorted[rank]) < Double.MIN_NORMAL && error > 1e-14) ? 0 : sorted[rank];
            assertThat(Math.abs(distribution.valueAtRank(rank) - expected)).as("rank %s: %s", rank, expected)
                .isLessThanOrEqualTo(error * Math.abs(expected));
        }
        long[] below = { 0 };
        distribution.forEachBucket((lower, upper, count) -> {
            for (long rank = below[0]; rank < below[0] + count; rank++) {
                assertInside(sorted[(int) rank], lower, upper);
            }
            below[0] += count;
        });
        assertThat(below[0]).isEqualTo(values.length);
        assertThat(distribution.countAtMost(Double.MAX_VALUE)).isEqualTo(values.length);
    }

    private static void assertInside(double value, double lower, double upper) {
        if (Math.abs(value) < Double.MIN_NORMAL) {
            assertThat(lower).isZero();
            assertThat(upper).isZero();
        }
        else if (value > 0) {
            assertThat(value).isGreaterThan(lower).isLessThanOrEqualTo(upper);
        }
        else {
            assertThat(value).isGreaterThanOrEqualTo(lower).isLessThan(upper);
        }
    }

    static List<List<Number>> buckets(Distribution distribution) {
        List<List<Number>> buckets = new ArrayList<>();
        distribution.forEachBucket((lower, upper, count) -> buckets.add(List.of(lower, upper, count)));
        return buckets;
    }

    static ExponentialHistogram histogram(BucketLayout layout, PackedHistogram... packed) {
        ExponentialHistogram histogram = ExponentialHistogram.unlimited(layout);
        for (PackedHistogram one : packed) {
            histogram.add(one);
        }
        return histogram;
    }

    static ExponentialHistogram histogram(BucketLayout layout, double... values) {
        ExponentialHistogram histogram = ExponentialHistogram.unlimited(layout);
        histogram.addAll(values, 0, values.length);
        return histogram;
    }

    /** What an object holds beside others that it shares. */
    static long retained(Object object, Object... shared) {
        Object[] all = Arrays.copyOf(shared, shared.length + 1);
        all[shared.length] = object;
        return GraphLayout.parseInstance(all).totalSize() - GraphLayout.parseInstance(shared).totalSize();
    }

}
