package io.threadsafemetrics.internal.distribution;

import io.threadsafemetrics.internal.util.Heap;

/**
 * From the smallest to the largest bucket that was seen.
 */
final class BucketRange {

    private int min = Integer.MAX_VALUE;

    private int max = Integer.MIN_VALUE;

    void add(int index) {
        this.min = Math.min(this.min, index);
        this.max = Math.max(this.max, index);
    }

    /**
     * What all of the buckets take if a byte counts each, at whatever scale a histogram
     * of the layout would give them.
     */
    long leastBytes(BucketLayout layout) {
        if (this.min > this.max) {
            return 0;
        }
        // one with more buckets than it may have halves them
        int length = Math.min(this.max - this.min + 1, ExponentialHistogram.maxLength(layout) / 2);
        return Heap.array(length, Byte.BYTES);
    }

}
