package io.threadsafemetrics.benchmarks;

import java.time.Duration;

import io.threadsafemetrics.MetricsClock;

/**
 * The system's clock, ahead by as much as it was moved. It is moved by one thread before
 * others read it.
 */
final class ShiftedClock implements MetricsClock {

    private long shiftNanos;

    void advance(Duration duration) {
        this.shiftNanos += duration.toNanos();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime() + this.shiftNanos;
    }

    @Override
    public long wallClockMillis() {
        return System.currentTimeMillis() + this.shiftNanos / 1_000_000;
    }

}
