package io.threadsafemetrics.internal.distribution;

/**
 * How the values of an answer are spread. Any thread may read one that nobody adds to any
 * more.
 */
public interface Distribution {

    /**
     * Returns the value at a position of the sorted values.
     * @param rank position from 0
     * @return the value, or one within {@link #relativeError()} of it
     */
    double valueAtRank(long rank);

    /**
     * Returns how many values are at most a threshold.
     * @param threshold the threshold
     * @return the number, interpolated inside a bucket
     */
    double countAtMost(double threshold);

    /**
     * Calls a consumer for each bucket that has values, in ascending order.
     * @param consumer the consumer
     */
    void forEachBucket(BucketConsumer consumer);

    /**
     * Returns the bound of the relative error of {@link #valueAtRank}.
     * @return 0 where values are exact
     */
    double relativeError();

    /**
     * Takes a bucket.
     */
    @FunctionalInterface
    interface BucketConsumer {

        /**
         * Takes a bucket.
         * @param lower its lower bound
         * @param upper its upper bound
         * @param count its values
         */
        void accept(double lower, double upper, long count);

    }

}
