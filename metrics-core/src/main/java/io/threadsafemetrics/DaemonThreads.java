package io.threadsafemetrics;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Threads that do not keep a JVM alive, and their end.
 */
final class DaemonThreads {

    private static final long STOP_SECONDS = 2;

    private DaemonThreads() {
    }

    static ThreadFactory named(String name) {
        return (task) -> {
            Thread thread = new DaemonThread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Interrupts the threads of an executor and waits a moment for their end, unless it
     * is one of them that asks.
     */
    static void stop(ExecutorService executor) {
        executor.shutdownNow();
        if (Thread.currentThread() instanceof DaemonThread) {
            return;
        }
        try {
            executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
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
