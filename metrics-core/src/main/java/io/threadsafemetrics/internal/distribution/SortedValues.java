package io.threadsafemetrics.internal.distribution;

import java.util.Arrays;

/**
 * A distribution whose values are all known.
 */
public final class SortedValues implements Distribution {

    private final double[] sorted;

    private final BucketLayout layout;

    /**
     * Takes over values and sorts them.
     * @param values the values; the caller leaves them alone from here on
     * @param layout where the buckets lie
     */
    public SortedValues(double[] values, BucketLayout layout) {
        Arrays.sort(values);
        this.sorted = values;
        this.layout = layout;
    }

    @Override
    public double valueAtRank(long rank) {
        return this.sorted[(int) rank];
    }

    @Override
    public double countAtMost(double threshold) {
        int low = 0;
        int high = this.sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (this.sorted[middle] <= threshold) {
                low = middle + 1;
            }
            else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public void forEachBucket(BucketConsumer consumer) {
        ExponentialHistogram histogram = ExponentialHistogram.unlimited(this.layout);
        for (double value : this.sorted) {
            histogram.add(value);
        }
        histogram.forEachBucket(consumer);
    }

    @Override
    public double relativeError() {
        return 0;
    }

}
