package io.threadsafemetrics.internal.window;

import java.util.ArrayList;
import java.util.List;

import io.threadsafemetrics.internal.distribution.BucketLayout;
import io.threadsafemetrics.internal.distribution.ExponentialHistogram;
import io.threadsafemetrics.internal.distribution.PackedHistogram;
import io.threadsafemetrics.internal.util.Totals;

/**
 * The values of some slots together. Threads: one.
 */
public final class SlotSum {

    private final Totals totals = new Totals();

    private final ExponentialHistogram histogram;

    private final List<PackedHistogram> packed = new ArrayList<>();

    /**
     * Creates an empty sum.
     * @param layout where the buckets of the slots lie
     */
    public SlotSum(BucketLayout layout) {
        this.histogram = ExponentialHistogram.unlimited(layout);
    }

    /**
     * Adds a slot.
     * @param slot the slot
     * @return this
     */
    public SlotSum add(Slot slot) {
        slot.addTo(this);
        return this;
    }

    void add(double[] values) {
        this.totals.addAll(values, 0, values.length);
        this.histogram.addAll(values, 0, values.length);
    }

    void add(long count, double sum, double min, double max, PackedHistogram buckets) {
        this.totals.add(count, sum, min, max);
        this.packed.add(buckets);
    }

    /**
     * Returns count, sum, smallest and largest value.
     * @return the totals themselves
     */
    public Totals totals() {
        return this.totals;
    }

    /**
     * Returns how the values are spread.
     * @return the histogram itself
     */
    public ExponentialHistogram histogram() {
        this.histogram.addAll(this.packed); // all at once, which is several times as fast
        this.packed.clear();
        return this.histogram;
    }

}
