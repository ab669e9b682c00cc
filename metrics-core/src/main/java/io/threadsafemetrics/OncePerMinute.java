package io.threadsafemetrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets one caller a minute pass, to keep a log short. Checked by OncePerMinuteStress
 * (control: the time read, and written after).
 */
final class OncePerMinute {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong passed = new AtomicLong(System.nanoTime() - MINUTE);

    boolean tryAcquire() {
        long now = System.nanoTime();
        long last = this.passed.get();
        return now - last >= MINUTE && this.passed.compareAndSet(last, now);
    }

}
