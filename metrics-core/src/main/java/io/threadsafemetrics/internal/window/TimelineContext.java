package io.threadsafemetrics.internal.window;

import io.threadsafemetrics.internal.distribution.BucketLayout;
import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;

/**
 * What the timelines of a metric share. Threads: the metric's lock, but for
 * {@link #oldestStart()}.
 */
public final class TimelineContext {

    /** Retained heap, with the grid's. */
    public static final long OBJECT_BYTES = Heap.object(4 * Heap.REFERENCE + Long.BYTES) + SlotGrid.OBJECT_BYTES;

    final SlotGrid grid;

    final BucketLayout layout;

    final MemoryAccount account;

    private final SlotRelief relief;

    /** Volatile, as others look whether it is worth taking the metric's lock. */
    private volatile long oldestStart = Long.MAX_VALUE;

    /**
     * Creates the context of timelines without slots.
     * @param grid where slots lie
     * @param layout where the buckets of their histograms lie
     * @param account pays for the slots
     * @param relief finds room for slots
     */
    public TimelineContext(SlotGrid grid, BucketLayout layout, MemoryAccount account, SlotRelief relief) {
        this.grid = grid;
        this.layout = layout;
        this.account = account;
        this.relief = relief;
    }

    /**
     * Returns where slots lie.
     * @return the grid
     */
    public SlotGrid grid() {
        return this.grid;
    }

    /**
     * Returns a moment before which no slot starts. May be called by any thread.
     * @return a time, {@link Long#MAX_VALUE} if there is no slot
     */
    public long oldestStart() {
        return this.oldestStart;
    }

    /**
     * Sets when the oldest slot starts, after all were looked at.
     * @param start the time, {@link Long#MAX_VALUE} if there is no slot
     */
    public void oldestStart(long start) {
        this.oldestStart = start;
    }

    void noteSlot(long start) {
        if (start < this.oldestStart) {
            this.oldestStart = start;
        }
        this.relief.noteSlot(start);
    }

    boolean dropOlderThan(long start) {
        return this.relief.dropOlderThan(start);
    }

}
