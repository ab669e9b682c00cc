package io.threadsafemetrics.spring.micrometer;

import java.util.Objects;

import io.micrometer.core.instrument.Clock;
import io.threadsafemetrics.MetricsClock;

/**
 * Lets a collector run on a clock of Micrometer, so that its windows and the meters of a
 * registry see the same time: a mock clock in tests, say.
 * <p>
 * Threads: any.
 *
 * @since 0.1.0
 */
public final class MicrometerMetricsClock implements MetricsClock {

    private final Clock clock;

    /**
     * Creates a clock.
     * @param clock where the time comes from
     */
    public MicrometerMetricsClock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "'clock' must not be null");
    }

    @Override
    public long monotonicNanos() {
        return this.clock.monotonicTime();
    }

    @Override
    public long wallClockMillis() {
        return this.clock.wallTime();
    }

}
