package io.threadsafemetrics.benchmarks;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Compares what the threads of a trial recorded with what the library says. A difference
 * fails the trial.
 */
@State(Scope.Benchmark)
public class Tally {

    /*
     * Shared state: two atomic numbers. Each thread adds what it recorded before it
     * leaves, so the last one to leave, which closes, sees the sum of all.
     */
    private final AtomicInteger threads = new AtomicInteger();

    private final AtomicLong recorded = new AtomicLong();

    // Written once, before the trial's first iteration.
    private LongSupplier counted = this.recorded::get;

    private AutoCloseable subject = () -> {
    };

    /**
     * Names what is measured: called once a trial, before any thread records.
     * @param counted asks the library how many values it has
     * @param subject what to close at the end
     */
    void watch(LongSupplier counted, AutoCloseable subject) {
        this.counted = counted;
        this.subject = subject;
    }

    /** For values recorded by no thread of the trial, as those of a set-up. */
    void add(long values) {
        this.recorded.addAndGet(values);
    }

    void enter() {
        this.threads.incrementAndGet();
    }

    /** Each thread calls this once, after its last value. */
    void leave(long values) throws Exception {
        add(values);
        if (this.threads.decrementAndGet() == 0) {
            check();
            this.subject.close();
        }
    }

    private void check() {
        long expected = this.recorded.get();
        long actual = this.counted.getAsLong();
        if (actual != expected) {
            throw new IllegalStateException("Recorded " + expected + " values but the library has " + actual);
        }
    }

}
