package io.threadsafemetrics.internal.distribution;

import java.util.Arrays;

import io.threadsafemetrics.internal.util.Heap;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of counts in the narrowest integers that hold them: unsigned bytes, unsigned
 * shorts, ints or longs. Null stands for an empty one.
 */
final class PackedCounts {

    private static final int BYTE_MASK = 0xFF;

    private static final int SHORT_MASK = 0xFFFF;

    private PackedCounts() {
    }

    /**
     * Packs counts.
     * @param counts counts from 0 to {@link Long#MAX_VALUE}
     */
    static Object pack(long[] counts) {
        long max = 0;
        for (long count : counts) {
            max = Math.max(max, count);
        }
        if (max > Integer.MAX_VALUE) {
            return counts.clone();
        }
        int[] ints = new int[counts.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) counts[i];
        }
        return pack(ints, 0, ints.length);
    }

    /**
     * Packs a range of counts.
     * @param counts counts from 0
     */
    static Object pack(int[] counts, int from, int to) {
        int max = 0;
        for (int i = from; i < to; i++) {
            max |= counts[i];
        }
        if (max <= BYTE_MASK) {
            return toBytes(counts, from, to);
        }
        return (max <= SHORT_MASK) ? toShorts(counts, from, to) : Arrays.copyOfRange(counts, from, to);
    }

    private static byte[] toBytes(int[] counts, int from, int to) {
        byte[] bytes = new byte[to - from];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) counts[from + i];
        }
        return bytes;
    }

    private static short[] toShorts(int[] counts, int from, int to) {
        short[] shorts = new short[to - from];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = (short) counts[from + i];
        }
        return shorts;
    }

    static int length(@Nullable Object packed) {
        if (packed == null) {
            return 0;
        }
        if (packed instanceof byte[] bytes) {
            return bytes.length;
        }
        if (packed instanceof short[] shorts) {
            return shorts.length;
        }
        return (packed instanceof int[] ints) ? ints.length : ((long[]) packed).length;
    }

    static long get(Object packed, int at) {
        if (packed instanceof byte[] bytes) {
            return bytes[at] & BYTE_MASK;
        }
        if (packed instanceof short[] shorts) {
            return shorts[at] & SHORT_MASK;
        }
        return (packed instanceof int[] ints) ? ints[at] : ((long[]) packed)[at];
    }

    /**
     * Adds all counts to those of a range.
     * @param packed counts that are no longs
     * @param target where they are added; no sum exceeds an int
     * @param from position in the target of the first one
     */
    static void addTo(int[] target, int from, Object packed) {
        if (packed instanceof byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                target[from + i] += bytes[i] & BYTE_MASK;
            }
        }
        else if (packed instanceof short[] shorts) {
            for (int i = 0; i < shorts.length; i++) {
                target[from + i] += shorts[i] & SHORT_MASK;
            }
        }
        else {
            addTo(target, from, (int[]) packed, 0, length(packed));
        }
    }

    static void addTo(int[] target, int from, int[] source, int sourceFrom, int length) {
        for (int i = 0; i < length; i++) {
            target[from + i] += source[sourceFrom + i];
        }
    }

    /**
     * Returns the counts with each two buckets made one.
     * @param first index of the first bucket
     */
    static @Nullable Object halved(int first, @Nullable Object packed) {
        if (packed == null) {
            return null;
        }
        int newFirst = BucketLayout.downscaled(first, 1);
        long[] sums = new long[BucketLayout.downscaled(first + length(packed) - 1, 1) - newFirst + 1];
        for (int i = 0; i < length(packed); i++) {
            sums[BucketLayout.downscaled(first + i, 1) - newFirst] += get(packed, i);
        }
        return pack(sums);
    }

    static long heapBytes(@Nullable Object packed) {
        if (packed == null) {
            return 0;
        }
        return Heap.array(length(packed), elementBytes(packed));
    }

    private static int elementBytes(Object packed) {
        if (packed instanceof byte[]) {
            return Byte.BYTES;
        }
        if (packed instanceof short[]) {
            return Short.BYTES;
        }
        return (packed instanceof int[]) ? Integer.BYTES : Long.BYTES;
    }

}
