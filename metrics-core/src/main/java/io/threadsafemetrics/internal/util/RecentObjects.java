package io.threadsafemetrics.internal.util;

import java.util.concurrent.ThreadLocalRandom;
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

    /**
     * Places that an object may have, so that a few objects hardly displace each other.
     */
    private static final int PLACES = 8;

    private final AtomicIntegerArray hashes; // 0 where there is none

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
        return this.hashes.getOpaque(placeOf(hash, hash)) == hash;
    }

    /**
     * Adds an object.
     * @param object the object
     */
    public void add(Object object) {
        int hash = System.identityHashCode(object);
        this.hashes.setOpaque(placeOf(hash, 0), hash);
    }

    /**
     * Removes an object, if it is there.
     * @param object the object
     */
    public void remove(Object object) {
        int hash = System.identityHashCode(object);
        int place = placeOf(hash, hash);
        if (this.hashes.getOpaque(place) == hash) {
            this.hashes.setOpaque(place, 0);
        }
    }

    /**
     * Returns the first place of a hash where something is, or any of its places.
     */
    private int placeOf(int hash, int sought) {
        for (int i = 0; i < PLACES; i++) {
            if (this.hashes.getOpaque(place(hash, i)) == sought) {
                return place(hash, i);
            }
        }
        // by chance: of two objects at odds for one place, neither would stay
        return place(hash, ThreadLocalRandom.current().nextInt(PLACES));
    }

    private int place(int hash, int number) {
        return hash + number & (this.hashes.length() - 1);
    }

}
