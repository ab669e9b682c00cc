package io.threadsafemetrics.internal.distribution;

import java.util.Arrays;

import io.threadsafemetrics.internal.util.Heap;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link ExponentialHistogram} held, in few bytes: its buckets in the narrowest
 * integers and trimmed to those in use, or the values themselves where that takes less.
 * <p>
 * Immutable. Any thread may read one, whichever way it got it: all that it holds was
 * written before the end of its constructor and is reached through final fields. Its
 * layout is that of the histograms it is added to.
 */
public final class PackedHistogram {

    private static final long OBJECT_BYTES = Heap
        .object(2 * Heap.REFERENCE + 2 * Integer.BYTES + 2 * Long.BYTES + 3 * Byte.BYTES);

    /** Retained heap of one whose buckets span 1,024 octaves: two of each sign. */
    public static final long COARSEST_BYTES = OBJECT_BYTES + 2 * Heap.array(2 * Long.BYTES, Byte.BYTES);

    private final byte scale;

    private final byte negativeWidth;

    private final byte positiveWidth;

    private final int negativeFirst; // index of the first bucket there

    private final int positiveFirst;

    private final byte @Nullable [] negative; // PackedCounts, null for none

    private final @Nullable Object positive; // the same, or a double[] with all values

    private final long zeros;

    private final long count;

    PackedHistogram(int scale, BucketCounts negative, long zeros, BucketCounts positive, long count) {
        this.scale = (byte) scale;
        this.negativeWidth = (byte) PackedCounts.width(negative);
        this.positiveWidth = (byte) PackedCounts.width(positive);
        this.negativeFirst = PackedCounts.first(negative.first(), this.negativeWidth);
        this.positiveFirst = PackedCounts.first(positive.first(), this.positiveWidth);
        this.negative = negative.isEmpty() ? null : PackedCounts.pack(negative, this.negativeWidth);
        this.positive = positive.isEmpty() ? null : PackedCounts.pack(positive, this.positiveWidth);
        this.zeros = zeros;
        this.count = count;
    }

    private PackedHistogram(double[] values, BucketLayout layout) {
        this.scale = (byte) layout.scale();
        this.negativeWidth = 0;
        this.positiveWidth = 0;
        this.negativeFirst = 0;
        this.positiveFirst = 0;
        this.negative = null;
        this.positive = values;
        this.zeros = 0;
        this.count = values.length;
    }

    /**
     * Packs values, in whichever form is smaller.
     * @param values the values: finite; they are copied
     * @param size how many of them, from the first one on
     * @param layout where the buckets lie
     * @return the histogram
     */
    public static PackedHistogram of(double[] values, int size, BucketLayout layout) {
        long keptBytes = Heap.array(size, Double.BYTES);
        if (keptBytes > leastBytes(values, size, layout)) {
            ExponentialHistogram histogram = ExponentialHistogram.unlimited(layout);
            histogram.addAll(values, 0, size);
            PackedHistogram counted = histogram.pack();
            if (counted.heapBytes() < OBJECT_BYTES + keptBytes) {
                return counted;
            }
        }
        return new PackedHistogram(Arrays.copyOf(values, size), layout);
    }

    /**
     * What the buckets of some values take if a byte counts each.
     */
    private static long leastBytes(double[] values, int size, BucketLayout layout) {
        BucketRange negative = new BucketRange();
        BucketRange positive = new BucketRange();
        for (int i = 0; i < size; i++) {
            double magnitude = Math.abs(values[i]);
            if (magnitude >= Double.MIN_NORMAL) {
                ((values[i] > 0) ? positive : negative).add(layout.index(magnitude));
            }
        }
        return negative.leastBytes(layout) + positive.leastBytes(layout);
    }

    int scale() {
        return this.scale;
    }

    /**
     * Adds all that this holds to a histogram.
     */
    void addTo(ExponentialHistogram histogram) {
        if (this.positive instanceof double[] values) {
            histogram.addAll(values, 0, values.length);
            return;
        }
        histogram.expect(this.count, this.zeros);
        histogram.addBuckets(false, negative(), this.scale);
        histogram.addBuckets(true, positive(), this.scale);
    }

    /**
     * Adds all that this holds to a histogram, its buckets to the sums.
     */
    void addTo(ExponentialHistogram histogram, PackedSums sums) {
        if (this.positive instanceof double[] values) {
            histogram.addAll(values, 0, values.length);
            return;
        }
        histogram.expect(this.count, this.zeros);
        if (this.negative != null) {
            sums.add(false, this.negative, this.negativeWidth, this.negativeFirst, this.scale);
        }
        if (this.positive != null) {
            sums.add(true, (byte[]) this.positive, this.positiveWidth, this.positiveFirst, this.scale);
        }
    }

    /**
     * Returns the same values with half the resolution.
     * @return a new histogram, or this one where it cannot be coarser or holds the values
     * themselves
     */
    public PackedHistogram halved() {
        if (this.scale == ExponentialHistogram.MIN_SCALE || this.positive instanceof double[]) {
            return this;
        }
        return new PackedHistogram(this.scale - 1, negative().halved(), this.zeros, positive().halved(), this.count);
    }

    private BucketCounts negative() {
        return (this.negative == null) ? BucketCounts.NONE
                : PackedCounts.unpack(this.negative, this.negativeWidth, this.negativeFirst);
    }

    private BucketCounts positive() {
        return (this.positive == null) ? BucketCounts.NONE
                : PackedCounts.unpack((byte[]) this.positive, this.positiveWidth, this.positiveFirst);
    }

    /**
     * Returns the bound of the relative error of a percentile.
     * @return 0 where the values themselves are kept
     */
    public double relativeError() {
        return (this.positive instanceof double[]) ? 0 : BucketLayout.relativeErrorOf(this.scale);
    }

    /**
     * Returns the number of values.
     * @return 0 or more
     */
    public long count() {
        return this.count;
    }

    /**
     * Returns the retained heap.
     * @return bytes
     */
    public long heapBytes() {
        return OBJECT_BYTES + arrayBytes(this.negative) + arrayBytes(this.positive);
    }

    private static long arrayBytes(@Nullable Object array) {
        if (array instanceof double[] values) {
            return Heap.array(values.length, Double.BYTES);
        }
        return (array instanceof byte[] counts) ? Heap.array(counts.length, Byte.BYTES) : 0;
    }

}
