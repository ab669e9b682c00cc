package io.threadsafemetrics.internal.util;

import io.threadsafemetrics.internal.util.MemoryBudget.Use;

/**
 * The bytes that one metric holds of the collector's budget, and what it had to give up.
 * <p>
 * Threads: guarded by the lock of the metric that owns it, but for the counters of
 * {@link Losses}.
 */
public final class MemoryAccount {

    private final MemoryBudget budget;

    private final Losses losses;

    private long bytes;

    private long promised;

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
     * Creates the account of a passing computation, which no budget limits.
     * @return the account
     */
    public static MemoryAccount unlimited() {
        return new MemoryAccount(new MemoryBudget(Long.MAX_VALUE), new Losses());
    }

    /**
     * Takes bytes if the use's share of the budget has room for them.
     * @param wanted how many
     * @param use what for
     * @return whether they were taken
     */
    public boolean tryReserve(long wanted, Use use) {
        if (!this.budget.tryReserve(wanted, use)) {
            return false;
        }
        this.bytes += wanted;
        return true;
    }

    /**
     * Takes bytes if the use's share of the budget has room for them and for some more,
     * which are promised: kept free until they are spent or given up.
     * @param wanted how many to take
     * @param kept how many to promise
     * @param use what for
     * @return whether they were taken
     */
    public boolean tryReserve(long wanted, long kept, Use use) {
        if (!this.budget.tryReserve(wanted + kept, use)) {
            return false;
        }
        this.budget.promise(kept);
        this.bytes += wanted;
        this.promised += kept;
        return true;
    }

    /**
     * Promises bytes whether there is room or not: for some that were just given back.
     * @param kept how many
     */
    public void promise(long kept) {
        this.budget.reserve(kept);
        this.budget.promise(kept);
        this.promised += kept;
    }

    /**
     * Takes bytes that were promised.
     * @param wanted how many
     */
    public void spend(long wanted) {
        this.budget.promise(-wanted);
        this.promised -= wanted;
        this.bytes += wanted;
    }

    /**
     * Ends a promise that was not needed.
     * @param unused how many bytes
     */
    public void giveUp(long unused) {
        this.budget.promise(-unused);
        this.budget.release(unused);
        this.promised -= unused;
    }

    /**
     * Takes bytes whether there is room or not.
     * @param wanted how many
     */
    public void reserve(long wanted) {
        this.budget.reserve(wanted);
        this.bytes += wanted;
    }

    /**
     * Gives bytes back.
     * @param unused how many
     */
    public void release(long unused) {
        this.budget.release(unused);
        this.bytes -= unused;
    }

    /**
     * Gives back all bytes that are still held.
     */
    public void releaseAll() {
        release(this.bytes);
        giveUp(this.promised);
    }

    /**
     * Returns the bytes held.
     * @return bytes
     */
    public long bytes() {
        return this.bytes;
    }

    /**
     * Returns the counters of what was given up.
     * @return the counters
     */
    public Losses losses() {
        return this.losses;
    }

}
