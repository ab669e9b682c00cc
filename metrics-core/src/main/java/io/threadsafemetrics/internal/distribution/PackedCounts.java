package io.threadsafemetrics.internal.distribution;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How {@link BucketCounts} are packed in a byte array: 1, 2 or 4 bytes each, unsigned, or
 * 8.
 * <p>
 * The array has a multiple of eight bytes, and the first bucket is such that each bucket
 * has the same place in its eight bytes in all arrays of one width. So {@link LaneSums}
 * can add arrays eight bytes at a time. The empty buckets that this takes at the ends
 * cost at most 8 bytes, since the heap rounds to 8 anyway.
 */
final class PackedCounts {

    /** Reads and writes eight bytes of an array at a position in bytes. */
    static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PackedCounts() {
    }

    /**
     * Returns how many bytes each count takes.
     */
    static int width(BucketCounts counts) {
        long bits = counts.bits();
        if (bits <= 0xFF) {
            return Byte.BYTES;
        }
        if (bits <= 0xFFFF) {
            return Short.BYTES;
        }
        return (bits <= 0xFFFF_FFFFL) ? Integer.BYTES : Long.BYTES;
    }

    /**
     * Returns the index of the first bucket of an array that must hold some bucket.
     */
    static int first(int index, int width) {
        return index & -(Long.BYTES / width);
    }

    static byte[] pack(BucketCounts counts, int width) {
        int first = first(counts.first(), width);
        int bytes = (counts.last() - first + 1) * width;
        byte[] packed = new byte[(bytes + Long.BYTES - 1) & -Long.BYTES];
        for (int i = counts.first(); i <= counts.last(); i++) {
            set(packed, width, i - first, counts.get(i));
        }
        return packed;
    }

    private static void set(byte[] packed, int width, int at, long count) {
        if (width == Byte.BYTES) {
            packed[at] = (byte) count;
        }
        else {
            int word = at * width & -Long.BYTES;
            EIGHT.set(packed, word, (long) EIGHT.get(packed, word) | count << shift(at * width));
        }
    }

    static BucketCounts unpack(byte[] packed, int width, int first) {
        long mask = -1L >>> (Long.SIZE - Byte.SIZE * width);
        long[] counts = new long[packed.length / width];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = get(packed, width, i) & mask;
        }
        return BucketCounts.of(first, counts);
    }

    private static long get(byte[] packed, int width, int at) {
        if (width == Byte.BYTES) {
            return packed[at];
        }
        return (long) EIGHT.get(packed, at * width & -Long.BYTES) >>> shift(at * width);
    }

    private static int shift(int at) {
        return Byte.SIZE * (at & (Long.BYTES - 1));
    }

}
