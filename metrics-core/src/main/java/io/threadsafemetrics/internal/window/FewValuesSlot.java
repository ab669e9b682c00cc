package io.threadsafemetrics.internal.window;

import java.util.Arrays;

import io.threadsafemetrics.internal.distribution.BucketLayout;
import io.threadsafemetrics.internal.util.Heap;

/**
 * Values that take less memory as they are than in buckets.
 */
final class FewValuesSlot extends Slot {

    private static final long OBJECT_BYTES = Heap.object(OBJECT_FIELD_BYTES + Heap.REFERENCE);

    private final double[] values;

    FewValuesSlot(long start, double[] values) {
        super(start);
        this.values = values;
    }

    @Override
    void addTo(SlotSum sum) {
        sum.add(this.values);
    }

    @Override
    Slot joined(Slot later, BucketLayout layout) {
        if (later instanceof FewValuesSlot few && this.values.length + few.values.length <= OpenSlot.MAX_FEW) {
            double[] both = Arrays.copyOf(this.values, this.values.length + few.values.length);
            System.arraycopy(few.values, 0, both, this.values.length, few.values.length);
            return new FewValuesSlot(start(), both);
        }
        return BucketsSlot.of(start(), layout, this, later);
    }

    @Override
    Slot coarser(double maxError) {
        return this; // so few take less than buckets that are of use
    }

    @Override
    Slot inBuckets(BucketLayout layout) {
        return BucketsSlot.of(start(), layout, this);
    }

    @Override
    long heapBytes() {
        return OBJECT_BYTES + Heap.array(this.values.length, Double.BYTES);
    }

}
