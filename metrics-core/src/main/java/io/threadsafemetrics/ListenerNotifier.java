package io.threadsafemetrics;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
     *
     * Nobody delivers for ever what others cause: after a turn, the collector's own
     * thread goes on, turn by turn. Where there is none any more, who delivers goes on.
     */
    static final int TURN = 2_000; // more than the series of most metrics

    private final Queue<Consumer<MetricsListener>> events = new ConcurrentLinkedQueue<>();

    private final ReentrantLock delivering = new ReentrantLock();

    private final CopyOnWriteArrayList<MetricsListener> listeners = new CopyOnWriteArrayList<>();

    private final UnexpectedErrors errors;

    private Predicate<Runnable> successor = (task) -> false; // set before it is shared

    ListenerNotifier(UnexpectedErrors errors) {
        this.errors = errors;
    }

    /**
     * Says who goes on where there is much to tell.
     * @param successor takes what is to be run soon, or answers false
     */
    void setSuccessor(Predicate<Runnable> successor) {
        this.successor = successor;
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
        int left = TURN;
        while (!this.events.isEmpty() && !this.delivering.isHeldByCurrentThread() && this.delivering.tryLock()) {
            try {
                Consumer<MetricsListener> event;
                while (left > 0 && (event = this.events.poll()) != null) {
                    tellAll(event);
                    left--;
                }
            }
            finally {
                this.delivering.unlock();
            }
            if (left == 0) {
                if (this.successor.test(this::deliver)) {
                    return;
                }
                left = TURN;
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
