package io.threadsafemetrics;

import io.threadsafemetrics.internal.util.Heap;

/**
 * When a metric or a series was created or reset, and its newest value since. Threads:
 * the metric's lock.
 */
class Lifetime {

    static final long OBJECT_BYTES = Heap.object(3 * Long.BYTES + 1);

    private final long created;

    private long updated; // by a value or a reset

    private double newest;

    private boolean anyValue;

    Lifetime(long created, long updated) {
        this.created = created;
        this.updated = updated;
    }

    final void note(double newestValue, long newestTime) {
        // values of others may be newer, and home already
        if (newestTime >= this.updated || !this.anyValue) {
            this.newest = newestValue;
            this.updated = newestTime;
            this.anyValue = true;
        }
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
