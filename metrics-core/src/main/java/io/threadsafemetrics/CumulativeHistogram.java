package io.threadsafemetrics;

import java.time.Instant;

import io.threadsafemetrics.internal.distribution.BucketCounts;
import io.threadsafemetrics.internal.distribution.ExponentialHistogram;

/**
 * How all values of a series are spread, for what adds up histograms of many processes.
 * Unlike a window it only grows: from one to a later one of the same series no bucket
 * loses a value, though buckets may have become wider.
 * <p>
 * Bucket {@code i} of a scale {@code s} holds the values in
 * {@code (2^((i-1)/2^s), 2^(i/2^s)]}, as in a Prometheus native histogram, which calls
 * the scale "schema"; OpenTelemetry's index is one lower. Each two buckets of a scale
 * make one of the next lower scale, so histograms of different scales add up without a
 * further error. Immutable, so any thread may use it.
 *
 * @since 0.1.0
 */
public final class CumulativeHistogram {

    /** Values at least so far from zero are in a bucket. */
    public static final double ZERO_THRESHOLD = Double.MIN_NORMAL;

    private final Instant since;

    private final double sum;

    private final long zeroCount;

    private final int scale;

    private final Buckets positive;

    private final Buckets negative;

    CumulativeHistogram(ExponentialHistogram histogram, double sum, Instant since) {
        this(since, sum, histogram.zeros(), histogram.scale(), new Buckets(histogram.positive()),
                new Buckets(histogram.negative()));
    }

    private CumulativeHistogram(Instant since, double sum, long zeroCount, int scale, Buckets positive,
            Buckets negative) {
        this.since = since;
        this.sum = sum;
        this.zeroCount = zeroCount;
        this.scale = scale;
        this.positive = positive;
        this.negative = negative;
    }

    /**
     * Returns since when values are counted: since the series began, or, where an earlier
     * value had already left the retention window when somebody first asked, since the
     * oldest one that had not.
     * @return by the wall clock of the question
     */
    public Instant since() {
        return this.since;
    }

    /**
     * Returns the number of values, which is that of all buckets and zeros.
     * @return 0 or more
     */
    public long count() {
        return this.zeroCount + this.positive.total() + this.negative.total();
    }

    /**
     * Returns the sum of the values.
     * @return a finite number
     */
    public double sum() {
        return this.sum;
    }

    /**
     * Returns how fine the buckets are.
     * @return from -10 to 9; 6 at the default relative error while there is memory
     */
    public int scale() {
        return this.scale;
    }

    /**
     * Returns how many values are closer to zero than {@link #ZERO_THRESHOLD}.
     * @return 0 or more
     */
    public long zeroCount() {
        return this.zeroCount;
    }

    /**
     * Returns the buckets of the positive values.
     * @return the buckets
     */
    public Buckets positive() {
        return this.positive;
    }

    /**
     * Returns the buckets of the negative values, by their magnitude.
     * @return the buckets
     */
    public Buckets negative() {
        return this.negative;
    }

    /**
     * Returns the same values in buckets that are no finer than a scale.
     * @param max the scale
     * @return this where its buckets are not finer
     */
    public CumulativeHistogram withScaleAtMost(int max) {
        CumulativeHistogram coarser = this;
        while (coarser.scale > max && coarser.scale > ExponentialHistogram.MIN_SCALE) {
            coarser = new CumulativeHistogram(this.since, this.sum, this.zeroCount, coarser.scale - 1,
                    coarser.positive.halved(), coarser.negative.halved());
        }
        return coarser;
    }

    @Override
    public String toString() {
        return "CumulativeHistogram[count=" + count() + ", sum=" + this.sum + ", scale=" + this.scale + ", since="
                + this.since + "]";
    }

    /**
     * Neighbouring buckets, from the first to the last one that holds a value.
     */
    public static final class Buckets {

        private final BucketCounts counts;

        Buckets(BucketCounts counts) {
            this.counts = counts;
        }

        /**
         * Returns how many there are, those without a value between others included.
         * @return 0 or more
         */
        public int size() {
            return this.counts.size();
        }

        /**
         * Returns the index of the first one, by the formula above.
         * @return the index, of no meaning where there is none
         */
        public int firstIndex() {
            return this.counts.first();
        }

        /**
         * Returns how many values a bucket holds.
         * @param position its position, from 0: its index is as much larger than the
         * first one
         * @return 0 or more
         * @throws IndexOutOfBoundsException if there is no such bucket
         */
        public long count(int position) {
            return this.counts.get(this.counts.first() + position);
        }

        private long total() {
            long total = 0;
            for (int i = 0; i < size(); i++) {
                total += count(i);
            }
            return total;
        }

        private Buckets halved() {
            return new Buckets(this.counts.halved());
        }

    }

}
