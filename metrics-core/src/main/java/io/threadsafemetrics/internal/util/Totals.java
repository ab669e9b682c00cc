package io.threadsafemetrics.internal.util;

/**
 * Count, sum, smallest and largest of values added in stretches or merged.
 * <p>
 * The sum carries the rounding errors beside it (A. Neumaier, "Rundungsfehleranalyse
 * einiger Verfahren zur Summation endlicher Summen", ZAMM 54, 1974), so it stays within a
 * few units in the last place of Σ|x| at any count. A sum that leaves the range of a
 * double stays at the largest finite one, never infinite. Threads: the caller's lock.
 */
public class Totals {

    /** Retained heap. */
    public static final long OBJECT_BYTES = Heap.object(5 * Long.BYTES);

    private long count;

    private double sum;

    private double lostBits;

    private double min = Double.POSITIVE_INFINITY;

    private double max = Double.NEGATIVE_INFINITY;

    /** Starts without values. */
    public Totals() {
    }

    /**
     * Adds values: a few thousand at once, as only their joint sum carries its rounding
     * error.
     * @param values holds the values: finite
     * @param from the first one
     * @param to the end
     */
    public final void addAll(double[] values, int from, int to) {
        // two of each, as each addition waits for the one before
        double total = 0;
        double otherTotal = 0;
        double smallest = this.min;
        double otherSmallest = smallest;
        double largest = this.max;
        double otherLargest = largest;
        int i = from;
        for (; i < to - 1; i += 2) {
            double value = values[i];
            double other = values[i + 1];
            total += value;
            otherTotal += other;
            smallest = (value < smallest) ? value : smallest;
            otherSmallest = (other < otherSmallest) ? other : otherSmallest;
            largest = (value > largest) ? value : largest;
            otherLargest = (other > otherLargest) ? other : otherLargest;
        }
        if (i < to) {
            total += values[i];
            smallest = (values[i] < smallest) ? values[i] : smallest;
            largest = (values[i] > largest) ? values[i] : largest;
        }
        addJoint(values, from, to, total + otherTotal);
        this.min = (otherSmallest < smallest) ? otherSmallest : smallest;
        this.max = (otherLargest > largest) ? otherLargest : largest;
        if (this.min == 0 || this.max == 0) {
            orderZeros(values, from, to);
        }
    }

    private void addJoint(double[] values, int from, int to, double total) {
        this.count += to - from;
        if (Double.isFinite(total)) {
            addToSum(total);
            return;
        }
        for (int i = from; i < to; i++) {
            addToSum(values[i]);
        }
    }

    /** As {@link Math#min}, but only where it matters: -0.0 is below 0.0. */
    private void orderZeros(double[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            this.min = Math.min(this.min, values[i]);
            this.max = Math.max(this.max, values[i]);
        }
    }

    /**
     * Adds all that another one holds.
     * @param other the other one
     */
    public final void add(Totals other) {
        add(other.count, other.sum, other.min, other.max);
        addToSum(other.lostBits);
    }

    /**
     * Adds all that somebody else counted.
     * @param addedCount number of values
     * @param addedSum sum of the values: finite
     * @param addedMin the smallest
     * @param addedMax the largest
     */
    public final void add(long addedCount, double addedSum, double addedMin, double addedMax) {
        this.count += addedCount;
        addToSum(addedSum);
        this.min = Math.min(this.min, addedMin);
        this.max = Math.max(this.max, addedMax);
    }

    /**
     * Forgets all.
     */
    public final void clear() {
        this.count = 0;
        this.sum = 0;
        this.lostBits = 0;
        this.min = Double.POSITIVE_INFINITY;
        this.max = Double.NEGATIVE_INFINITY;
    }

    private void addToSum(double value) {
        double next = this.sum + value;
        if (Double.isInfinite(next)) {
            this.sum = Math.copySign(Double.MAX_VALUE, next);
            this.lostBits = 0;
            return;
        }
        this.lostBits += (Math.abs(this.sum) >= Math.abs(value)) ? (this.sum - next) + value
                : (value - next) + this.sum;
        this.sum = next;
    }

    /**
     * Returns the number of values.
     * @return 0 or more
     */
    public final long count() {
        return this.count;
    }

    /**
     * Returns the sum of the values.
     * @return a finite number, 0 where there is no value
     */
    public final double sum() {
        double total = this.sum + this.lostBits;
        return Double.isInfinite(total) ? Math.copySign(Double.MAX_VALUE, total) : total;
    }

    /**
     * Returns the smallest value.
     * @return the smallest value, infinite where there is none
     */
    public final double min() {
        return this.min;
    }

    /**
     * Returns the largest value.
     * @return the largest value, infinite where there is none
     */
    public final double max() {
        return this.max;
    }

}
