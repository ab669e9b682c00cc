package io.threadsafemetrics.internal.distribution;

import java.util.Arrays;

/**
 * Adds up many arrays of packed counts of one width, eight bytes at a time: about four
 * times as fast as count by count.
 * <p>
 * The counts of eight bytes are added in two longs, every other count in each, so that
 * above each count there is a gap as wide as the count that takes the carries. Threads:
 * one.
 */
final class LaneSums {

    private static final int SLACK = 8; // longs

    private final int width;

    private final int bits; // of a count

    private final long mask; // of every other count

    private int first; // index of the bucket in the lowest lane of even[0]

    private long[] even = {};

    private long[] odd = {};

    private int added;

    /**
     * Creates sums of 0.
     * @param width bytes of a count: 1, 2 or 4
     */
    LaneSums(int width) {
        this.width = width;
        this.bits = Byte.SIZE * width;
        this.mask = switch (width) {
            case Byte.BYTES -> 0x00FF_00FF_00FF_00FFL;
            case Short.BYTES -> 0x0000_FFFF_0000_FFFFL;
            default -> 0xFFFF_FFFFL;
        };
    }

    /**
     * Whether another array might overflow a lane.
     */
    boolean isFull() {
        return this.added == 1L << this.bits; // never where a count has four bytes
    }

    /**
     * Adds counts.
     * @param index of the first one
     */
    void add(byte[] counts, int index) {
        int length = counts.length / Long.BYTES;
        int at = room(index, length);
        long[] evenSums = this.even;
        long[] oddSums = this.odd;
        for (int i = 0; i < length; i++) {
            long eight = (long) PackedCounts.EIGHT.get(counts, i << 3);
            evenSums[at + i] += eight & this.mask;
            oddSums[at + i] += (eight >>> this.bits) & this.mask;
        }
        this.added++;
    }

    /**
     * Makes room for longs and returns the position of the first one.
     */
    private int room(int index, int length) {
        int perLong = Long.BYTES / this.width;
        if (this.even.length == 0) {
            this.first = index;
        }
        int at = (index - this.first) / perLong;
        if (at < 0 || at + length > this.even.length) {
            int before = (at < 0) ? SLACK - at : 0;
            int newLength = before + Math.max(this.even.length, at + length + SLACK);
            this.even = moved(this.even, before, newLength);
            this.odd = moved(this.odd, before, newLength);
            this.first -= before * perLong;
            at += before;
        }
        return at;
    }

    private static long[] moved(long[] sums, int by, int length) {
        long[] moved = new long[length];
        System.arraycopy(sums, 0, moved, by, sums.length);
        return moved;
    }

    /**
     * Forgets all sums.
     */
    void clear() {
        Arrays.fill(this.even, 0);
        Arrays.fill(this.odd, 0);
        this.added = 0;
    }

    /**
     * Returns the sums.
     */
    BucketCounts counts() {
        int perLong = Long.BYTES / this.width;
        long laneMask = -1L >>> (Long.SIZE - 2 * this.bits);
        long[] counts = new long[this.even.length * perLong];
        for (int i = 0; i < this.even.length; i++) {
            for (int lane = 0; lane < perLong; lane += 2) {
                counts[i * perLong + lane] = this.even[i] >>> (lane * this.bits) & laneMask;
                counts[i * perLong + lane + 1] = this.odd[i] >>> (lane * this.bits) & laneMask;
            }
        }
        return BucketCounts.of(this.first, counts);
    }

}
