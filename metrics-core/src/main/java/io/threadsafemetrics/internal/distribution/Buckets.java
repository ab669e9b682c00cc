package io.threadsafemetrics.internal.distribution;

import java.util.Arrays;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import org.jspecify.annotations.Nullable;

/**
 * Counts of neighbouring buckets of one sign, in ints, or in longs once they have been
 * widened. Threads: the caller's lock.
 */
final class Buckets {

    /** Retained heap without the counts. */
    static final long OBJECT_BYTES = Heap.object(Integer.BYTES + 2 * Heap.REFERENCE);

    /** How many buckets there may be whatever the account has. */
    static final int FLOOR = 8;

    static final int[] NO_INTS = {};

    static final long[] NO_LONGS = {};

    private int first; // index of the bucket at position 0

    private int[] ints = NO_INTS; // empty once widened

    private long @Nullable [] longs;

    /**
     * Returns the counts themselves, to be added to as {@link #add} does, empty once they
     * have been widened.
     */
    int[] ints() {
        return this.ints;
    }

    /**
     * Adds to a bucket that is there. The sum of all counts does not exceed an int unless
     * they have been widened.
     */
    void add(int index, long count) {
        if (this.longs != null) {
            this.longs[index - this.first] += count;
        }
        else {
            this.ints[index - this.first] += (int) count;
        }
    }

    /**
     * Adds counts to buckets that are there.
     * @param by how many scales finer the counts are
     */
    void add(BucketCounts counts, int by) {
        if (by == 0 && this.longs == null) {
            counts.addTo(this.ints, this.first);
            return;
        }
        for (int i = counts.first(); i <= counts.last(); i++) {
            add(BucketLayout.downscaled(i, by), counts.get(i));
        }
    }

    /**
     * Makes sure that buckets are there, by moving those in use inside the array or by a
     * larger one.
     * @param maxLength how many may be there
     * @param account pays for a larger array, null where nobody need pay
     * @return false if there would be too many, or if a larger array cannot be paid for
     */
    boolean tryCover(int from, int to, int maxLength, @Nullable MemoryAccount account) {
        if (from >= this.first && to <= last()) {
            return true;
        }
        int usedFrom = firstUsed();
        int usedTo = lastUsed();
        boolean used = usedFrom <= usedTo;
        int newFrom = used ? Math.min(from, usedFrom) : from;
        int newTo = used ? Math.max(to, usedTo) : to;
        int length = newTo - newFrom + 1;
        if (length > maxLength) {
            return false;
        }
        if (length <= capacity()) {
            move(newFrom - (capacity() - length) / 2);
            return true;
        }
        return tryGrow(newFrom, length, Math.min(maxLength, length + length / 2), account)
                || tryGrow(newFrom, length, length, account);
    }

    private void move(int newFirst) {
        int usedFrom = firstUsed();
        int usedTo = lastUsed();
        if (usedFrom <= usedTo) {
            int length = usedTo - usedFrom + 1;
            int newAt = usedFrom - newFirst;
            Object counts = (this.longs != null) ? this.longs : this.ints;
            System.arraycopy(counts, usedFrom - this.first, counts, newAt, length);
            clear(0, newAt);
            clear(newAt + length, capacity());
        }
        this.first = newFirst;
    }

    private boolean tryGrow(int from, int length, int newLength, @Nullable MemoryAccount account) {
        int roomy = Math.max(FLOOR, newLength);
        if (!tryPay(roomy, elementBytes(), account)) {
            return false;
        }
        resize(from - (roomy - length) / 2, roomy, this.longs != null);
        return true;
    }

    private void resize(int newFirst, int length, boolean toLongs) {
        int usedFrom = firstUsed();
        int usedTo = lastUsed();
        Buckets resized = new Buckets();
        resized.first = newFirst;
        if (toLongs) {
            resized.longs = new long[length];
        }
        else {
            resized.ints = new int[length];
        }
        for (int i = usedFrom; i <= usedTo; i++) {
            resized.add(i, get(i));
        }
        this.first = newFirst;
        this.ints = resized.ints;
        this.longs = resized.longs;
    }

    private boolean tryPay(int length, int newElementBytes, @Nullable MemoryAccount account) {
        if (account == null) {
            return true;
        }
        long bytes = Heap.array(length, newElementBytes) - heapBytes();
        if (length > FLOOR) {
            return account.tryReserve(bytes, Use.HISTOGRAMS);
        }
        account.reserve(bytes); // may be negative
        return true;
    }

    /**
     * Makes the counts longs.
     * @return false if they cannot be paid for
     */
    boolean tryWiden(@Nullable MemoryAccount account) {
        if (this.longs != null) {
            return true;
        }
        if (capacity() == 0) {
            this.longs = NO_LONGS;
            return true;
        }
        int length = Math.max(FLOOR, lastUsed() - firstUsed() + 1);
        if (!tryPay(length, Long.BYTES, account)) {
            return false;
        }
        resize(Math.min(firstUsed(), last()), length, true);
        return true;
    }

    /**
     * Makes each two buckets one.
     */
    void halve() {
        int from = firstUsed();
        int to = lastUsed();
        int oldFirst = this.first;
        int newFirst = BucketLayout.downscaled(oldFirst, 1);
        for (int i = from; i <= to; i++) {
            long count = get(i);
            add(i, -count);
            // to the left of i, or to i itself
            add(BucketLayout.downscaled(i, 1) - newFirst + oldFirst, count);
        }
        this.first = newFirst;
    }

    /**
     * Forgets all values and keeps the array, unless it has been widened.
     */
    void clear(@Nullable MemoryAccount account) {
        if (this.longs != null) {
            release(account);
        }
        Arrays.fill(this.ints, 0);
    }

    private void clear(int from, int to) {
        if (this.longs != null) {
            Arrays.fill(this.longs, from, to, 0);
        }
        else {
            Arrays.fill(this.ints, from, to, 0);
        }
    }

    /**
     * Forgets all values and gives the array back.
     */
    void release(@Nullable MemoryAccount account) {
        if (account != null) {
            account.release(heapBytes());
        }
        this.ints = NO_INTS;
        this.longs = null;
    }

    /**
     * Returns the counts of the buckets in use.
     */
    BucketCounts counts() {
        int from = firstUsed();
        long[] counts = new long[Math.max(0, lastUsed() - from + 1)];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = get(from + i);
        }
        return BucketCounts.of(from, counts);
    }

    int first() {
        return this.first;
    }

    /**
     * Index of the last bucket that there is room for.
     */
    int last() {
        return this.first + capacity() - 1;
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

    long get(int index) {
        int at = index - this.first;
        return (this.longs != null) ? this.longs[at] : this.ints[at];
    }

    private int capacity() {
        return (this.longs != null) ? this.longs.length : this.ints.length;
    }

    private int elementBytes() {
        return (this.longs != null) ? Long.BYTES : Integer.BYTES;
    }

    /**
     * Retained heap of the counts.
     */
    long heapBytes() {
        return (capacity() == 0) ? 0 : Heap.array(capacity(), elementBytes());
    }

}
