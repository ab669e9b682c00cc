package io.threadsafemetrics.internal.distribution;

import java.util.Arrays;

import io.threadsafemetrics.internal.util.Heap;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link ExponentialHistogram} held, in few bytes: its buckets in the narrowest
 * integers and trimmed to those in use, or the values themselves where they are few.
 * <p>
 * Immutable: any thread may read one, whichever way it got it, since all that it holds
 * was written before the end of its constructor and is reached by final fields. Its
 * layout is that of the histograms it is added to.
 */
public final class PackedHistogram {

    private static final long OBJECT_BYTES = Heap
        .object(2 * Heap.REFERENCE + 2 * Integer.BYTES + 2 * Long.BYTES + Byte.BYTES);

    private final byte scale;

    private final int firstNegative; // index of the first count

    private final int firstPositive;

    private final @Nullable Object negative; // as in PackedCounts

    private final @Nullable Object positive; // the same, or a double[] with all values

    private final long zeros;

    private final long count;

    private PackedHistogram(int scale, int firstNegative, @Nullable Object negative, long zeros, int firstPositive,
            @Nullable Object positive, long count) {
        this.scale = (byte) scale;
        this.firstNegative = firstNegative;
        this.negative = negative;
        this.zeros = zeros;
        this.firstPositive = firstPositive;
        this.positive = positive;
        this.count = count;
    }

    /**
     * Packs values, in whichever form is smaller.
     * @param values the values: finite; they are copied
     * @param size how many of them, from the first one on
     * @param layout where the buckets lie
     * @return the histogram
     */
    public static PackedHistogram of(double[] values, int size, BucketLayout layout) {
        PackedHistogram kept = new PackedHistogram(layout.scale(), 0, null, 0, 0, Arrays.copyOf(values, size), size);
        if (kept.heapBytes() <= OBJECT_BYTES + leastBucketBytes(values, size, layout)) {
            return kept; // without the work of counting
        }
        ExponentialHistogram histogram = ExponentialHistogram.unlimited(layout);
        histogram.addAll(values, 0, size);
        PackedHistogram counted = histogram.pack();
        return (kept.heapBytes() <= counted.heapBytes()) ? kept : counted;
    }

    /** What the buckets of some values take if a byte counts each. */
    private static long leastBucketBytes(double[] values, int size, BucketLayout layout) {
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

    /**
     * Packs the buckets in use. Their values are all zeros, all those below and above.
     */
    static PackedHistogram of(int scale, Buckets negative, long zeros, Buckets positive, long count) {
        return new PackedHistogram(scale, negative.firstUsed(), negative.pack(), zeros, positive.firstUsed(),
                positive.pack(), count);
    }

    /**
     * Adds up two histograms. The result has the coarser one's resolution, or less where
     * both together span too much, and the form that is smaller.
     * @param first the one
     * @param second the other one
     * @param layout the layout of both
     * @return the sum
     */
    public static PackedHistogram merge(PackedHistogram first, PackedHistogram second, BucketLayout layout) {
        if (first.positive instanceof double[] values && second.positive instanceof double[] more) {
            double[] all = Arrays.copyOf(values, values.length + more.length);
            System.arraycopy(more, 0, all, values.length, more.length);
            return of(all, all.length, layout);
        }
        ExponentialHistogram sum = ExponentialHistogram.unlimited(layout);
        sum.add(first);
        sum.add(second);
        return sum.pack();
    }

    /**
     * Adds all that this holds to a histogram.
     * @param histogram the histogram
     */
    void addTo(ExponentialHistogram histogram) {
        if (this.positive instanceof double[] values) {
            histogram.addAll(values, 0, values.length);
        }
        else {
            histogram.add(this.scale, this.firstNegative, this.negative, this.zeros, this.firstPositive, this.positive,
                    this.count);
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
        return new PackedHistogram(this.scale - 1, BucketLayout.downscaled(this.firstNegative, 1),
                PackedCounts.halved(this.firstNegative, this.negative), this.zeros,
                BucketLayout.downscaled(this.firstPositive, 1), PackedCounts.halved(this.firstPositive, this.positive),
                this.count);
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
        return OBJECT_BYTES + PackedCounts.heapBytes(this.negative) + ((this.positive instanceof double[] values)
                ? Heap.array(values.length, Double.BYTES) : PackedCounts.heapBytes(this.positive));
    }

}
