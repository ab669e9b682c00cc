package io.threadsafemetrics.sample;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Runs a task again and again, on a daemon thread of its own, while the application
 * context runs. The pause is counted from the end of a run, so runs never pile up.
 * <p>
 * In the default phase it starts after the web server and stops before it.
 */
public final class BackgroundTask implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(BackgroundTask.class);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    private final String name;

    private final Duration pause;

    private final Runnable task;

    private volatile @Nullable ScheduledExecutorService executor; // written under this

    public BackgroundTask(String name, Duration pause, Runnable task) {
        this.name = name;
        this.pause = pause;
        this.task = task;
    }

    @Override
    public synchronized void start() {
        if (this.executor == null) {
            ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(this::newThread);
            this.executor = started;
            Future<?> unused = started.scheduleWithFixedDelay(this::run, 0, this.pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private Thread newThread(Runnable runnable) {
        Thread thread = new Thread(runnable, this.name);
        thread.setDaemon(true);
        return thread;
    }

    private void run() {
        try {
            this.task.run();
        }
        catch (RuntimeException ex) { // else there would be no further run
            if (isRunning()) { // else it was interrupted to stop
                logger.warn("{} failed: {}", this.name, ex.toString());
            }
        }
    }

    @Override
    public synchronized void stop() {
        ScheduledExecutorService running = this.executor;
        if (running == null) {
            return;
        }
        this.executor = null;
        running.shutdownNow();
        try {
            running.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return this.executor != null;
    }

}
