package io.threadsafemetrics.internal.window;

import io.threadsafemetrics.internal.distribution.BucketLayout;
import io.threadsafemetrics.internal.distribution.ExponentialHistogram;
import io.threadsafemetrics.internal.distribution.PackedHistogram;
import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.Totals;
import org.jspecify.annotations.Nullable;

/**
 * The values of one series in one stretch of time. Threads: the metric's lock.
 */
public final class Slot extends Totals {

    /** Retained heap of a slot without the buckets of its histogram. */
    static final long OBJECT_BYTES = Heap.object(6 * Long.BYTES + 3 * Heap.REFERENCE)
            + ExponentialHistogram.OBJECT_BYTES;

    /** Retained heap of a slot and the reference to it, without buckets. */
    static final long LISTED_BYTES = OBJECT_BYTES + Heap.REFERENCE;

    /**
     * What is promised for as long as the slot lives, so that the buckets which need no
     * room find it.
     */
    static final long PROMISED_BYTES = ExponentialHistogram.FLOOR_BYTES - ExponentialHistogram.OBJECT_BYTES;

    private final long start;

    private final ExponentialHistogram histogram; // empty once closed

    private final BucketLayout layout;

    private @Nullable PackedHistogram packed; // null until closed

    /**
     * Creates an empty slot.
     * @param account pays for the buckets; it has promised {@link #PROMISED_BYTES}
     */
    Slot(long start, BucketLayout layout, MemoryAccount account) {
        this.start = start;
        this.layout = layout;
        this.histogram = new ExponentialHistogram(layout, account);
    }

    void record(double value) {
        add(value);
        this.histogram.add(value);
    }

    /**
     * Takes few bytes from here on, and no more values.
     */
    PackedHistogram close(MemoryAccount account) {
        PackedHistogram result = this.packed;
        if (result == null) {
            result = this.histogram.pack();
            pack(result, account);
            this.histogram.release();
        }
        return result;
    }

    void merge(Slot later, MemoryAccount account) {
        add(later);
        pack(PackedHistogram.merge(close(account), later.close(account), this.layout), account);
    }

    private void pack(PackedHistogram histogram, MemoryAccount account) {
        account.reserve(histogram.heapBytes() - packedBytes());
        this.packed = histogram;
    }

    private long packedBytes() {
        return (this.packed != null) ? this.packed.heapBytes() : 0;
    }

    /**
     * Returns the start of the first stretch that went into this slot.
     * @return nanoseconds since the collector was created
     */
    public long start() {
        return this.start;
    }

    /**
     * Adds all values to a histogram.
     * @param sum the histogram
     */
    public void addTo(ExponentialHistogram sum) {
        if (this.packed != null) {
            sum.add(this.packed);
        }
        else {
            sum.add(this.histogram);
        }
    }

    /**
     * Gives back all bytes, and what was promised.
     */
    void release(MemoryAccount account) {
        account.release(listedBytes());
        account.giveUp(PROMISED_BYTES);
    }

    long listedBytes() {
        return heapBytes() + Heap.REFERENCE;
    }

    private long heapBytes() {
        return OBJECT_BYTES + packedBytes() + this.histogram.heapBytes() - ExponentialHistogram.OBJECT_BYTES;
    }

}
