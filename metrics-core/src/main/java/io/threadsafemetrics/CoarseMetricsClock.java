package io.threadsafemetrics;

/**
 * A clock that others move on.
 */
final class CoarseMetricsClock implements MetricsClock {

    /*
     * Shared state: nanos, written by the scheduler thread and by readers of a metric,
     * read by any writer. Volatile, so that a value recorded after a question was asked
     * does not carry an earlier time than the answer. Concurrent ticks may write an older
     * reading last; the metric's lock keeps times from going back. Checked by
     * CoarseMetricsClockStress (control: a plain field).
     */
    private volatile long nanos = System.nanoTime();

    void tick() {
        this.nanos = System.nanoTime();
    }

    @Override
    public long monotonicNanos() {
        return this.nanos;
    }

    @Override
    public long wallClockMillis() {
        return System.currentTimeMillis();
    }

}
