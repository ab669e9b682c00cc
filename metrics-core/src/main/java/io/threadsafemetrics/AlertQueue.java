package io.threadsafemetrics;

import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.Map;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryBudget;
import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import org.jspecify.annotations.Nullable;

/**
 * Alert events that wait for callbacks. Not for use by several threads.
 * <p>
 * Events of a rule come in turns: FIRING, with repeats, and RESOLVED. So do those that
 * are taken, as long as fewer rules than the queue has places have something to tell:
 * what is dropped is a repeat, or two events of a rule of which the later undoes the
 * earlier. It has fewer places where the budget has no room.
 */
final class AlertQueue {

    /** Retained heap of an event and its place, without the rule. */
    private static final long EVENT_BYTES = Heap.object(3 * Heap.REFERENCE) + Heap.object(5 * Heap.REFERENCE + 1)
            + Heap.object(Double.BYTES) + 2 * Heap.object(Long.BYTES + Integer.BYTES);

    @SuppressWarnings("JdkObsolete") // an array would stay as long as it once was
    private final Deque<AlertEvent> events = new LinkedList<>();

    private final int capacity;

    private final MemoryBudget budget;

    AlertQueue(int capacity, MemoryBudget budget) {
        this.capacity = capacity;
        this.budget = budget;
    }

    /**
     * Adds an event.
     * @return how many were dropped for it: it may be among them
     */
    int add(AlertEvent event) {
        this.events.addLast(event);
        if (this.events.size() <= this.capacity && this.budget.tryReserve(EVENT_BYTES, Use.ALERT_EVENTS)) {
            return 0;
        }
        int dropped = drop();
        release(dropped - 1); // the event itself has taken nothing
        return dropped;
    }

    private void release(int count) {
        this.budget.release(count * EVENT_BYTES);
    }

    private int drop() {
        Map<AlertRule, AlertEvent> earlierOf = new HashMap<>();
        for (AlertEvent event : this.events) {
            AlertEvent earlier = earlierOf.put(event.rule(), event);
            if (earlier != null) {
                return drop(earlier, event);
            }
        }
        this.events.removeLast();
        return 1;
    }

    private int drop(AlertEvent earlier, AlertEvent later) {
        if (later.repeat()) {
            remove(later);
            return 1;
        }
        remove(earlier);
        if (earlier.repeat()) {
            return 1;
        }
        remove(later);
        return 2;
    }

    @SuppressWarnings("ReferenceEquality") // others may be equal
    private void remove(AlertEvent event) {
        this.events.removeIf((other) -> other == event);
    }

    @Nullable AlertEvent poll() {
        AlertEvent event = this.events.pollFirst();
        release((event != null) ? 1 : 0);
        return event;
    }

    /**
     * Drops all.
     * @return how many there were
     */
    int clear() {
        int dropped = this.events.size();
        this.events.clear();
        release(dropped);
        return dropped;
    }

}
