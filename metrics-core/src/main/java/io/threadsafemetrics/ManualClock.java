package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;

import io.threadsafemetrics.internal.util.Checks;

/**
 * A clock that moves only when told to, for tests of windows and alert rules without a
 * sleep. Any thread may read or move it.
 *
 * @since 0.1.0
 */
public final class ManualClock implements MetricsClock {

    private static final Duration MAX_STEP = Duration.ofDays(36_500);

    private final Object lock = new Object();

    private long monotonicNanos;

    private Instant wallClock;

    /**
     * Creates a clock that shows 2020-01-01T00:00:00Z.
     */
    public ManualClock() {
        this(Instant.parse("2020-01-01T00:00:00Z"));
    }

    /**
     * Creates a clock.
     * @param wallClock the time of day that it shows
     */
    public ManualClock(Instant wallClock) {
        this.wallClock = Checks.notNull(wallClock, "wallClock");
    }

    /**
     * Moves both the monotonic and the wall clock.
     * @param duration how far: zero or more
     * @throws IllegalArgumentException if the duration is null or negative
     */
    public void advance(Duration duration) {
        Checks.notNegative(duration, MAX_STEP, "duration");
        synchronized (this.lock) {
            this.monotonicNanos += duration.toNanos();
            this.wallClock = this.wallClock.plus(duration);
        }
    }

    /**
     * Sets the wall clock alone, as an operator or a time server would.
     * @param instant the time of day that it shows from now on
     */
    public void setWallClock(Instant instant) {
        Checks.notNull(instant, "instant");
        synchronized (this.lock) {
            this.wallClock = instant;
        }
    }

    @Override
    public long monotonicNanos() {
        synchronized (this.lock) {
            return this.monotonicNanos;
        }
    }

    @Override
    public long wallClockMillis() {
        synchronized (this.lock) {
            return this.wallClock.toEpochMilli();
        }
    }

}
