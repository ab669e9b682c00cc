package io.threadsafemetrics.spring.soak;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.threadsafemetrics.MetricsClock;

/**
 * A clock whose wall clock is set by decades, back and forth, while time goes on.
 */
final class JumpingClock implements MetricsClock {

    private static final long LONGEST_JUMP_MILLIS = Duration.ofDays(10_000).toMillis();

    private volatile long jumpedMillis;

    void jump() {
        this.jumpedMillis = ThreadLocalRandom.current().nextLong(-LONGEST_JUMP_MILLIS, LONGEST_JUMP_MILLIS);
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public long wallClockMillis() {
        return System.currentTimeMillis() + this.jumpedMillis;
    }

}
