package io.threadsafemetrics.internal.distribution;

/**
 * Maps positive doubles to buckets whose bounds grow by a constant ratio.
 * <p>
 * Bucket {@code i} of scale {@code s} holds the values in
 * {@code (2^((i-1)/2^s), 2^(i/2^s)]}, the scheme of Prometheus native histograms (which
 * call the scale "schema") and, one index lower, of OpenTelemetry's exponential
 * histograms. The index comes from the exponent and mantissa bits, without a logarithm.
 * Two buckets of a scale make one of the next lower scale. Immutable.
 */
public final class BucketLayout {

    private static final long MANTISSA_MASK = (1L << 52) - 1;

    private final int scale;

    /**
     * Mantissa bits of {@code 2^(k/2^scale)} for each k from 0, then those of the largest
     * double, which no mantissa exceeds.
     */
    private final long[] bounds;

    /**
     * For each cell, which is a value of the leading {@code scale + 1} mantissa bits: how
     * many bounds lie below all mantissas that begin so. Bounds are at least
     * {@code ln(2) / 2^scale} apart and a cell is {@code 0.5 / 2^scale} wide, so it holds
     * one bound at most.
     */
    private final short[] boundsBelow;

    private BucketLayout(int scale) {
        this.scale = scale;
        int parts = 1 << scale;
        this.bounds = new long[parts + 1];
        this.bounds[parts] = MANTISSA_MASK;
        for (int k = 0; k < parts; k++) {
            this.bounds[k] = Double.doubleToRawLongBits(Math.pow(2, (double) k / parts)) & MANTISSA_MASK;
        }
        this.boundsBelow = new short[2 * parts];
        for (int cell = 0; cell < 2 * parts; cell++) {
            long lowest = (long) cell << (51 - scale);
            short below = 0;
            while (this.bounds[below] < lowest) {
                below++;
            }
            this.boundsBelow[cell] = below;
        }
    }

    /**
     * Returns the coarsest layout that keeps a relative error.
     * @param relativeError bound of the error, from 0.001 to 0.1
     * @return the layout
     */
    public static BucketLayout forRelativeError(double relativeError) {
        int scale = 0;
        while (relativeErrorOf(scale) > relativeError) {
            scale++;
        }
        return new BucketLayout(scale);
    }

    /**
     * Bound of the relative error of {@link #middle} at a scale.
     */
    static double relativeErrorOf(int scale) {
        double logOfRatio = Math.log(2) * Math.pow(2, -scale);
        // (ratio - 1) / (ratio + 1), whose ratio may be beyond a double
        return Math.tanh(logOfRatio / 2);
    }

    int scale() {
        return this.scale;
    }

    /**
     * Returns the bucket of a value at the layout's own scale.
     * @param value a positive normal double
     */
    int index(double value) {
        return index(Double.doubleToRawLongBits(value));
    }

    int index(long bits) {
        long mantissa = bits & MANTISSA_MASK;
        int below = this.boundsBelow[(int) (mantissa >>> (51 - this.scale))];
        // 1 if that bound is below, too: the sign of a difference needs no branch
        int inCell = (int) ((this.bounds[below] - mantissa) >>> 63);
        int exponent = (int) (bits >>> 52) - 1023;
        return (exponent << this.scale) + below + inCell;
    }

    /**
     * Returns the bucket that holds a bucket after the scale went down.
     */
    static int downscaled(int index, int by) {
        // rounds up: a bucket includes its upper bound
        return -(-index >> by);
    }

    /**
     * Returns the upper bound of a bucket at this layout's scale or a lower one.
     */
    double upper(int index, int atScale) {
        long own = (long) index << (this.scale - atScale);
        int exponent = (int) (own >> this.scale);
        if (exponent > Double.MAX_EXPONENT) {
            return Double.MAX_VALUE;
        }
        if (exponent < Double.MIN_EXPONENT) {
            return 0;
        }
        long mantissa = this.bounds[(int) (own & ((1 << this.scale) - 1))];
        return Double.longBitsToDouble(((long) (exponent + 1023) << 52) | mantissa);
    }

    double lower(int index, int atScale) {
        return upper(index - 1, atScale);
    }

    /**
     * Returns the point of a bucket whose relative distance to every value in it is at
     * most {@link #relativeErrorOf}.
     */
    double middle(int index, int atScale) {
        double lower = Math.max(lower(index, atScale), Double.MIN_NORMAL);
        double upper = upper(index, atScale);
        return lower * (2 / (1 + lower / upper));
    }

}
