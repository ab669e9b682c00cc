package io.threadsafemetrics;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Runs what a collector does by itself, on one daemon thread that starts with the first
 * job.
 */
final class CollectorScheduler {

    enum Job {

        CLEANUP, ALERTS, CLOCK

    }

    private final Object lock = new Object();

    private final Set<Job> started = new HashSet<>(); // guarded by lock

    private final UnexpectedErrors errors;

    private @Nullable ScheduledThreadPoolExecutor executor; // guarded by lock

    private boolean closed; // guarded by lock

    CollectorScheduler(UnexpectedErrors errors) {
        this.errors = errors;
    }

    /**
     * Starts a job, unless it was started before, is switched off, or all is over.
     * @param interval the time between two runs; zero is off
     */
    @SuppressWarnings("FutureReturnValueIgnored") // a guarded task never fails
    void start(Job job, Duration interval, Runnable task) {
        if (interval.isZero()) {
            return;
        }
        synchronized (this.lock) {
            if (this.closed || !this.started.add(job)) {
                return;
            }
            long nanos = interval.toNanos();
            executor().scheduleWithFixedDelay(guarded(task), nanos, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /**
     * Runs a task soon.
     * @return false if all is over
     */
    boolean tryRun(Runnable task) {
        synchronized (this.lock) {
            if (this.closed) {
                return false;
            }
            executor().execute(guarded(task));
            return true;
        }
    }

    private ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor running = this.executor;
        if (running == null) {
            running = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("threadsafe-metrics-scheduler"));
            this.executor = running;
        }
        return running;
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            }
            catch (Throwable ex) { // an executor drops a job that throws
                this.errors.add(ex);
            }
        };
    }

    void close() {
        ScheduledThreadPoolExecutor running;
        synchronized (this.lock) {
            this.closed = true;
            running = this.executor;
        }
        if (running != null) {
            DaemonThreads.stop(running);
        }
    }

}
