package io.threadsafemetrics;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Calls the alert callbacks, one event at a time, on a thread of its own that ends when
 * there is nothing to tell. Whoever has an event leaves it and waits for no callback.
 */
final class AlertDispatcher {

    /*
     * Shared state, guarded by 'lock': the events, the executor, and whether a task is
     * under way that takes events until there are none; it looks for the last time, and
     * says that it ends, in one step, so no event is left without a task.
     */
    private static final int QUEUE_CAPACITY = 1000;

    private static final System.Logger logger = System.getLogger(AlertDispatcher.class.getName());

    private final CopyOnWriteArrayList<AlertCallback> callbacks = new CopyOnWriteArrayList<>();

    private final RecordingCounters counters;

    private final OncePerMinute complaints = new OncePerMinute();

    private final Object lock = new Object();

    private final AlertQueue waiting;

    private @Nullable ThreadPoolExecutor executor; // made for the first event

    private boolean delivering;

    private volatile boolean closed; // written under 'lock'

    AlertDispatcher(CollectorContext context) {
        this.counters = context.counters;
        this.waiting = new AlertQueue(QUEUE_CAPACITY, context.budget);
    }

    void add(AlertCallback callback) {
        this.callbacks.addIfAbsent(callback);
    }

    boolean remove(AlertCallback callback) {
        return this.callbacks.remove(callback);
    }

    void deliver(AlertEvent event) {
        if (this.callbacks.isEmpty()) {
            return;
        }
        synchronized (this.lock) {
            this.counters.droppedAlerts.add(this.closed ? 1 : this.waiting.add(event));
            if (!this.closed && !this.delivering) {
                executor().execute(this::deliverAll);
                this.delivering = true;
            }
        }
    }

    private ThreadPoolExecutor executor() {
        ThreadPoolExecutor existing = this.executor;
        if (existing != null) {
            return existing;
        }
        ThreadPoolExecutor created = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                DaemonThreads.named("threadsafe-metrics-alerts"));
        created.allowCoreThreadTimeOut(true);
        this.executor = created;
        return created;
    }

    private void deliverAll() {
        AlertEvent event;
        while ((event = next()) != null) {
            for (AlertCallback callback : this.callbacks) {
                if (this.callbacks.contains(callback)) { // another may have removed it
                    call(callback, event);
                }
            }
        }
    }

    private @Nullable AlertEvent next() {
        synchronized (this.lock) {
            AlertEvent next = this.waiting.poll();
            this.delivering = next != null;
            return next;
        }
    }

    private void call(AlertCallback callback, AlertEvent event) {
        try {
            callback.onAlert(event);
        }
        catch (Throwable ex) { // one callback must not harm another
            this.counters.failedCallbacks.increment();
            if (!this.closed && this.complaints.tryAcquire()) {
                logger.log(System.Logger.Level.WARNING, () -> "Alert callback failed on " + event, ex);
            }
        }
        if (Thread.interrupted() && this.closed) { // else it is the callback's own doing
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        ThreadPoolExecutor running;
        synchronized (this.lock) {
            this.closed = true;
            this.counters.droppedAlerts.add(this.waiting.clear());
            running = this.executor;
        }
        if (running != null) {
            DaemonThreads.stop(running);
        }
    }

}
