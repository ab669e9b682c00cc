package io.threadsafemetrics.internal.distribution;

/**
 * Collects many packed histograms of one scale before they go to a histogram. Threads:
 * one.
 */
final class PackedSums {

    private final ExponentialHistogram target;

    private final int scale;

    private final LaneSums[] negative = sums(); // by the logarithm of their width

    private final LaneSums[] positive = sums();

    PackedSums(ExponentialHistogram target, int scale) {
        this.target = target;
        this.scale = scale;
    }

    private static LaneSums[] sums() {
        return new LaneSums[] { new LaneSums(Byte.BYTES), new LaneSums(Short.BYTES), new LaneSums(Integer.BYTES) };
    }

    /**
     * Adds packed counts of some scale and width.
     */
    void add(boolean sign, byte[] packed, int width, int index, int atScale) {
        if (atScale != this.scale || width == Long.BYTES) {
            this.target.addBuckets(sign, PackedCounts.unpack(packed, width, index), atScale);
        }
        else {
            LaneSums sums = (sign ? this.positive : this.negative)[Integer.numberOfTrailingZeros(width)];
            sums.add(packed, index);
            if (sums.isFull()) {
                flush(sign, sums);
            }
        }
    }

    /**
     * Adds what has been collected to the histogram.
     */
    void flush() {
        for (int i = 0; i < this.positive.length; i++) {
            flush(false, this.negative[i]);
            flush(true, this.positive[i]);
        }
    }

    private void flush(boolean sign, LaneSums sums) {
        this.target.addBuckets(sign, sums.counts(), this.scale);
        sums.clear();
    }

}
