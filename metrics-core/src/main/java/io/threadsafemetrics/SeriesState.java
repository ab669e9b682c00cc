package io.threadsafemetrics;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.Totals;
import io.threadsafemetrics.internal.window.SlotGrid;
import io.threadsafemetrics.internal.window.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * What a metric keeps of one tag set, from its first value until it is reset or idle too
 * long; its lifetime figures are its own. Threads: the metric's lock.
 */
final class SeriesState extends Lifetime {

    /** An entry of a {@code ConcurrentHashMap}, and at most so much of the table. */
    private static final long MAP_ENTRY_BYTES = Heap.object(Integer.BYTES + 3 * Heap.REFERENCE) + 3 * Heap.REFERENCE;

    private static final long OBJECT_BYTES = Heap.object(4 * Long.BYTES + 2 * Heap.REFERENCE + Integer.BYTES + 3);

    final MetricSeries handle;

    final Timeline timeline;

    /**
     * When the newest value was recorded that is not kept raw although it may be asked
     * for.
     */
    long rawLostAt = Long.MIN_VALUE;

    /** Whether {@link SeriesTable#show} was called for a first value. */
    boolean shown;

    /** Whether the values are those of refused tag sets. */
    final boolean overflow;

    private final int ownBytes; // taken from the account when it was admitted

    SeriesState(MetricSeries handle, long ownBytes, long now, SlotGrid grid, CollectorContext context,
            MemoryAccount account) {
        super(now, now);
        this.ownBytes = (int) ownBytes;
        this.handle = handle;
        this.overflow = handle.tags().isOverflow();
        this.timeline = new Timeline(grid, context.layout, account);
    }

    Tags tags() {
        return this.handle.tags();
    }

    /**
     * Adds values of one second.
     * @param sum their totals, or null where nobody has added them up
     */
    void record(double[] values, int from, int to, @Nullable Totals sum, long second, long newestTime) {
        note(values[to - 1], newestTime);
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
