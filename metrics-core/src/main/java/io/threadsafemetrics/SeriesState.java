package io.threadsafemetrics;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.window.SlotGrid;
import io.threadsafemetrics.internal.window.Timeline;

/**
 * What a metric keeps of one tag set, from its first value until it is reset or idle too
 * long. Threads: the metric's lock.
 */
final class SeriesState {

    // and at most so much of the table
    private static final long MAP_ENTRY_BYTES = 40 + 11;

    private static final long OBJECT_BYTES = Heap.object(3 * Heap.REFERENCE + 2 * Long.BYTES + 1);

    final MetricSeries handle;

    final Lifetime lifetime;

    final Timeline timeline;

    final long ownBytes; // taken from the account when it was admitted

    /**
     * When the newest value was recorded that is not kept raw although it may be asked
     * for.
     */
    long rawLostAt = Long.MIN_VALUE;

    boolean removed;

    SeriesState(MetricSeries handle, long ownBytes, long now, SlotGrid grid, CollectorContext context,
            MemoryAccount account) {
        this.ownBytes = ownBytes;
        this.handle = handle;
        this.lifetime = new Lifetime(now, now);
        this.timeline = new Timeline(grid, context.layout, account);
    }

    Tags tags() {
        return this.handle.tags();
    }

    void record(double value, long now) {
        this.lifetime.record(value, now);
        this.timeline.record(value, now);
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
                + Lifetime.OBJECT_BYTES + Timeline.OBJECT_BYTES;
    }

}
