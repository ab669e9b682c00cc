package io.threadsafemetrics.internal.distribution;

import java.util.List;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import org.jspecify.annotations.Nullable;

/**
 * Counts values in buckets of constant relative width, for negative numbers, zero and
 * positive numbers. Made to be added to: {@link PackedHistogram} is the small form of one
 * that is complete.
 * <p>
 * Where one sign spans more than 40 octaves (12 decades), or the account has no bytes
 * left, the resolution is halved until the buckets fit; each halving is counted. Values
 * closer to zero than {@link Double#MIN_NORMAL} count as zero. The order in which values
 * and histograms are added does not matter while there is memory. Threads: the caller's
 * lock, or none once nobody adds any more and it was handed over safely. Cost: a value
 * costs an increment unless the buckets grow or the sign is not that of the value before;
 * 4 bytes a bucket, 8 from 2^31 values on.
 */
public final class ExponentialHistogram implements Distribution {

    /** Retained heap of an empty histogram. The creator accounts for it. */
    public static final long OBJECT_BYTES = Heap.object(4 * Heap.REFERENCE + Integer.BYTES + 2 * Long.BYTES)
            + 2 * Buckets.OBJECT_BYTES;

    /**
     * What a histogram takes at most whether the account has room or not, the object
     * included.
     */
    public static final long FLOOR_BYTES = OBJECT_BYTES + 2 * Heap.array(Buckets.FLOOR, Long.BYTES);

    private static final long MIN_NORMAL_BITS = 1L << 52;

    private static final int OCTAVES = 40;

    /** Room for 40 octaves that begin and end inside buckets. */
    private static final int MARGIN = 16;

    /** The scale of the widest buckets. */
    public static final int MIN_SCALE = -10;

    private final BucketLayout layout;

    private final @Nullable MemoryAccount account; // null where nobody need pay

    private final Buckets negative = new Buckets();

    private final Buckets positive = new Buckets();

    private int scale;

    private long zeros;

    private long count;

    /**
     * Creates an empty histogram.
     * @param layout where the buckets lie
     * @param account pays for the buckets
     */
    public ExponentialHistogram(BucketLayout layout, MemoryAccount account) {
        this(account, layout);
    }

    private ExponentialHistogram(@Nullable MemoryAccount account, BucketLayout layout) {
        this.layout = layout;
        this.account = account;
        this.scale = layout.scale();
    }

    /**
     * Creates an empty histogram for a passing computation, which no budget limits.
     * @param layout where the buckets lie
     * @return the histogram
     */
    public static ExponentialHistogram unlimited(BucketLayout layout) {
        return new ExponentialHistogram(null, layout);
    }

    /**
     * Adds a value.
     * @param value the value: finite
     */
    public void add(double value) {
        expect(1);
        addExpected(value);
    }

    /**
     * Adds a range of values.
     * @param values the values: finite
     * @param from position of the first one
     * @param to position after the last one
     */
    public void addAll(double[] values, int from, int to) {
        expect(to - from);
        int next = from;
        while (next < to) {
            int after = addRun(values, next, to, values[next] > 0);
            if (after == next) {
                addExpected(values[after++]);
            }
            next = after;
        }
    }

