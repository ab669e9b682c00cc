package io.threadsafemetrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Alert events that wait for callbacks. Not for use by several threads.
 * <p>
 * Events of a rule come in turns: FIRING, with repeats, and RESOLVED. So do those that
 * are taken, as long as fewer rules than the queue has places have something to tell:
 * what is dropped is a repeat, or two events of a rule of which the later undoes the
 * earlier.
 */
final class AlertQueue {

    private final Deque<AlertEvent> events = new ArrayDeque<>();

    private final int capacity;

    AlertQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds an event.
     * @return how many were dropped for it: it may be among them
     */
    int add(AlertEvent event) {
        this.events.addLast(event);
        return (this.events.size() > this.capacity) ? drop() : 0;
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
        return this.events.pollFirst();
    }

    /**
     * Drops all.
     * @return how many there were
     */
    int clear() {
        int dropped = this.events.size();
        this.events.clear();
        return dropped;
    }

}
