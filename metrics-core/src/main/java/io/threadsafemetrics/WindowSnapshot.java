package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

import io.threadsafemetrics.internal.distribution.Distribution;
import io.threadsafemetrics.internal.util.Checks;
import io.threadsafemetrics.internal.util.Totals;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a span of time, all taken in one instant. Immutable.
 * <p>
 * Count, sum, smallest and largest value are exact over {@link #from()} to {@link #to()},
 * both included. The span holds the span that was asked for and exceeds it at each end by
 * at most 1 s or 5 % of that end's age, whichever is more; it does not exceed it at all
 * where every value was still kept raw. A percentile is within {@link #relativeError()}
 * of the true one, and never outside the smallest and largest value.
 *
 * @since 0.1.0
 */
public final class WindowSnapshot {

    private final Instant from;

    private final Instant to;

    private final Totals totals;

    private final @Nullable Distribution distribution; // null without values

    private final boolean exact;

    private final boolean truncated;

    WindowSnapshot(Instant from, Instant to, Totals totals, @Nullable Distribution distribution, boolean exact,
            boolean truncated) {
        this.from = from;
        this.to = to;
        this.totals = totals;
        this.distribution = (totals.count() > 0) ? distribution : null;
        this.exact = exact;
        this.truncated = truncated;
    }

    /**
     * Returns the start of the span, included.
     * @return the wall clock at the query minus the start's monotonic age
     */
    public Instant from() {
        return this.from;
    }

    /**
     * Returns the end of the span: the query, unless a past span was asked for.
     * @return the wall clock at the query minus the end's monotonic age
     */
    public Instant to() {
        return this.to;
    }

    /**
     * Returns the number of values.
     * @return 0 or more
     */
    public long count() {
        return this.totals.count();
    }

    /**
     * Returns the sum of the values, within {@code 1e-12 × Σ|x|}.
     * @return the sum, 0 where there is no value
     */
    public double sum() {
        return this.totals.sum();
    }

    /**
     * Returns the smallest value.
     * @return the smallest value, or empty where there is none
     */
    public OptionalDouble min() {
        return optional(this.totals.min());
    }

    /**
     * Returns the largest value.
     * @return the largest value, or empty where there is none
     */
    public OptionalDouble max() {
        return optional(this.totals.max());
    }

    /**
     * Returns the arithmetic mean.
     * @return the mean, or empty where there is no value
     */
    public OptionalDouble average() {
        return optional(bounded(this.totals.sum() / this.totals.count()));
    }

    /**
     * Returns a percentile: of n sorted values the one at
     * {@code min(floor(p / 100 * n), n - 1)}, as in the reference. Linear in the number
     * of buckets, constant where {@link #exact()}.
     * @param p which one, from 0 to 100
     * @return a value within {@link #relativeError()} of it, or empty where there is none
     * @throws IllegalArgumentException if p is outside 0 to 100 or NaN
     */
    public OptionalDouble percentile(double p) {
        Limits.percentile(p);
        Distribution known = this.distribution;
        if (known == null) {
            return OptionalDouble.empty();
        }
        long last = count() - 1;
        long rank = Math.min((long) (p / 100.0 * count()), last);
        if (rank == 0) {
            return min();
        }
        return (rank == last) ? max() : OptionalDouble.of(bounded(known.valueAtRank(rank)));
    }

    /**
     * Returns values per second of the span.
     * @return {@code count / seconds(from..to)}, 0 below two values
     */
    public double rate() {
        double seconds = Duration.between(this.from, this.to).toNanos() / 1e9;
        return (count() < 2 || seconds <= 0) ? 0.0 : count() / seconds;
    }

    /**
     * Returns which part of the values is at most a threshold: exact where
     * {@link #exact()}, else interpolated inside the bucket that holds the threshold.
     * @param threshold the threshold, not NaN
     * @return from 0 to 1, or empty where there is no value
     * @throws IllegalArgumentException if the threshold is NaN
     */
    public OptionalDouble fractionAtMost(double threshold) {
        Checks.argument(!Double.isNaN(threshold), "threshold", "be a number", threshold);
        Distribution known = this.distribution;
        if (known == null) {
            return OptionalDouble.empty();
        }
        if (threshold >= this.totals.max()) {
            return OptionalDouble.of(1.0);
        }
        if (threshold < this.totals.min()) {
            return OptionalDouble.of(0.0);
        }
        return OptionalDouble.of(Math.min(1.0, known.countAtMost(threshold) / count()));
    }

    /**
     * Returns how the values are spread over buckets of constant relative width.
     * @return the buckets that have values, in ascending order; their counts add up to
     * {@link #count()}
     */
    public List<Bucket> buckets() {
        List<Bucket> buckets = new ArrayList<>();
        if (this.distribution != null) {
            this.distribution.forEachBucket((lower, upper, count) -> buckets.add(new Bucket(lower, upper, count)));
        }
        return List.copyOf(buckets);
    }

    /**
     * Whether every value of the span was still kept raw, so that percentiles are exact.
     * @return true if they are
     */
    public boolean exact() {
        return this.exact;
    }

    /**
     * Returns the bound of the relative error of a percentile. Where it is not 0, values
     * closer to zero than {@link Double#MIN_NORMAL} count as zero.
     * @return 0 where {@link #exact()}, else about 0.0054 at the default settings
     */
    public double relativeError() {
        return (this.exact || this.distribution == null) ? 0.0 : this.distribution.relativeError();
    }

    /**
     * Whether the span starts later than asked, because memory pressure had older slots
     * dropped.
     * @return true if it does
     */
    public boolean truncated() {
        return this.truncated;
    }

    private double bounded(double figure) {
        return Math.min(Math.max(figure, this.totals.min()), this.totals.max());
    }

    private OptionalDouble optional(double figure) {
        return (count() > 0) ? OptionalDouble.of(figure) : OptionalDouble.empty();
    }

    @Override
    public String toString() {
        return "WindowSnapshot[from=" + this.from + ", to=" + this.to + ", count=" + count() + ", sum=" + sum() + "]";
    }

}
