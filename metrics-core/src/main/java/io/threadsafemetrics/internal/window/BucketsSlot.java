package io.threadsafemetrics.internal.window;

import io.threadsafemetrics.internal.distribution.BucketLayout;
import io.threadsafemetrics.internal.distribution.PackedHistogram;
import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.Totals;

/**
 * Totals and buckets of many values.
 */
final class BucketsSlot extends Slot {

    private static final long OBJECT_BYTES = Heap
        .object(OBJECT_FIELD_BYTES + Long.BYTES + 3 * Double.BYTES + Heap.REFERENCE);

    /** Retained heap of the coarsest one. */
    static final long COARSEST_BYTES = OBJECT_BYTES + PackedHistogram.COARSEST_BYTES;

    private final long count;

    private final double sum;

    private final double min;

    private final double max;

    private final PackedHistogram histogram;

    BucketsSlot(long start, Totals totals, PackedHistogram histogram) {
        super(start);
        this.count = totals.count();
        this.sum = totals.sum();
        this.min = totals.min();
        this.max = totals.max();
        this.histogram = histogram;
    }

    static BucketsSlot of(long start, BucketLayout layout, Slot... parts) {
        SlotSum sum = new SlotSum(layout);
        for (Slot part : parts) {
            sum.add(part);
        }
        return new BucketsSlot(start, sum.totals(), sum.histogram().pack());
    }

    @Override
    void addTo(SlotSum target) {
        target.add(this.count, this.sum, this.min, this.max, this.histogram);
    }

    @Override
    Slot joined(Slot later, BucketLayout layout) {
        return of(start(), layout, this, later);
    }

    @Override
    Slot coarser(double maxError) {
        if (2 * this.histogram.relativeError() > maxError) {
            return this;
        }
        PackedHistogram halved = this.histogram.halved();
        return (halved != this.histogram) ? new BucketsSlot(this, halved) : this;
    }

    private BucketsSlot(BucketsSlot other, PackedHistogram histogram) {
        super(other.start());
        this.count = other.count;
        this.sum = other.sum;
        this.min = other.min;
        this.max = other.max;
        this.histogram = histogram;
    }

    @Override
    Slot inBuckets(BucketLayout layout) {
        return this;
    }

    @Override
    long heapBytes() {
        return OBJECT_BYTES + this.histogram.heapBytes();
    }

}
