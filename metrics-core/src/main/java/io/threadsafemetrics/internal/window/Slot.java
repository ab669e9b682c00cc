package io.threadsafemetrics.internal.window;

import io.threadsafemetrics.internal.distribution.BucketLayout;
import io.threadsafemetrics.internal.distribution.ExponentialHistogram;
import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.Totals;

/**
 * The values of one series in one stretch of time. Threads: the metric's lock.
 */
public final class Slot extends Totals {

    /** Retained heap of a slot without the buckets of its histogram. */
    static final long OBJECT_BYTES = Heap.object(6 * Long.BYTES + Heap.REFERENCE) + ExponentialHistogram.OBJECT_BYTES;

    /** Retained heap of a slot and the reference to it, without buckets. */
    static final long LISTED_BYTES = OBJECT_BYTES + Heap.REFERENCE;

    private final long start;

    private final ExponentialHistogram histogram;

    /**
     * Creates an empty slot.
     * @param account pays for the buckets; it has promised those of a histogram
     */
    Slot(long start, BucketLayout layout, MemoryAccount account) {
        this.start = start;
        this.histogram = new ExponentialHistogram(layout, account);
    }

    void record(double value) {
        add(value);
        this.histogram.add(value);
    }

    void merge(Slot later) {
        add(later);
        this.histogram.add(later.histogram);
    }

    /**
     * Returns the start of the first stretch that went into this slot.
     * @return nanoseconds since the collector was created
     */
    public long start() {
        return this.start;
    }

    /**
     * Returns how the values are spread.
     * @return the histogram itself
     */
    public ExponentialHistogram histogram() {
        return this.histogram;
    }

    /**
     * Gives back all bytes, and what was promised and not spent.
     */
    void release(MemoryAccount account) {
        account.release(listedBytes());
        account.giveUp(this.histogram.promisedBytes());
    }

    long listedBytes() {
        return heapBytes() + Heap.REFERENCE;
    }

    private long heapBytes() {
        return OBJECT_BYTES + this.histogram.heapBytes() - ExponentialHistogram.OBJECT_BYTES;
    }

}
