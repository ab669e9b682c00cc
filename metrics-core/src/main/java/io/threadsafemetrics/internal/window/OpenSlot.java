package io.threadsafemetrics.internal.window;

import java.util.Arrays;

import io.threadsafemetrics.internal.distribution.BucketLayout;
import io.threadsafemetrics.internal.distribution.ExponentialHistogram;
import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import io.threadsafemetrics.internal.util.Totals;
import org.jspecify.annotations.Nullable;

/**
 * The values of one series in the current second: as they are while they are few, then in
 * buckets. Threads: the metric's lock.
 */
final class OpenSlot {

    /** So many values at most are kept as they are. */
    static final int MAX_FEW = 64;

    private static final int MIN_FEW = 4;

    /** Retained heap of a slot that is empty. */
    static final long OBJECT_BYTES = Heap.object(4 * Heap.REFERENCE + Integer.BYTES + 1)
            + Heap.array(MIN_FEW, Double.BYTES);

    /**
     * What buckets take at least, whether there is room or not: promised while the series
     * lives.
     */
    static final long PROMISED_BYTES = Totals.OBJECT_BYTES + ExponentialHistogram.FLOOR_BYTES;

    private final BucketLayout layout;

    private final MemoryAccount account;

    private double[] few = new double[MIN_FEW];

    private int size;

    private @Nullable Totals totals;

    private @Nullable ExponentialHistogram histogram;

    private boolean inBuckets;

    OpenSlot(BucketLayout layout, MemoryAccount account) {
        this.layout = layout;
        this.account = account;
    }

    /**
     * Adds values.
     * @param sum the totals of the values
     */
    void addAll(double[] values, int from, int to, Totals sum) {
        if (!this.inBuckets && tryHold(this.size + to - from)) {
            for (int i = from; i < to; i++) { // a copy of one value is not worth a call
                this.few[this.size++] = values[i];
            }
            return;
        }
        fillBuckets();
        totals().add(sum);
        histogram().addAll(values, from, to);
    }

    private boolean tryHold(int count) {
        int capacity = this.few.length;
        if (count <= capacity) {
            return true;
        }
        int wanted = Integer.highestOneBit(2 * count - 1);
        if (count > MAX_FEW || !this.account
            .tryReserve(Heap.array(wanted, Double.BYTES) - Heap.array(capacity, Double.BYTES), Use.HISTOGRAMS)) {
            return false;
        }
        this.few = Arrays.copyOf(this.few, wanted);
        return true;
    }

    private void fillBuckets() {
        if (!this.inBuckets) {
            totals().addAll(this.few, 0, this.size);
            histogram().addAll(this.few, 0, this.size);
            this.size = 0;
            this.inBuckets = true;
        }
    }

    private Totals totals() {
        Totals known = this.totals;
        if (known == null) {
            this.account.reserve(Totals.OBJECT_BYTES);
            known = new Totals();
            this.totals = known;
        }
        return known;
    }

    private ExponentialHistogram histogram() {
        ExponentialHistogram known = this.histogram;
        if (known == null) {
            this.account.reserve(ExponentialHistogram.OBJECT_BYTES);
            known = new ExponentialHistogram(this.layout, this.account);
            this.histogram = known;
        }
        return known;
    }

    boolean isEmpty() {
        return this.size == 0 && !this.inBuckets;
    }

    /**
     * Returns the values as they are now.
     */
    Slot toSlot(long start) {
        return this.inBuckets ? new BucketsSlot(start, totals(), histogram().pack())
                : new FewValuesSlot(start, Arrays.copyOf(this.few, this.size));
    }

    /**
     * Forgets the values and keeps the memory for the next ones.
     */
    void clear() {
        this.size = 0;
        if (this.inBuckets) {
            totals().clear();
            histogram().clear();
            this.inBuckets = false;
        }
    }

    /**
     * Gives back what an empty slot does not need.
     */
    void trim() {
        long before = heapBytes();
        this.totals = null;
        this.histogram = null;
        this.few = new double[MIN_FEW];
        this.account.release(before - OBJECT_BYTES);
    }

    long heapBytes() {
        return OBJECT_BYTES + Heap.array(this.few.length, Double.BYTES) - Heap.array(MIN_FEW, Double.BYTES)
                + ((this.totals != null) ? Totals.OBJECT_BYTES : 0)
                + ((this.histogram != null) ? this.histogram.heapBytes() : 0);
    }

}
