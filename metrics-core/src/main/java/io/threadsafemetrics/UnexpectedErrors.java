package io.threadsafemetrics;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * Counts exceptions that nobody expected, and keeps the first for the log. Threads: any;
 * ordered with nothing.
 */
final class UnexpectedErrors {

    private final LongAdder count = new LongAdder();

    private final AtomicReference<@Nullable Throwable> unlogged = new AtomicReference<>();

    private final OncePerMinute minute = new OncePerMinute();

    private final boolean logged;

    /**
     * Starts without errors.
     * @param logged whether anybody takes them for a log, so that one is worth keeping
     */
    UnexpectedErrors(boolean logged) {
        this.logged = logged;
    }

    void add(Throwable error) {
        this.count.increment();
        if (this.logged && this.unlogged.get() == null) {
            this.unlogged.compareAndSet(null, error);
        }
    }

    long count() {
        return this.count.sum();
    }

    /** Returns one that is new, at most once a minute, else null. */
    @Nullable Throwable takeForLog() {
        return (this.unlogged.get() != null && this.minute.tryAcquire()) ? this.unlogged.getAndSet(null) : null;
    }

}
