package io.threadsafemetrics;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Threads that do not keep a JVM alive, and their end.
 */
final class DaemonThreads implements ThreadFactory {

    private static final long STOP_MILLIS = TimeUnit.SECONDS.toMillis(2);

    private final String name;

    private volatile @Nullable Thread newest; // of an executor with one thread at a time

    private DaemonThreads(String name) {
        this.name = name;
    }

    static ThreadFactory named(String name) {
        return new DaemonThreads(name);
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new DaemonThread(task, this.name);
        thread.setDaemon(true);
        this.newest = thread;
        return thread;
    }

    /**
     * Interrupts the thread of an executor and waits a moment for its end, unless it is
     * one of these threads that asks.
     */
    static void stop(ThreadPoolExecutor executor) {
        executor.shutdownNow();
        Thread thread = (executor.getThreadFactory() instanceof DaemonThreads threads) ? threads.newest : null;
        if (thread == null || Thread.currentThread() instanceof DaemonThread) {
            return;
        }
        try {
            thread.join(STOP_MILLIS); // an executor terminates before its thread ends
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class DaemonThread extends Thread {

        DaemonThread(Runnable task, String name) {
            super(task, name);
        }

    }

}
