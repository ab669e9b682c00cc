package io.threadsafemetrics.internal.distribution;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A distribution whose values are all known. Sorts them no further than the ranks asked
 * for need.
 * <p>
 * Quickselect (Hoare, "Algorithm 65: Find", CACM 4(7), 1961) that remembers which
 * positions hold what they would hold in the sorted array: a further rank looks only at
 * the values between the two settled positions around it. A rank that meets many bad
 * pivots has its range sorted, so the worst case is that of sorting. Of a negative and a
 * positive zero either may come first.
 * <p>
 * Threads: any. Looking for a rank moves values, so what reads them is synchronized.
 */
public final class SelectedValues implements Distribution {

    /** Ranges of up to so many values are sorted at once. */
    private static final int FEW = 24;

    /** From so many values on a pivot is the median of three medians. */
    private static final int MANY = 256;

    private final double[] values;

    private final BitSet settled;

    private final BucketLayout layout;

    /**
     * Takes over values.
     * @param values the values: finite; the caller leaves them alone from here on
     * @param layout where the buckets lie
     */
    public SelectedValues(double[] values, BucketLayout layout) {
        this.values = values;
        this.settled = new BitSet(values.length);
        this.layout = layout;
    }

    @Override
    public synchronized double valueAtRank(long rank) {
        int at = (int) rank;
        int low = this.settled.previousSetBit(at) + 1;
        int high = this.settled.nextSetBit(at) - 1;
        high = (high < -1) ? this.values.length - 1 : high;
        int patience = 2 * (32 - Integer.numberOfLeadingZeros(high - low + 1));
        while (low <= high) { // else the rank is settled
            if (high - low < FEW || patience-- == 0) {
                settleAll(low, high);
                break;
            }
            int pivot = partition(low, high);
            this.settled.set(pivot);
            if (pivot <= at) {
                low = pivot + 1;
            }
            if (pivot >= at) {
                high = pivot - 1;
            }
        }
        return this.values[at];
    }

    private void settleAll(int low, int high) {
        Arrays.sort(this.values, low, high + 1);
        this.settled.set(low, high + 1);
    }

    /**
     * Moves values so that one is where the sorted array has it, smaller ones are before
     * it and larger ones behind. Equal ones go to both sides, else many would make one
     * side empty.
     * @return its position
     */
    private int partition(int low, int high) {
        swap(low, pivot(low, high));
        double pivot = this.values[low];
        int up = low;
        int down = high + 1;
        while (true) {
            do {
                up++;
            }
            while (up < high && this.values[up] < pivot);
            do {
                down--;
            }
            while (this.values[down] > pivot);
            if (up >= down) {
                swap(low, down);
                return down;
            }
            swap(up, down);
        }
    }

    private int pivot(int low, int high) {
        int middle = (low + high) >>> 1;
        if (high - low < MANY) {
            return median(low, middle, high);
        }
        int step = (high - low) >>> 3;
        return median(median(low, low + step, low + 2 * step), median(middle - step, middle, middle + step),
                median(high - 2 * step, high - step, high));
    }

    private int median(int a, int b, int c) {
        double[] at = this.values;
        if (at[a] < at[b]) {
            return (at[b] < at[c]) ? b : (at[a] < at[c]) ? c : a;
        }
        return (at[a] < at[c]) ? a : (at[b] < at[c]) ? c : b;
    }

    private void swap(int a, int b) {
        double value = this.values[a];
        this.values[a] = this.values[b];
        this.values[b] = value;
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
        histogram().forEachBucket(consumer); // not while other threads wait
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
