package io.threadsafemetrics;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.Totals;

/**
 * All that a metric or a series counted since it was created or reset. Threads: the
 * metric's lock.
 */
final class Lifetime extends Totals {

    static final long OBJECT_BYTES = Heap.object(8 * Long.BYTES);

    private final long created;

    private long updated; // by a value or a reset

    private double newest;

    Lifetime(long created, long updated) {
        this.created = created;
        this.updated = updated;
    }

    void record(double value, long now) {
        add(value);
        this.newest = value;
        this.updated = now;
    }

    long created() {
        return this.created;
    }

    long updated() {
        return this.updated;
    }

    double newest() {
        return this.newest;
    }

}
