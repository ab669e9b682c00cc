package io.threadsafemetrics;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.Totals;
import io.threadsafemetrics.internal.window.SlotGrid;
import io.threadsafemetrics.internal.window.Timeline;

/**
 * What a metric keeps of one tag set, from its first value until it is reset or idle too
 * long; its lifetime figures are its own.
 * <p>
 * Threads: the metric's lock, but for the number: see {@link SeriesTable}.
 */
final class SeriesState extends Lifetime {

    /** The number of a series that is over. */
    static final int REMOVED = 0;

    /** An entry of a {@code ConcurrentHashMap}, and at most so much of the table. */
    private static final long MAP_ENTRY_BYTES = Heap.object(Integer.BYTES + 3 * Heap.REFERENCE) + 3 * Heap.REFERENCE;

    private static final long OBJECT_BYTES = Heap.object(9 * Long.BYTES + 2 * Heap.REFERENCE + 2 * Integer.BYTES + 1);

    final MetricSeries handle;

    final Timeline timeline;

    /** Place in the table, from 1; writers read it while they hold a cell. */
    volatile int number;

    /**
     * When the newest value was recorded that is not kept raw although it may be asked
     * for.
     */
    long rawLostAt = Long.MIN_VALUE;

    /**
     * Whether answers know the series: once it was asked for, or its first value is home.
     */
    volatile boolean visible; // written under the admission lock

    private final int ownBytes; // taken from the account when it was admitted

    SeriesState(MetricSeries handle, int number, long ownBytes, long now, SlotGrid grid, CollectorContext context,
            MemoryAccount account) {
        super(now, now);
        this.number = number;
        this.ownBytes = (int) ownBytes;
        this.handle = handle;
        this.timeline = new Timeline(grid, context.layout, account);
    }

    Tags tags() {
        return this.handle.tags();
    }

    /**
     * Adds values of one second.
     * @param sum their totals
     */
    void record(double[] values, int from, int to, Totals sum, long second, long newestTime) {
        record(sum, values[to - 1], newestTime);
        this.timeline.addAll(values, from, to, sum, second);
    }

    long ownBytes() {
        return this.ownBytes;
    }

    /** Retained heap with the slots. */
    long heapBytes() {
        return this.ownBytes + this.timeline.slotBytes();
    }

    /**
     * Returns the retained heap of a series without slots.
     * @param before the tags of the series before, whose texts may be shared
     */
    static long heapBytes(Tags tags, Tags before) {
        return OBJECT_BYTES + MAP_ENTRY_BYTES + MetricSeries.OBJECT_BYTES + tags.heapBytesBeside(before)
                + Timeline.OBJECT_BYTES;
    }

}
