package io.threadsafemetrics.internal.window;

import io.threadsafemetrics.internal.distribution.BucketLayout;

/**
 * The values of one series in one stretch of time that is over. Immutable, so readers
 * need no lock.
 */
public abstract sealed class Slot permits FewValuesSlot, BucketsSlot {

    static final long OBJECT_FIELD_BYTES = Long.BYTES;

    private final long start;

    Slot(long start) {
        this.start = start;
    }

    /**
     * Returns the start of the first stretch that went into this slot.
     * @return nanoseconds since the collector was created
     */
    public final long start() {
        return this.start;
    }

    /**
     * Adds the values to those of other slots.
     */
    abstract void addTo(SlotSum sum);

    /**
     * Returns a slot that holds the values of this one and of a later one.
     */
    abstract Slot joined(Slot later, BucketLayout layout);

    /**
     * Returns the same values in fewer bytes and at a lower resolution, or this where
     * there is no such form.
     * @param maxError the relative error that is still allowed
     */
    abstract Slot coarser(double maxError);

    /**
     * Returns the same values in buckets, this where they are.
     */
    abstract Slot inBuckets(BucketLayout layout);

    abstract long heapBytes();

}
