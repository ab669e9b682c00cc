package io.threadsafemetrics.spring.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What goes on at the same time: each task again and again on a thread of its own, until
 * time is over or one of them has found a fault.
 */
final class Tasks {

    private static final int MOST_TURNS = 600;

    private static final long TURN_MILLIS = 100;

    private static final long LAST_RUN_MILLIS = TimeUnit.SECONDS.toMillis(60);

    private final List<Thread> threads = new ArrayList<>();

    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

    private final CountDownLatch end = new CountDownLatch(1);

    void add(String name, Duration pause, Task task) {
        Thread thread = new Thread(() -> repeat(name, pause, task), "soak-" + name);
        thread.setDaemon(true); // one that hangs fails the test, not the build
        this.threads.add(thread);
    }

    private void repeat(String name, Duration pause, Task task) {
        try {
            do {
                task.run();
            }
            while (!this.end.await(pause.toNanos(), TimeUnit.NANOSECONDS));
        }
        catch (Throwable ex) {
            this.faults.add(new AssertionError(name + ": " + ex, ex));
            this.end.countDown();
        }
    }

    /** Runs all for so long, and on a slow machine until enough has happened. */
    void run(Duration length, BooleanSupplier enough) throws InterruptedException {
        this.threads.forEach(Thread::start);
        boolean over = this.end.await(length.toNanos(), TimeUnit.NANOSECONDS);
        for (int turn = 0; turn < MOST_TURNS && !over && !enough.getAsBoolean(); turn++) {
            over = this.end.await(TURN_MILLIS, TimeUnit.MILLISECONDS);
        }
        this.end.countDown();
        long limit = System.currentTimeMillis() + LAST_RUN_MILLIS;
        for (Thread thread : this.threads) {
            thread.join(Math.max(1, limit - System.currentTimeMillis()));
            if (thread.isAlive()) {
                this.faults.add(new AssertionError(
                        thread.getName() + " does not end, it is at " + Arrays.toString(thread.getStackTrace())));
            }
        }
        Throwable first = this.faults.poll();
        if (first != null) {
            this.faults.forEach(first::addSuppressed);
            throw new AssertionError(first.getMessage(), first);
        }
    }

    /** One turn of a task. */
    interface Task {

        void run() throws Exception;

    }

}
