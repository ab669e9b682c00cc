package io.threadsafemetrics.internal.window;

import io.threadsafemetrics.internal.util.Heap;

/**
 * Where the slots of a timeline lie: a function of the current time alone, so that all
 * series of a metric have the same slots.
 * <p>
 * Times are nanoseconds since the collector was created, starts and ends of slots whole
 * seconds since then. A slot is {@code 2^k} seconds wide and starts at a multiple of its
 * width. Two neighbours become one as soon as the end of the later one is 20 times the
 * joint width old: then the slot that holds a moment is never wider than 1 s or 5 % of
 * the moment's age, whichever is more. Slots that would expire while they are joined stay
 * apart, hence the widest slot. Immutable.
 */
public final class SlotGrid {

    /** The width of the slots of new values, in nanoseconds. */
    public static final long SECOND = 1_000_000_000L;

    /** Retained heap. */
    public static final long OBJECT_BYTES = Heap.object(Long.BYTES + Integer.BYTES);

    private static final int AGE_PER_WIDTH = 20;

    private final long retentionNanos;

    private final int maxLevel;

    /**
     * Creates the grid of a retention window.
     * @param retentionNanos its length
     */
    public SlotGrid(long retentionNanos) {
        this.retentionNanos = retentionNanos;
        int level = 0;
        while ((AGE_PER_WIDTH + 1) * (SECOND << (level + 1)) <= retentionNanos) {
            level++;
        }
        this.maxLevel = level;
    }

    /**
     * Returns the start of the second that holds a moment: the slot of new values.
     * @param time the moment
     * @return a time at or before the moment
     */
    public static long second(long time) {
        return time - Math.floorMod(time, SECOND);
    }

    /**
     * Returns the start of the slot that holds a moment.
     * @param time the moment
     * @param now the current time
     * @return a time at or before the moment
     */
    public long floor(long time, long now) {
        long second = Math.floorDiv(time, SECOND);
        return (second & -width(second, now)) * SECOND;
    }

    /**
     * Returns the end of the slot that holds a moment.
     * @param time the moment
     * @param now the current time
     * @return a time after the moment
     */
    public long end(long time, long now) {
        long second = Math.floorDiv(time, SECOND);
        long width = width(second, now);
        return ((second & -width) + width) * SECOND;
    }

    /**
     * Returns the earliest moment that an answer may reach back to: all before the slot
     * that holds the start of the retention window has expired.
     */
    long expiry(long now) {
        return floor(now - this.retentionNanos, now);
    }

    private long width(long second, long now) {
        int level = 0;
        while (level < this.maxLevel && isJoined(second, level + 1, now)) {
            level++;
        }
        return 1L << level;
    }

    private static boolean isJoined(long second, int level, long now) {
        long width = 1L << level;
        long end = ((second & -width) + width) * SECOND;
        return now - end >= AGE_PER_WIDTH * width * SECOND;
    }

}
