package io.threadsafemetrics;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

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

    private final ThreadPoolExecutor executor;

    AlertDispatcher(RecordingCounters counters) {
        this.counters = counters;
        this.executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE_CAPACITY),
                DaemonThreads.named("threadsafe-metrics-alerts"), (task, pool) -> counters.droppedAlerts.increment());
        this.executor.allowCoreThreadTimeOut(true);
    }

    void add(AlertCallback callback) {
        this.callbacks.addIfAbsent(callback);
    }

    boolean remove(AlertCallback callback) {
        return this.callbacks.remove(callback);
    }

    void deliver(AlertEvent event) {
        if (!this.callbacks.isEmpty()) {
            this.executor.execute(() -> this.callbacks.forEach((callback) -> call(callback, event)));
        }
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
        DaemonThreads.stop(this.executor);
    }

}
