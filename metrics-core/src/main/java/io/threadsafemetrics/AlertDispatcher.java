package io.threadsafemetrics;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Calls the alert callbacks, one event at a time, on a thread of its own that ends when
 * there is nothing to tell. An event that finds the queue full is dropped and counted.
 */
final class AlertDispatcher {

    static final int QUEUE_CAPACITY = 1000;

    private static final System.Logger logger = System.getLogger(AlertDispatcher.class.getName());

    private final CopyOnWriteArrayList<AlertCallback> callbacks = new CopyOnWriteArrayList<>();

    private final RecordingCounters counters;

    private final OncePerMinute complaints = new OncePerMinute();

    private final Object lock = new Object();

    // guarded by lock; made for the first event
    private @Nullable ThreadPoolExecutor executor;

    private boolean closed; // guarded by lock

    AlertDispatcher(RecordingCounters counters) {
        this.counters = counters;
    }

    void add(AlertCallback callback) {
        this.callbacks.addIfAbsent(callback);
    }

    boolean remove(AlertCallback callback) {
        return this.callbacks.remove(callback);
    }

    void deliver(AlertEvent event) {
        if (!this.callbacks.isEmpty()) {
            execute(() -> this.callbacks.forEach((callback) -> call(callback, event)));
        }
    }

    private void execute(Runnable delivery) {
        synchronized (this.lock) {
            if (this.closed) {
                this.counters.droppedAlerts.increment();
                return;
            }
            if (this.executor == null) {
                this.executor = newExecutor();
            }
            this.executor.execute(delivery);
        }
    }

    private ThreadPoolExecutor newExecutor() {
        ThreadPoolExecutor created = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE_CAPACITY), DaemonThreads.named("threadsafe-metrics-alerts"),
                (task, pool) -> this.counters.droppedAlerts.increment());
        created.allowCoreThreadTimeOut(true);
        return created;
    }

    private void call(AlertCallback callback, AlertEvent event) {
        try {
            callback.onAlert(event);
        }
        catch (Throwable ex) { // one callback must not harm another
            this.counters.failedCallbacks.increment();
            if (this.complaints.tryAcquire()) {
                logger.log(System.Logger.Level.WARNING, () -> "Alert callback failed on " + event, ex);
            }
        }
    }

    void close() {
        ThreadPoolExecutor running;
        synchronized (this.lock) {
            this.closed = true;
            running = this.executor;
        }
        if (running != null) {
            this.counters.droppedAlerts.add(DaemonThreads.stop(running));
        }
    }

}
