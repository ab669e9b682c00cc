package io.threadsafemetrics.internal.distribution;

import java.util.Arrays;

/**
 * Counts of neighbouring buckets of one sign, from the first to the last one in use: what
 * the various forms of counts exchange. Immutable.
 */
public final class BucketCounts {

    static final BucketCounts NONE = new BucketCounts(0, new long[0]);

    private final int first; // index of the bucket at position 0

    private final long[] counts;

    private BucketCounts(int first, long[] counts) {
        this.first = first;
        this.counts = counts;
    }

    /**
     * Takes over counts, and leaves out zeros at both ends.
     * @param first index of the bucket at position 0
     */
    static BucketCounts of(int first, long[] counts) {
        int from = 0;
        int to = counts.length;
        while (from < to && counts[from] == 0) {
            from++;
        }
        while (from < to && counts[to - 1] == 0) {
            to--;
        }
        if (to - from == counts.length) {
            return new BucketCounts(first, counts);
        }
        return new BucketCounts(first + from, Arrays.copyOfRange(counts, from, to));
    }

    boolean isEmpty() {
        return this.counts.length == 0;
    }

    /**
     * Returns how many buckets there are.
     * @return 0 or more
     */
    public int size() {
        return this.counts.length;
    }

    /**
     * Returns the index of the first one.
     * @return the index
     */
    public int first() {
        return this.first;
    }

    int last() {
        return this.first + this.counts.length - 1;
    }

    /**
     * Returns a count.
     * @param index index of a bucket that is there
     * @return 0 or more
     */
    public long get(int index) {
        return this.counts[index - this.first];
    }

    /**
     * Adds all counts to those of an array, which has their buckets.
     * @param targetFirst index of the bucket at position 0
     */
    void addTo(int[] target, int targetFirst) {
        int at = this.first - targetFirst;
        for (int i = 0; i < this.counts.length; i++) {
            target[at + i] += (int) this.counts[i];
        }
    }

    /**
     * Returns the same counts with half the resolution.
     * @return a copy
     */
    public BucketCounts halved() {
        int newFirst = BucketLayout.downscaled(this.first, 1);
        long[] sums = new long[BucketLayout.downscaled(last(), 1) - newFirst + 1];
        for (int i = this.first; i <= last(); i++) {
            sums[BucketLayout.downscaled(i, 1) - newFirst] += get(i);
        }
        return of(newFirst, sums);
    }

    /**
     * Returns a number that needs as many bits as the largest count.
     */
    long bits() {
        long bits = 0;
        for (long count : this.counts) {
            bits |= count;
        }
        return bits;
    }

}
