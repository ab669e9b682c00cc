package io.threadsafemetrics.internal.util;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that a collector may hold, shared by its metrics.
 * <p>
 * Each kind of use has a share of the budget that it may fill. The shares grow in the
 * order in which things are given up, so under pressure metadata goes first and new
 * metrics go last. Threads: any; the only shared state are two atomic numbers, ordered
 * with nothing else. Checked by MemoryBudgetStress (control: the limit checked before).
 */
public final class MemoryBudget {

    /**
     * What bytes are asked for, in the order in which it is refused.
     */
    public enum Use {

        /** Metadata of raw values. */
        METADATA(80),

        /** Raw values. */
        RAW_VALUES(85),

        /** Wider histograms. */
        HISTOGRAMS(90),

        /** Slots of a timeline. */
        SLOTS(94),

        /** Series, metrics and alert rules. */
        SERIES(98),

        /** Alert events: a rule may be about memory that is full. */
        ALERT_EVENTS(99);

        private final int percent;

        Use(int percent) {
            this.percent = percent;
        }

    }

    private final long maxBytes;

    private final AtomicLong usedBytes = new AtomicLong(); // promised ones included

    private final AtomicLong promisedBytes = new AtomicLong();

    /**
     * Creates an unused budget.
     * @param maxBytes the bytes that may be held
     */
    public MemoryBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Takes bytes if the use's share has room for them.
     * @param bytes how many
     * @param use what for
     * @return whether they were taken
     */
    public boolean tryReserve(long bytes, Use use) {
        long used;
        do {
            used = this.usedBytes.get();
            if (used + bytes > limit(use)) {
                return false;
            }
        }
        while (!this.usedBytes.compareAndSet(used, used + bytes));
        return true;
    }

    private long limit(Use use) {
        return this.maxBytes / 100 * use.percent;
    }

    /**
     * Whether more bytes are taken than a use may fill.
     * @param use the use
     * @return true if there are
     */
    boolean isBeyond(Use use) {
        return this.usedBytes.get() > limit(use);
    }

    /**
     * Takes bytes whether there is room or not: for the few that a promise needs.
     * @param bytes how many
     */
    public void reserve(long bytes) {
        this.usedBytes.addAndGet(bytes);
    }

    /**
     * Keeps bytes that were taken free for what a promise will need.
     * @param bytes how many; negative where the promise has ended
     */
    void promise(long bytes) {
        this.promisedBytes.addAndGet(bytes);
    }

    /**
     * Gives bytes back.
     * @param bytes how many
     */
    public void release(long bytes) {
        this.usedBytes.addAndGet(-bytes);
    }

    /**
     * Returns the bytes taken and not given back, but for those kept free.
     * @return bytes
     */
    public long usedBytes() {
        return this.usedBytes.get() - this.promisedBytes.get();
    }

    /**
     * Returns the share of the limit that is taken, with what is kept free for a promise:
     * what a use's own share is compared with.
     * @return a fraction, hardly ever above 1
     */
    public double takenShare() {
        return (double) this.usedBytes.get() / this.maxBytes;
    }

    /**
     * Returns the limit.
     * @return bytes
     */
    public long maxBytes() {
        return this.maxBytes;
    }

    @Override
    public String toString() {
        return usedBytes() + " of at most " + this.maxBytes + " bytes";
    }

}
