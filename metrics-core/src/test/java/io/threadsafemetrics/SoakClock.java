package io.threadsafemetrics;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A clock so fast that slots are joined and series fall silent during a short test, with
 * a wall clock that jumps.
 */
final class SoakClock implements MetricsClock {

    private static final int SPEED = 200;

    private static final long LONGEST_JUMP_MILLIS = Duration.ofDays(10_000).toMillis();

    private volatile long jumpedMillis;

    void jump() {
        this.jumpedMillis = ThreadLocalRandom.current().nextLong(-LONGEST_JUMP_MILLIS, LONGEST_JUMP_MILLIS);
    }

    @Override
    public long monotonicNanos() {
        return SPEED * System.nanoTime();
    }

    @Override
    public long wallClockMillis() {
        return System.currentTimeMillis() + this.jumpedMillis;
    }

}
