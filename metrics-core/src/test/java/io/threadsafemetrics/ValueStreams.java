package io.threadsafemetrics;

import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * Endless values of many shapes.
 */
enum ValueStreams {

    NORMAL, LOG_NORMAL, EXPONENTIAL, UNIFORM, BIMODAL, CONSTANT, PARETO, NEGATIVE, MIXED_SIGN, ZEROS, TWELVE_DECADES,
    EXTREMES;

    private static final double[] EXTREME_VALUES = { Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE,
            -Double.MIN_VALUE, Double.MIN_NORMAL, -Double.MIN_NORMAL, Math.nextDown(Double.MIN_NORMAL), 0.0, -0.0, 1.0,
            1e300, 1e-300, -1e308 };

    DoubleSupplier from(Random random) {
        double scale = Math.pow(10, random.nextInt(9) - 4);
        double constant = scale * random.nextDouble();
        return switch (this) {
            case NORMAL -> () -> scale * (10 + random.nextGaussian());
            case LOG_NORMAL -> () -> scale * Math.exp(1.5 * random.nextGaussian());
            case EXPONENTIAL -> () -> -scale * Math.log(1 - random.nextDouble());
            case UNIFORM -> () -> scale * random.nextDouble();
            case BIMODAL -> () -> scale
                    * (random.nextBoolean() ? 1 + 0.1 * random.nextGaussian() : 1000 + 10 * random.nextGaussian());
            case CONSTANT -> () -> constant;
            case PARETO -> () -> scale * Math.pow(1 - random.nextDouble(), -1 / 1.1);
            case NEGATIVE -> () -> -scale * Math.exp(random.nextGaussian());
            case MIXED_SIGN -> () -> scale * random.nextGaussian();
            case ZEROS -> () -> (random.nextInt(4) > 0) ? 0.0 : scale * (random.nextInt(3) - 1);
            case TWELVE_DECADES -> () -> Math.pow(10, 12 * random.nextDouble() - 6);
            case EXTREMES -> () -> EXTREME_VALUES[random.nextInt(EXTREME_VALUES.length)];
        };
    }

}
