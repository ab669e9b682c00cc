package io.threadsafemetrics.internal.window;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import io.threadsafemetrics.internal.distribution.BucketLayout;
import org.jspecify.annotations.Nullable;

/**
 * All that left the slots of one series, as one slot: with those still there it makes a
 * histogram that only grows. Threads: the metric's lock.
 */
final class DepartedSlots {

    /** Retained heap while nothing has left. */
    static final long OBJECT_BYTES = Heap.object(3 * Heap.REFERENCE + 2 * Long.BYTES);

    /** What the coarsest histogram takes, whether there is room or not. */
    static final long PROMISED_BYTES = BucketsSlot.COARSEST_BYTES;

    private final BucketLayout layout;

    private final MemoryAccount account;

    private final long since;

    private final double missedSum;

    private @Nullable Slot sum;

    private DepartedSlots(BucketLayout layout, MemoryAccount account, long since, double missedSum) {
        this.layout = layout;
        this.account = account;
        this.since = since;
        this.missedSum = missedSum;
    }

    /**
     * Starts to keep what leaves.
     * @param since when the first value that counts may have been recorded
     * @param missedSum the sum of those that left before
     * @return null where the account has no room
     */
    static @Nullable DepartedSlots start(BucketLayout layout, MemoryAccount account, long since, double missedSum) {
        return account.tryReserve(OBJECT_BYTES, PROMISED_BYTES, Use.HISTOGRAMS)
                ? new DepartedSlots(layout, account, since, missedSum) : null;
    }

    long since() {
        return this.since;
    }

    double missedSum() {
        return this.missedSum;
    }

    @Nullable Slot sum() {
        return this.sum;
    }

    /**
     * Adds a slot that has left, and whose bytes were given back.
     */
    void add(Slot slot) {
        Slot before = this.sum;
        long paid = slotBytes();
        Slot next = (before != null) ? before.joined(slot, this.layout) : slot;
        while (!this.account.tryReserve(next.heapBytes() - paid, Use.HISTOGRAMS)) {
            Slot coarser = next.inBuckets(this.layout).coarser(Timeline.ANY_ERROR);
            if (coarser == next) {
                this.account.reserve(next.heapBytes() - paid);
                break;
            }
            this.account.losses().histogramResolution.increment();
            next = coarser;
        }
        this.sum = next;
    }

    /** Gives up half of the resolution, unless it is of little use then. */
    void coarsen() {
        Slot before = this.sum;
        Slot coarser = (before != null) ? before.coarser(Timeline.USEFUL_ERROR) : null;
        if (before != null && coarser != null && coarser != before) {
            this.account.release(before.heapBytes() - coarser.heapBytes());
            this.account.losses().histogramResolution.increment();
            this.sum = coarser;
        }
    }

    /** Gives all memory back. */
    void close() {
        this.account.release(heapBytes());
        this.account.endPromise(PROMISED_BYTES);
        this.sum = null;
    }

    long heapBytes() {
        return OBJECT_BYTES + slotBytes();
    }

    private long slotBytes() {
        return (this.sum != null) ? this.sum.heapBytes() : 0;
    }

}
