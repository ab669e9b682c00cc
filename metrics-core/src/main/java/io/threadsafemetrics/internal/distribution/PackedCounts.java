package io.threadsafemetrics.internal.distribution;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Counts of neighbouring buckets in the bytes of an array: 1, 2 or 4 bytes each,
 * unsigned, or 8.
 * <p>
 * The array has a multiple of eight bytes, and the index of its first bucket is such that
 * a bucket is in the same place of its eight bytes in all arrays of one width. So
 * {@link LaneSums} can add arrays eight bytes at a time. The empty buckets that this
 * takes at the ends cost at most 8 bytes, since the heap rounds to 8 anyway.
 */
final class PackedCounts {

    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte[] NONE = {};

    private PackedCounts() {
    }

    /**
     * Bytes that each of some counts needs.
     */
    static int width(long[] counts) {
        long any = 0;
        for (long count : counts) {
            any |= count;
        }
        if (any <= 0xFF) {
            return Byte.BYTES;
        }
        if (any <= 0xFFFF) {
            return Short.BYTES;
        }
        return (any <= 0xFFFF_FFFFL) ? Integer.BYTES : Long.BYTES;
    }

    /**
     * Index of the first bucket of an array that has a bucket.
     */
    static int firstOf(int index, int width) {
        return index & -(Long.BYTES / width);
    }

    /**
     * Packs counts, of which the first is of a bucket.
     */
    static byte[] pack(long[] counts, int index, int width) {
        if (counts.length == 0) {
            return NONE;
        }
        int spare = index - firstOf(index, width);
        int perLong = Long.BYTES / width;
        byte[] packed = new byte[(spare + counts.length + perLong - 1) / perLong * Long.BYTES];
        for (int i = 0; i < counts.length; i++) {
            int at = spare + i;
            int shift = at % perLong * width * Byte.SIZE;
            int word = at / perLong * Long.BYTES;
            LONGS.set(packed, word, (long) LONGS.get(packed, word) | counts[i] << shift);
        }
        return packed;
    }

    static long[] unpack(byte[] packed, int width) {
        int perLong = Long.BYTES / width;
        long mask = -1L >>> (Long.SIZE - Byte.SIZE * width);
        long[] counts = new long[packed.length / width];
        for (int i = 0; i < counts.length; i++) {
            int shift = i % perLong * width * Byte.SIZE;
            counts[i] = (long) LONGS.get(packed, i / perLong * Long.BYTES) >>> shift & mask;
        }
        return counts;
    }

    /**
     * Returns counts with each two buckets made one.
     * @param index of the first one; that of the first one of the result is
     * {@code downscaled(index, 1)}
     */
    static long[] halved(long[] counts, int index) {
        int first = BucketLayout.downscaled(index, 1);
        long[] sums = new long[BucketLayout.downscaled(index + counts.length - 1, 1) - first + 1];
        for (int i = 0; i < counts.length; i++) {
            sums[BucketLayout.downscaled(index + i, 1) - first] += counts[i];
        }
        return sums;
    }

}
