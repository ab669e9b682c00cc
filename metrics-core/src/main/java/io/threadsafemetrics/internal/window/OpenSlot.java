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
 * buckets, but for the newest ones. Threads: the metric's lock.
 */
final class OpenSlot {

    /** So many values at most are kept as they are. */
    static final int MAX_FEW = 64;

    private static final int MIN_FEW = 4;

    /** So many in a row at most wait for more before they go to buckets. */
    private static final int MAX_RUN = 16;

    /** Retained heap of a slot that is empty. */
    static final long OBJECT_BYTES = Heap.object(5 * Heap.REFERENCE + Integer.BYTES)
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

    OpenSlot(BucketLayout layout, MemoryAccount account) {
        this.layout = layout;
        this.account = account;
    }

    /**
     * Adds values.
     * @param sum the totals of the values, or null where nobody has added them up
     */
    void addAll(double[] values, int from, int to, @Nullable Totals sum) {
        int count = to - from;
        if (count <= mostHeld() && tryHold(count)) {
            for (int i = from; i < to; i++) { // a copy of one value is not worth a call
                this.few[this.size++] = values[i];
            }
            return;
        }
        fillBuckets();
        if (sum != null) {
            totals().add(sum);
        }
        else {
            totals().addAll(values, from, to);
        }
        histogram().addAll(values, from, to);
    }

    boolean tryAdd(double value) {
        if (this.size == this.few.length) {
            return false;
        }
        this.few[this.size++] = value;
        return true;
    }

    /** Buckets take many values at once much quicker than one by one. */
    private int mostHeld() {
        return isInBuckets() ? MAX_RUN : MAX_FEW;
    }

    private boolean tryHold(int count) {
        if (this.size + count <= this.few.length || tryGrow(this.size + count)) {
            return true;
        }
        fillBuckets();
        return count <= this.few.length;
    }

    private boolean tryGrow(int count) {
        int wanted = Integer.highestOneBit(2 * count - 1);
        if (wanted > MAX_FEW || !this.account
            .tryReserve(Heap.array(wanted, Double.BYTES) - Heap.array(this.few.length, Double.BYTES), Use.HISTOGRAMS)) {
            return false;
        }
        this.few = Arrays.copyOf(this.few, wanted);
        return true;
    }

    private void fillBuckets() {
        if (this.size > 0) {
            totals().addAll(this.few, 0, this.size);
            histogram().addAll(this.few, 0, this.size);
            this.size = 0;
        }
    }

    private boolean isInBuckets() {
        return this.totals != null && this.totals.count() > 0;
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
        return this.size == 0 && !isInBuckets();
    }

    void addTotalsTo(Totals target) {
        if (this.totals != null) {
            target.add(this.totals);
        }
        target.addAll(this.few, 0, this.size);
    }

    /**
     * Loads what the next value goes to.
     * @return a number of no meaning
     */
    int touch() {
        return this.few.length;
    }

    /**
     * Returns the values as they are now.
     */
    Slot toSlot(long start) {
        if (!isInBuckets()) {
            return new FewValuesSlot(start, Arrays.copyOf(this.few, this.size));
        }
        fillBuckets();
        return new BucketsSlot(start, totals(), histogram().pack());
    }

    /**
     * Forgets the values and keeps the memory for the next ones.
     */
    void clear() {
        this.size = 0;
        if (isInBuckets()) {
            totals().clear();
            histogram().clear();
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
