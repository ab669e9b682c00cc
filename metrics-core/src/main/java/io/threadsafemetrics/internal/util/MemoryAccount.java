package io.threadsafemetrics.internal.util;

import java.util.concurrent.atomic.AtomicLong;

import io.threadsafemetrics.internal.util.MemoryBudget.Use;

/**
 * The bytes that one metric holds of the collector's budget, and what it had to give up.
 * <p>
 * Threads: any; the shared state is two atomic numbers, ordered with nothing else.
 * Checked by MemoryAccountStress (control: a plain number).
 */
public final class MemoryAccount {

    /** Retained heap of an account, without the budget. */
    public static final long OBJECT_BYTES = Heap.object(4 * Heap.REFERENCE) + 2 * Heap.object(Long.BYTES);

    private final MemoryBudget budget;

    private final Losses losses;

    private final AtomicLong bytes = new AtomicLong();

    private final AtomicLong promised = new AtomicLong();

    /**
     * Creates an empty account.
     * @param budget where the bytes come from
     * @param losses where what was given up is counted
     */
    public MemoryAccount(MemoryBudget budget, Losses losses) {
        this.budget = budget;
        this.losses = losses;
    }

    /**
     * Takes bytes if the use's share of the budget has room for them.
     * @param wanted how many; zero or less is always granted
     * @param use what for
     * @return whether they were taken
     */
    public boolean tryReserve(long wanted, Use use) {
        return tryReserve(wanted, 0, use);
    }

    /**
     * Takes bytes if the use's share of the budget has room for them and for some more,
     * which are promised: kept free until they are {@linkplain #endPromise given up}.
     * @param wanted how many to take
     * @param kept how many to promise
     * @param use what for
     * @return whether they were taken
     */
    public boolean tryReserve(long wanted, long kept, Use use) {
        if (wanted + kept <= 0) {
            reserve(wanted);
            return true;
        }
        if (!this.budget.tryReserve(wanted + kept, use)) {
            return false;
        }
        this.budget.promise(kept);
        this.bytes.addAndGet(wanted);
        this.promised.addAndGet(kept);
        return true;
    }

    /**
     * Whether a use has to give bytes back, as its share of the budget is full.
     * @param use the use
     * @return true if other uses, which are worth more, took some of its share
     */
    public boolean isBeyond(Use use) {
        return this.budget.isBeyond(use);
    }

    /**
     * Takes bytes whether there is room or not: the few that a promise keeps free, or
     * fewer than were just given back.
     * @param wanted how many; negative gives bytes back
     */
    public void reserve(long wanted) {
        this.budget.reserve(wanted);
        this.bytes.addAndGet(wanted);
    }

    /**
     * Gives bytes back.
     * @param unused how many
     */
    public void release(long unused) {
        reserve(-unused);
    }

    /**
     * Promises bytes whether there is room or not: for some that were just given back.
     * @param kept how many
     */
    public void promise(long kept) {
        this.budget.reserve(kept);
        this.budget.promise(kept);
        this.promised.addAndGet(kept);
    }

    /**
     * Ends a promise.
     * @param kept how many bytes were promised
     */
    public void endPromise(long kept) {
        promise(-kept);
    }

    /**
     * Gives back all bytes that are still held or promised.
     */
    public void releaseAll() {
        release(this.bytes.get());
        endPromise(this.promised.get());
    }

    /**
     * Returns the bytes held.
     * @return bytes
     */
    public long bytes() {
        return this.bytes.get();
    }

    /**
     * Returns the counters of what was given up.
     * @return the counters
     */
    public Losses losses() {
        return this.losses;
    }

}
