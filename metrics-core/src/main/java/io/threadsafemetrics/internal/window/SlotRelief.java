package io.threadsafemetrics.internal.window;

/**
 * Finds room for the slots of timelines where the budget has none.
 */
public interface SlotRelief {

    /**
     * Takes note of a slot, so that it can be found again.
     * @param start its start
     */
    void noteSlot(long start);

    /**
     * Drops older slots, the oldest first, whichever timeline has them.
     * @param start the start of the slot that needs room
     * @return false if none was dropped
     */
    boolean dropOlderThan(long start);

}
