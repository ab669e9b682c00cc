package io.threadsafemetrics.internal.window;

import java.util.ArrayList;
import java.util.List;

import io.threadsafemetrics.internal.distribution.BucketLayout;
import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget.Use;

/**
 * All values of one series in the retention window, in slots that widen with age.
 * <p>
 * Slots are joined and dropped when a new one is needed and by {@link #compact}; between
 * two such moments they are finer than the grid asks, never coarser. Threads: the
 * metric's lock. Cost: a value goes to the newest slot; once a second all slots are
 * looked at.
 */
public final class Timeline {

    /** Retained heap of a timeline without slots, but with the array that lists them. */
    public static final long OBJECT_BYTES = Heap.object(4 * Heap.REFERENCE + Long.BYTES)
            + Heap.object(2 * Integer.BYTES + Heap.REFERENCE) + Heap.references(1);

    /**
     * What must have been promised for a timeline that is created, and stays promised
     * while it has no slot: a slot and its histogram.
     */
    public static final long PROMISED_BYTES = Slot.LISTED_BYTES + Slot.PROMISED_BYTES;

    private final SlotGrid grid;

    private final BucketLayout layout;

    private final MemoryAccount account;

    private final ArrayList<Slot> slots = new ArrayList<>(0); // by ascending start

    private long droppedBefore = Long.MIN_VALUE;

    /**
     * Creates an empty timeline.
     * @param grid where slots lie
     * @param layout where the buckets of their histograms lie
     * @param account pays for the slots; it has promised {@link #PROMISED_BYTES}
     */
    public Timeline(SlotGrid grid, BucketLayout layout, MemoryAccount account) {
        this.grid = grid;
        this.layout = layout;
        this.account = account;
    }

    /**
     * Adds a value recorded now.
     * @param value the value: finite
     * @param now the current time
     */
    public void record(double value, long now) {
        long start = now - Math.floorMod(now, SlotGrid.SECOND);
        Slot newest = this.slots.isEmpty() ? null : this.slots.get(this.slots.size() - 1);
        if (newest == null || newest.start() < start) {
            newest = newSlot(start, now);
        }
        newest.record(value);
    }

    private Slot newSlot(long start, long now) {
        compact(now);
        if (!this.slots.isEmpty()) {
            this.slots.get(this.slots.size() - 1).close(this.account);
        }
        if (this.slots.isEmpty()) {
            this.account.spend(Slot.LISTED_BYTES);
        }
        else if (!this.account.tryReserve(Slot.LISTED_BYTES, Slot.PROMISED_BYTES, Use.SLOTS)) {
            dropOldest(now);
            this.account.reserve(Slot.LISTED_BYTES);
            this.account.promise(Slot.PROMISED_BYTES);
        }
        Slot slot = new Slot(start, this.layout, this.account);
        this.slots.add(slot);
        return slot;
    }

    private void dropOldest(long now) {
        Slot oldest = this.slots.remove(0);
        this.droppedBefore = Math.max(this.droppedBefore, this.grid.end(oldest.start(), now));
        oldest.release(this.account);
        this.account.losses().slots.increment();
    }

    /**
     * Drops what has expired and joins what the grid has joined.
     * @param now the current time
     */
    public void compact(long now) {
        if (this.slots.isEmpty()) {
            return;
        }
        long expiry = this.grid.expiry(now);
        int kept = 0;
        for (int i = 0; i < this.slots.size(); i++) {
            Slot slot = this.slots.get(i);
            if (slot.start() < expiry) {
                slot.release(this.account);
            }
            else if (kept > 0 && this.grid.floor(slot.start(), now) <= this.slots.get(kept - 1).start()) {
                this.slots.get(kept - 1).merge(slot, this.account);
                slot.release(this.account);
            }
            else {
                this.slots.set(kept++, slot);
            }
        }
        this.slots.subList(kept, this.slots.size()).clear();
        if (kept == 0) {
            this.slots.trimToSize();
            this.account.promise(PROMISED_BYTES);
        }
    }

    /**
     * Gives all memory back, and what was promised. The timeline is not used any more.
     */
    public void close() {
        if (this.slots.isEmpty()) {
            this.account.giveUp(PROMISED_BYTES);
        }
        this.slots.forEach((slot) -> slot.release(this.account));
        this.slots.clear();
    }

    /**
     * Returns the slots, oldest first.
     * @return the list itself, to be read only
     */
    public List<Slot> slots() {
        return this.slots;
    }

    /**
     * Returns the retained heap of the slots.
     * @return bytes
     */
    public long slotBytes() {
        return this.slots.stream().mapToLong(Slot::listedBytes).sum();
    }

    /**
     * Returns from when on no slot was dropped for want of memory.
     * @param now the current time
     * @return the start of a slot of the grid, or {@link Long#MIN_VALUE} if none ever was
     */
    public long completeFrom(long now) {
        long dropped = this.droppedBefore;
        boolean aligned = dropped == Long.MIN_VALUE || this.grid.floor(dropped, now) == dropped;
        return aligned ? dropped : this.grid.end(dropped, now);
    }

}
