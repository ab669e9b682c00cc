package io.threadsafemetrics.internal.window;

import java.util.Arrays;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import org.jspecify.annotations.Nullable;

/**
 * Values on their way from the writers to the parts that keep them, by ascending time.
 * Threads: whoever holds the {@link Cell} that it belongs to; after it was taken from the
 * cell, the metric's lock.
 */
public final class StagedValues {

    final long[] times;

    final double[] values;

    final int[] owners;

    private @Nullable Attachment @Nullable [] attachments;

    private int size;

    private int next;

    StagedValues(int capacity) {
        this.times = new long[capacity];
        this.values = new double[capacity];
        this.owners = new int[capacity];
    }

    /**
     * Retained heap without attachments.
     */
    static long heapBytes(int capacity) {
        return Heap.object(4 * Heap.REFERENCE + 2 * Integer.BYTES) + Heap.array(capacity, Long.BYTES)
                + Heap.array(capacity, Double.BYTES) + Heap.array(capacity, Integer.BYTES);
    }

    /**
     * Keeps something beside a value, where the account has room for it.
     */
    void attach(int at, Attachment attachment, MemoryAccount account) {
        @Nullable Attachment[] kept = this.attachments;
        long bytes = attachment.heapBytes() + ((kept == null) ? Heap.references(capacity()) : 0);
        if (!account.tryReserve(bytes, Use.METADATA)) {
            account.losses().metadata.increment();
            return;
        }
        if (kept == null) {
            kept = new Attachment[capacity()];
            this.attachments = kept;
        }
        kept[at] = attachment;
    }

    /**
     * Returns a larger copy of a full one.
     */
    StagedValues grown(int capacity, MemoryAccount account) {
        StagedValues grown = new StagedValues(capacity);
        System.arraycopy(this.times, 0, grown.times, 0, capacity());
        System.arraycopy(this.values, 0, grown.values, 0, capacity());
        System.arraycopy(this.owners, 0, grown.owners, 0, capacity());
        if (this.attachments != null) {
            account.reserve(Heap.references(capacity) - Heap.references(capacity()));
            grown.attachments = Arrays.copyOf(this.attachments, capacity);
        }
        return grown;
    }

    /**
     * Tells how many values were written to the arrays.
     */
    void fillTo(int filled) {
        this.size = filled;
        this.next = 0;
    }

    /**
     * Forgets the values. What is beside them must have found another place.
     * @param account gets the bytes of the references back
     */
    public void clear(MemoryAccount account) {
        this.size = 0;
        if (this.attachments != null) {
            account.release(Heap.references(capacity()));
            this.attachments = null;
        }
    }

    int capacity() {
        return this.times.length;
    }

    /**
     * Returns the number of values.
     * @return 0 or more
     */
    public int size() {
        return this.size;
    }

    /**
     * Returns when a value was recorded.
     * @param at its position
     * @return the time
     */
    public long time(int at) {
        return this.times[at];
    }

    /**
     * Returns whose a value is.
     * @param at its position
     * @return the number of the series
     */
    public int owner(int at) {
        return this.owners[at];
    }

    /**
     * Returns the values.
     * @return the array itself, to be read only up to {@link #size()}
     */
    public double[] values() {
        return this.values;
    }

    boolean hasAttachments() {
        return this.attachments != null;
    }

    void giveUpAttachments(int to, MemoryAccount account) {
        for (int i = 0; hasAttachments() && i < to; i++) {
            Attachment attachment = attachment(i);
            account.release((attachment != null) ? attachment.heapBytes() : 0);
        }
    }

    @Nullable Attachment attachment(int at) {
        @Nullable Attachment[] kept = this.attachments;
        return (kept != null) ? kept[at] : null;
    }

    /**
     * Whether not all values were {@linkplain #skipTo skipped}.
     * @return true if there are some left
     */
    public boolean hasNext() {
        return this.next < this.size;
    }

    /**
     * Returns the position of the first value not skipped.
     * @return a position up to {@link #size()}
     */
    public int next() {
        return this.next;
    }

    /**
     * Returns when the first value not skipped was recorded.
     * @return the time
     */
    public long nextTime() {
        return this.times[this.next];
    }

    /**
     * Skips all values recorded before a time.
     * @param time the time
     * @return the position of the first value not skipped
     */
    public int skipTo(long time) {
        if (hasNext() && this.times[this.size - 1] < time) {
            this.next = this.size; // nearly always: the batch ends before the next second
        }
        while (hasNext() && nextTime() < time) {
            this.next++;
        }
        return this.next;
    }

    /**
     * Returns the batch whose next value is the oldest.
     * @param batches the batches
     * @return the batch, the first of several; null where no batch has a next value
     */
    public static @Nullable StagedValues withOldest(StagedValues[] batches) {
        StagedValues oldest = null;
        for (StagedValues batch : batches) {
            if (batch.hasNext() && (oldest == null || batch.nextTime() < oldest.nextTime())) {
                oldest = batch;
            }
        }
        return oldest;
    }

    /**
     * Returns the end of the stretch of values with one owner.
     * @param from where it starts
     * @param to where to stop to look
     * @return a position above {@code from}
     */
    public int endOfOwner(int from, int to) {
        return endOfEqual(this.owners, from, to);
    }

    /** Compares the array with itself, one further: the JVM does that many at a time. */
    static int endOfEqual(int[] owners, int from, int to) {
        if (from + 1 == to || owners[from] != owners[from + 1]) {
            return from + 1; // often so where there are many, and much quicker
        }
        int change = Arrays.mismatch(owners, from, to - 1, owners, from + 1, to);
        return (change < 0) ? to : from + 1 + change;
    }

}
