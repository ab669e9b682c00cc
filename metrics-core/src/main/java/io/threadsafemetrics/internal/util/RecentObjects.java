package io.threadsafemetrics.internal.util;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Remembers which objects were added lately, and keeps none of them alive: of each there
 * is an identity hash, in a table where a later one takes the place of an earlier one.
 * <p>
 * So that what several hold is accounted for once: most texts are constants of the code
 * that records. Threads: any. Elements are ordered with nothing: who misses an object
 * that is just being added accounts for it once more.
 */
public final class RecentObjects {

    private final AtomicIntegerArray hashes;

    /**
     * Creates an empty table.
     * @param capacity how many objects it holds at most: a power of two
     */
    public RecentObjects(int capacity) {
        this.hashes = new AtomicIntegerArray(capacity);
    }

    /**
     * Returns the retained heap of a table.
     * @param capacity how many objects it holds at most
     * @return bytes
     */
    public static long heapBytes(int capacity) {
        return 2 * Heap.object(Heap.REFERENCE) + Heap.array(capacity, Integer.BYTES);
    }

    /**
     * Whether an object was added, and neither removed nor displaced since.
     * @param object the object; an equal one does not count
     * @return true if it was; by chance, once in two billion other objects
     */
    public boolean contains(Object object) {
        int hash = System.identityHashCode(object);
        return this.hashes.getOpaque(place(hash)) == hash;
    }

    /**
     * Adds an object.
     * @param object the object
     */
    public void add(Object object) {
        int hash = System.identityHashCode(object);
        this.hashes.setOpaque(place(hash), hash);
    }

    /**
     * Removes an object, if it is there.
     * @param object the object
     */
    public void remove(Object object) {
        if (contains(object)) {
            this.hashes.setOpaque(place(System.identityHashCode(object)), 0);
        }
    }

    private int place(int hash) {
        return hash & (this.hashes.length() - 1);
    }

}
