package io.threadsafemetrics.internal.distribution;

import io.threadsafemetrics.internal.util.Heap;

/**
 * Counts of neighbouring buckets, in the narrowest integers that hold them.
 */
final class BucketCounts {

    static final BucketCounts NONE = new BucketCounts(0, 0, Byte.BYTES);

    /** Empty buckets beyond the outermost one in use, at most, at either end. */
    static final int SPARE = 8;

    private final int first; // index of the bucket at position 0

    private final int length;

    private final Object counts; // byte[], short[], int[] or long[]

    private BucketCounts(int first, int length, int elementBytes) {
        this.first = first;
        this.length = length;
        this.counts = switch (elementBytes) {
            case Byte.BYTES -> new byte[length];
            case Short.BYTES -> new short[length];
            case Integer.BYTES -> new int[length];
            default -> new long[length];
        };
    }

    boolean isEmpty() {
        return this.length == 0;
    }

    int first() {
        return this.first;
    }

    /**
     * Index of the last bucket that there is room for.
     */
    int last() {
        return this.first + this.length - 1;
    }

    /**
     * Index of the first bucket that holds a value, beyond the last one if none does.
     */
    int firstUsed() {
        int index = this.first;
        while (index <= last() && get(index) == 0) {
            index++;
        }
        return index;
    }

    /**
     * Index of the last bucket that holds a value, before the first one if none does.
     */
    int lastUsed() {
        int index = last();
        while (index >= this.first && get(index) == 0) {
            index--;
        }
        return index;
    }

    /**
     * Number of buckets that there would be room for if one more had to be held.
     */
    int lengthWith(int index) {
        return isEmpty() ? 1 : Math.max(index, last()) - Math.min(index, this.first) + 1;
    }

    long get(int index) {
        int at = index - this.first;
        if (this.counts instanceof byte[] bytes) {
            return bytes[at];
        }
        if (this.counts instanceof short[] shorts) {
            return shorts[at];
        }
        return (this.counts instanceof int[] ints) ? ints[at] : ((long[]) this.counts)[at];
    }

    private void set(int index, long count) {
        int at = index - this.first;
        if (this.counts instanceof byte[] bytes) {
            bytes[at] = (byte) count;
        }
        else if (this.counts instanceof short[] shorts) {
            shorts[at] = (short) count;
        }
        else if (this.counts instanceof int[] ints) {
            ints[at] = (int) count;
        }
        else {
            ((long[]) this.counts)[at] = count;
        }
    }

    /**
     * Adds to a bucket.
     * @return this, or a copy where this has no room for the bucket or for so high a
     * count; then this is unchanged
     */
    BucketCounts plus(int index, long count) {
        boolean covered = index >= this.first && index <= last();
        long sum = covered ? get(index) + count : count;
        BucketCounts target = (covered && bytesFor(sum) <= elementBytes()) ? this : copyFor(index, sum);
        target.set(index, sum);
        return target;
    }

    private BucketCounts copyFor(int index, long count) {
        int newFirst = this.first;
        int newLast = last();
        if (isEmpty()) {
            newFirst = index;
            newLast = index;
        }
        else if (index < newFirst) {
            newFirst = index - SPARE;
        }
        else if (index > newLast) {
            newLast = index + SPARE;
        }
        BucketCounts copy = new BucketCounts(newFirst, newLast - newFirst + 1,
                Math.max(elementBytes(), bytesFor(count)));
        for (int i = this.first; i <= last(); i++) {
            copy.set(i, get(i));
        }
        return copy;
    }

    /**
     * Returns the same counts with half the resolution.
     */
    BucketCounts halved() {
        BucketCounts half = NONE;
        for (int i = firstUsed(); i <= lastUsed(); i++) {
            half = half.plus(BucketLayout.downscaled(i, 1), get(i));
        }
        return half;
    }

    private int elementBytes() {
        if (this.counts instanceof byte[]) {
            return Byte.BYTES;
        }
        if (this.counts instanceof short[]) {
            return Short.BYTES;
        }
        return (this.counts instanceof int[]) ? Integer.BYTES : Long.BYTES;
    }

    private static int bytesFor(long count) {
        if (count <= Byte.MAX_VALUE) {
            return Byte.BYTES;
        }
        if (count <= Short.MAX_VALUE) {
            return Short.BYTES;
        }
        return (count <= Integer.MAX_VALUE) ? Integer.BYTES : Long.BYTES;
    }

    long heapBytes() {
        return isEmpty() ? 0
                : Heap.object(2 * Integer.BYTES + Heap.REFERENCE) + Heap.array(this.length, elementBytes());
    }

}
