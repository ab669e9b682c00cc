package io.threadsafemetrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/**
 * Starts tasks at once and waits for all of them, but not for ever.
 */
enum TestThreads {

    PLATFORM, VIRTUAL;

    private static final long LIMIT_SECONDS = 300;

    private ExecutorService executor() {
        if (this == PLATFORM) {
            return Executors.newCachedThreadPool((task) -> {
                Thread thread = new Thread(task);
                thread.setDaemon(true); // a deadlock fails the test, not the build
                return thread;
            });
        }
        try {
            return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        }
        catch (ReflectiveOperationException | UnsupportedOperationException ex) {
            return Assumptions.abort("this JDK has no virtual threads");
        }
    }

    void run(List<? extends Callable<?>> tasks) throws Exception {
        ExecutorService executor = executor();
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> running = new ArrayList<>();
            for (Callable<?> task : tasks) {
                running.add(executor.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            start.countDown();
            for (Future<?> one : running) {
                one.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        }
        finally {
            executor.shutdownNow();
        }
    }

}
