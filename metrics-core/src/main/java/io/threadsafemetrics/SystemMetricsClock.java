package io.threadsafemetrics;

/**
 * The clock of the JVM.
 */
final class SystemMetricsClock implements MetricsClock {

    static final SystemMetricsClock INSTANCE = new SystemMetricsClock();

    private SystemMetricsClock() {
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public long wallClockMillis() {
        return System.currentTimeMillis();
    }

}
