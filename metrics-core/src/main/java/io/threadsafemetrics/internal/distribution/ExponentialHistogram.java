package io.threadsafemetrics.internal.distribution;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget.Use;

/**
 * Counts values in buckets of constant relative width, for negative numbers, zero and
 * positive numbers.
 * <p>
 * Where one sign spans more than 40 octaves (12 decades), or the account has no bytes
 * left, the resolution is halved until the buckets fit; each halving is counted. Values
 * closer to zero than {@link Double#MIN_NORMAL} count as zero. Threads: the caller's
 * lock. Cost: a value costs one addition unless the buckets grow.
 */
public final class ExponentialHistogram implements Distribution {

    /** Retained heap of an empty histogram. */
    public static final long OBJECT_BYTES = Heap.object(4 * Heap.REFERENCE + Integer.BYTES + Long.BYTES);

    /**
     * What the first bucket of a sign takes. The account has promised it for both signs
     * before the histogram is created, so that no value ever finds no room at all.
     */
    private static final long FIRST_BUCKET_BYTES = BucketCounts.NONE.plus(0, 1).heapBytes();

    /** What is promised for a histogram. */
    public static final long PROMISED_BYTES = 2 * FIRST_BUCKET_BYTES;

    private static final int OCTAVES = 40;

    static final int MIN_SCALE = -10;

    private final BucketLayout layout;

    private final MemoryAccount account;

    private int scale;

    private long zeros;

    private BucketCounts negative = BucketCounts.NONE;

    private BucketCounts positive = BucketCounts.NONE;

    /**
     * Creates an empty histogram.
     * @param layout where the buckets lie
     * @param account pays for the buckets; it has promised {@link #PROMISED_BYTES}
     */
    public ExponentialHistogram(BucketLayout layout, MemoryAccount account) {
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
        MemoryAccount account = MemoryAccount.unlimited();
        account.promise(PROMISED_BYTES);
        return new ExponentialHistogram(layout, account);
    }

    /**
     * Adds a value.
     * @param value the value: finite
     */
    public void add(double value) {
        double magnitude = Math.abs(value);
        if (magnitude < Double.MIN_NORMAL) {
            this.zeros++;
            return;
        }
        add(value > 0, this.layout.index(magnitude), this.layout.scale(), 1);
    }

    /**
     * Adds all that another histogram of the same layout holds.
     * @param other the other one
     */
    public void add(ExponentialHistogram other) {
        coarsenTo(other.scale);
        this.zeros += other.zeros;
        addAll(false, other.negative, other.scale);
        addAll(true, other.positive, other.scale);
    }

    private void addAll(boolean sign, BucketCounts counts, int atScale) {
        if (counts.isEmpty()) {
            return;
        }
        int first = counts.firstUsed(); // spare buckets would beget spare buckets
        int last = counts.lastUsed();
        add(sign, first, atScale, 0); // makes room once, instead of bucket by bucket
        add(sign, last, atScale, 0);
        for (int i = first; i <= last; i++) {
            add(sign, i, atScale, counts.get(i));
        }
    }

    private void add(boolean sign, int index, int atScale, long count) {
        while (!tryAdd(sign, BucketLayout.downscaled(index, atScale - this.scale), count)) {
            coarsenTo(this.scale - 1);
        }
    }

    private boolean tryAdd(boolean sign, int index, long count) {
        BucketCounts counts = sign ? this.positive : this.negative;
        if (counts.lengthWith(index) > maxLength() && this.scale > MIN_SCALE) {
            return false;
        }
        BucketCounts sum = counts.plus(index, count);
        return sum == counts || tryReplace(sign, counts, sum);
    }

    private int maxLength() {
        return (OCTAVES << this.layout.scale()) + 2 * BucketCounts.SPARE;
    }

    private boolean tryReplace(boolean sign, BucketCounts old, BucketCounts larger) {
        long bytes = larger.heapBytes() - old.heapBytes();
        if (old.isEmpty()) {
            this.account.spend(FIRST_BUCKET_BYTES);
        }
        else if (!this.account.tryReserve(bytes, Use.HISTOGRAMS)) {
            if (bytes > 0 && this.scale > MIN_SCALE) {
                return false;
            }
            this.account.reserve(bytes); // the least that keeps the count right
        }
        replace(sign, larger);
        return true;
    }

    private void replace(boolean sign, BucketCounts counts) {
        if (sign) {
            this.positive = counts;
        }
        else {
            this.negative = counts;
        }
    }

    private void coarsenTo(int coarser) {
        while (this.scale > coarser) {
            this.scale--;
            long before = bucketBytes();
            this.negative = this.negative.halved();
            this.positive = this.positive.halved();
            this.account.reserve(bucketBytes() - before);
            this.account.losses().histogramResolution.increment();
        }
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
        forEachBucket((lower, upper, count) -> {
            if (upper <= threshold) {
                sum[0] += count;
            }
            else if (lower < threshold) {
                sum[0] += count * ((threshold - lower) / (upper - lower));
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
     * Returns the retained heap, without the layout.
     * @return bytes
     */
    public long heapBytes() {
        return OBJECT_BYTES + bucketBytes();
    }

    /**
     * Returns what was promised for buckets that there are not.
     * @return bytes
     */
    public long promisedBytes() {
        return (this.negative.isEmpty() ? FIRST_BUCKET_BYTES : 0) + (this.positive.isEmpty() ? FIRST_BUCKET_BYTES : 0);
    }

    private long bucketBytes() {
        return this.negative.heapBytes() + this.positive.heapBytes();
    }

}
