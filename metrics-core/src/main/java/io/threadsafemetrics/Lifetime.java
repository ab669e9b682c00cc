package io.threadsafemetrics;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.Totals;

/**
 * All that a metric or a series counted since it was created or reset. Threads: the
 * metric's lock.
 */
class Lifetime extends Totals {

    static final long OBJECT_BYTES = Heap.object(8 * Long.BYTES);

    private final long created;

    private long updated; // by a value or a reset

    private double newest;

    Lifetime(long created, long updated) {
        this.created = created;
        this.updated = updated;
    }

    final void record(Totals sum, double newestValue, long newestTime) {
        if (newestTime >= this.updated || count() == 0) { // others' values may have come
                                                          // first
            this.newest = newestValue;
            this.updated = newestTime;
        }
        add(sum);
    }

    final long created() {
        return this.created;
    }

    final long updated() {
        return this.updated;
    }

    final double newest() {
        return this.newest;
    }

}
