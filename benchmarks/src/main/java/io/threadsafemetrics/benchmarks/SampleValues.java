package io.threadsafemetrics.benchmarks;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Log-normal values, made before anything is timed: the same for every library.
 */
final class SampleValues {

    static final int LENGTH = 1 << 12;

    private static final double[] VALUES = logNormal();

    private SampleValues() {
    }

    private static double[] logNormal() {
        RandomGenerator random = new SplittableRandom(42);
        double[] values = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = Math.exp(random.nextGaussian());
        }
        return values;
    }

    static double[] copy() {
        return VALUES.clone();
    }

    /**
     * Returns one of the values, which repeat.
     * @param index which one: zero or more
     */
    static double at(long index) {
        return VALUES[(int) index & LENGTH - 1];
    }

}