    /**
     * Adds values up to the first one that has the other sign or no bucket yet, and
     * returns its position.
     */
    private int addRun(double[] values, int from, int to, boolean sign) {
        BucketLayout ownLayout = this.layout;
        int by = ownLayout.scale() - this.scale;
        Buckets buckets = sign ? this.positive : this.negative;
        int[] counts = buckets.ints();
        int first = buckets.first();
        long signBit = sign ? 0 : Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            long bits = Double.doubleToRawLongBits(values[i]) ^ signBit;
            int at = BucketLayout.downscaled(ownLayout.index(bits), by) - first;
            // the other sign is below, too
            if (bits < MIN_NORMAL_BITS || at < 0 || at >= counts.length) {
                return i;
            }
            counts[at]++;
        }
        return to;
    }

    private void addExpected(double value) {
        double magnitude = Math.abs(value);
        if (magnitude < Double.MIN_NORMAL) {
            this.zeros++;
            return;
        }
        Buckets buckets = (value > 0) ? this.positive : this.negative;
        int index = this.layout.index(magnitude);
        cover(buckets, index, index, this.layout.scale());
        buckets.add(BucketLayout.downscaled(index, this.layout.scale() - this.scale), 1);
    }

    /**
     * Adds all that a packed histogram of the same layout holds.
     * @param packed the packed one
     */
    public void add(PackedHistogram packed) {
        packed.addTo(this);
    }

    /**
     * Adds all that packed histograms of the same layout hold: many that count in buckets
     * are several times as fast as one by one.
     * @param all the packed ones
     */
    public void addAll(List<PackedHistogram> all) {
        int coarsest = this.scale;
        for (PackedHistogram packed : all) {
            coarsest = Math.min(coarsest, packed.scale());
        }
        PackedSums sums = new PackedSums(this, coarsest);
        for (PackedHistogram packed : all) {
            packed.addTo(this, sums);
        }
        sums.flush();
    }

    /**
     * Adds values whose buckets follow.
     * @param more how many
     * @param moreZeros how many of them are zeros, which have no bucket
     */
    void expect(long more, long moreZeros) {
        expect(more);
        this.zeros += moreZeros;
    }

    /**
     * Adds counts of values that are expected.
     */
    void addBuckets(boolean sign, BucketCounts counts, int atScale) {
        coarsenTo(atScale);
        if (!counts.isEmpty()) {
            Buckets buckets = sign ? this.positive : this.negative;
            cover(buckets, counts.first(), counts.last(), atScale);
            buckets.add(counts, atScale - this.scale);
        }
    }

    /** Makes sure that no count can exceed its type. */
    private void expect(long more) {
        this.count += more;
        if (this.count > Integer.MAX_VALUE) {
            widen(this.negative);
            widen(this.positive);
        }
    }

    private void widen(Buckets buckets) {
        while (!buckets.tryWiden(this.account)) {
            coarsenTo(this.scale - 1);
        }
    }

    private void cover(Buckets buckets, int from, int to, int atScale) {
        while (!buckets.tryCover(BucketLayout.downscaled(from, atScale - this.scale),
                BucketLayout.downscaled(to, atScale - this.scale), maxLength(this.layout), this.account)) {
            coarsenTo(this.scale - 1);
        }
    }

    /**
     * How many buckets there may be of one sign.
     */
    static int maxLength(BucketLayout layout) {
        return (OCTAVES << layout.scale()) + MARGIN;
    }

    private void coarsenTo(int coarser) {
        while (this.scale > coarser) {
            this.scale--;
            this.negative.halve();
            this.positive.halve();
            if (this.account != null) {
                this.account.losses().histogramResolution.increment();
            }
        }
    }

    /**
     * Forgets all values and has the full resolution again. Keeps the buckets' memory, so
     * that as many values more cost none.
     */
    public void clear() {
        this.negative.clear(this.account);
        this.positive.clear(this.account);
        this.scale = this.layout.scale();
        this.zeros = 0;
        this.count = 0;
    }

    /**
     * Returns what this histogram holds in its small form.
     * @return a copy
     */
    public PackedHistogram pack() {
        return new PackedHistogram(this.scale, this.negative.counts(), this.zeros, this.positive.counts(), this.count);
    }

    @Override
    public double valueAtRank(long rank) {
        long left = rank;
        for (int i = this.negative.last(); i >= this.negative.first(); i--) {
            left -= this.negative.get(i);
            if (left < 0) {
                return -this.layout.middle(i, this.scale);
            }
        }
        left -= this.zeros;
        if (left < 0) {
            return 0;
        }
        for (int i = this.positive.first(); i <= this.positive.last(); i++) {
            left -= this.positive.get(i);
            if (left < 0) {
                return this.layout.middle(i, this.scale);
            }
        }
        throw new IllegalArgumentException("'rank' must be below the number of values but was " + rank);
    }

    @Override
    public double countAtMost(double threshold) {
        double[] sum = { 0 };
        forEachBucket((lower, upper, bucketCount) -> {
            if (upper <= threshold) {
                sum[0] += bucketCount;
            }
            else if (lower < threshold) {
                sum[0] += bucketCount * ((threshold - lower) / (upper - lower));
            }
        });
        return sum[0];
    }

    @Override
    public void forEachBucket(BucketConsumer consumer) {
        for (int i = this.negative.last(); i >= this.negative.first(); i--) {
            if (this.negative.get(i) > 0) {
                consumer.accept(-this.layout.upper(i, this.scale), -this.layout.lower(i, this.scale),
                        this.negative.get(i));
            }
        }
        if (this.zeros > 0) {
            consumer.accept(0, 0, this.zeros);
        }
        for (int i = this.positive.first(); i <= this.positive.last(); i++) {
            if (this.positive.get(i) > 0) {
                consumer.accept(this.layout.lower(i, this.scale), this.layout.upper(i, this.scale),
                        this.positive.get(i));
            }
        }
    }

    @Override
    public double relativeError() {
        return BucketLayout.relativeErrorOf(this.scale);
    }

    /**
     * Returns the scale of the buckets.
     * @return from {@link #MIN_SCALE} to that of the layout
     */
    public int scale() {
        return this.scale;
    }

    /**
     * Returns the number of values that count as zero.
     * @return 0 or more
     */
    public long zeros() {
        return this.zeros;
    }

    /**
     * Returns the buckets of the positive values.
     * @return a copy
     */
    public BucketCounts positive() {
        return this.positive.counts();
    }

    /**
     * Returns the buckets of the negative values.
     * @return a copy
     */
    public BucketCounts negative() {
        return this.negative.counts();
    }

    /**
     * Returns the number of values.
     * @return 0 or more
     */
    public long count() {
        return this.count;
    }

    /**
     * Returns the retained heap, without the layout and the account.
     * @return bytes
     */
    public long heapBytes() {
        return OBJECT_BYTES + this.negative.heapBytes() + this.positive.heapBytes();
    }

}
