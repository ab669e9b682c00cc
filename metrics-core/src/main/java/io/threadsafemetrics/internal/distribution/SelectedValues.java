package io.threadsafemetrics.internal.distribution;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A distribution whose values are all known. Sorts them no further than the ranks asked
 * for need.
 * <p>
 * Quickselect (Hoare, "Algorithm 65: Find", CACM 4(7), 1961) that remembers where it cut:
 * a further rank looks only at the values between the two cuts around it. Lomuto's
 * partition is done without branches, because half of Hoare's would be mispredicted. A
 * rank that meets many bad pivots has its values sorted, so the worst case is that of
 * sorting. Of a negative and a positive zero either may come first.
 * <p>
 * Threads: any. Looking for a rank moves values, so all that reads them is synchronized.
 * Checked by SelectedValuesStress (control: sorted on demand without a lock).
 */
public final class SelectedValues implements Distribution {

    /** So many values are sorted at once. */
    private static final int FEW = 16;

    /** From so many values on a pivot is the median of three medians. */
    private static final int MANY = 128;

    private final double[] values;

    /** Positions such that no value before is larger than any value from there on. */
    private final BitSet cuts;

    private final BucketLayout layout;

    /**
     * Takes over values.
     * @param values the values: finite; the caller leaves them alone from here on
     * @param layout where the buckets lie
     */
    public SelectedValues(double[] values, BucketLayout layout) {
        this.values = values;
        this.cuts = new BitSet(values.length + 1);
        this.cuts.set(0);
        this.cuts.set(values.length);
        this.layout = layout;
    }

    @Override
    public synchronized double valueAtRank(long rank) {
        int at = (int) rank;
        int from = this.cuts.previousSetBit(at);
        int to = this.cuts.nextSetBit(at + 1);
        int patience = 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(to - from));
        while (to - from > FEW && patience > 0) {
            patience--;
            cut(from, to);
            from = this.cuts.previousSetBit(at);
            to = this.cuts.nextSetBit(at + 1);
        }
        if (to - from > 1) {
            Arrays.sort(this.values, from, to);
            this.cuts.set(from, to);
        }
        return this.values[at];
    }

    /**
     * Cuts a range at a pivot, or behind all that equal it where none is smaller.
     */
    private void cut(int from, int to) {
        double pivot = pivot(from, to - 1);
        int cut = partition(from, to, pivot);
        if (cut > from) {
            this.cuts.set(cut);
        }
        else {
            int behindEqual = partition(from, to, Math.nextUp(pivot));
            this.cuts.set(from, behindEqual + 1); // they are sorted
        }
    }

    /**
     * Moves the values below a bound to the front.
     * @return the position behind them
     */
    private int partition(int from, int to, double bound) {
        double[] moved = this.values;
        int behind = from;
        for (int i = from; i < to; i++) {
            double value = moved[i];
            moved[i] = moved[behind];
            moved[behind] = value;
            behind += (value < bound) ? 1 : 0;
        }
        return behind;
    }

    private double pivot(int low, int high) {
        int middle = (low + high) >>> 1;
        if (high - low < MANY) {
            return median(low, middle, high);
        }
        int step = (high - low) >>> 3;
        return median(median(low, low + step, low + 2 * step), median(middle - step, middle, middle + step),
                median(high - 2 * step, high - step, high));
    }

    private double median(int a, int b, int c) {
        return median(this.values[a], this.values[b], this.values[c]);
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    @Override
    public synchronized double countAtMost(double threshold) {
        int count = 0;
        for (double value : this.values) {
            count += (value <= threshold) ? 1 : 0;
        }
        return count;
    }

    @Override
    public void forEachBucket(BucketConsumer consumer) {
        histogram().forEachBucket(consumer); // others need not wait for the consumer
    }

    private synchronized ExponentialHistogram histogram() {
        ExponentialHistogram histogram = ExponentialHistogram.unlimited(this.layout);
        histogram.addAll(this.values, 0, this.values.length);
        return histogram;
    }

    @Override
    public double relativeError() {
        return 0;
    }

}
