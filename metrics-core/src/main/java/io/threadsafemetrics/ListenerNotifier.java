package io.threadsafemetrics;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Tells listeners of series, in the order in which they came and went.
 */
final class ListenerNotifier {

    /*
     * Shared state: a metric enqueues under its admission lock, so the events of a series
     * are in order. Whoever holds 'delivering' polls and calls; a thread that finds it
     * taken leaves, since the holder looks at the queue again after giving it back: an
     * event enqueued before the failed tryLock is seen by that look (the queue is
     * linearizable). Checked by ListenerOrderTests and ListenerNotifierStress (control:
     * the queue not looked at again).
     */
    private final Queue<Consumer<MetricsListener>> events = new ConcurrentLinkedQueue<>();

    private final ReentrantLock delivering = new ReentrantLock();

    private final CopyOnWriteArrayList<MetricsListener> listeners = new CopyOnWriteArrayList<>();

    private final UnexpectedErrors errors;

    ListenerNotifier(UnexpectedErrors errors) {
        this.errors = errors;
    }

    void add(MetricsListener listener) {
        this.listeners.addIfAbsent(listener);
    }

    boolean remove(MetricsListener listener) {
        return this.listeners.remove(listener);
    }

    /**
     * Notes an event. The caller holds a lock of its metric, and calls {@link #deliver()}
     * once it has given all back.
     */
    void enqueue(Consumer<MetricsListener> event) {
        if (!this.listeners.isEmpty()) {
            this.events.add(event);
        }
    }

    void deliver() {
        while (!this.events.isEmpty() && !this.delivering.isHeldByCurrentThread() && this.delivering.tryLock()) {
            try {
                Consumer<MetricsListener> event;
                while ((event = this.events.poll()) != null) {
                    tellAll(event);
                }
            }
            finally {
                this.delivering.unlock();
            }
        }
    }

    private void tellAll(Consumer<MetricsListener> event) {
        for (MetricsListener listener : this.listeners) {
            try {
                event.accept(listener);
            }
            catch (Throwable ex) { // a listener must not harm the code that records
                this.errors.add(ex);
            }
        }
    }

}
