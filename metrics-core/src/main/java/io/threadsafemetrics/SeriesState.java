package io.threadsafemetrics;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.window.Slot;
import io.threadsafemetrics.internal.window.SlotGrid;
import io.threadsafemetrics.internal.window.Timeline;

/**
 * What a metric keeps of one tag set, from its first value until it is reset or idle too
 * long. Threads: the metric's lock.
 */
final class SeriesState {

    private static final long MAP_ENTRY_BYTES = 40 + 8;

    private static final long OBJECT_BYTES = Heap.object(3 * Heap.REFERENCE + Long.BYTES + Heap.REFERENCE + 1);

    final MetricSeries handle;

    final Lifetime lifetime;

    final Timeline timeline;

    /**
     * When the newest value was recorded that is not kept raw although it may be asked
     * for.
     */
    long rawLostAt = Long.MIN_VALUE;

    boolean removed;

    SeriesState(MetricSeries handle, long now, SlotGrid grid, CollectorContext context, MemoryAccount account) {
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

    long heapBytes() {
        return heapBytes(tags()) + this.timeline.slotBytes();
    }

    /** The same with a slot for a first value. */
    static long heapBytesWithSlot(Tags tags) {
        return heapBytes(tags) + Slot.SMALLEST_BYTES;
    }

    static long heapBytes(Tags tags) {
        return OBJECT_BYTES + MAP_ENTRY_BYTES + MetricSeries.OBJECT_BYTES + tags.heapBytes() + Lifetime.OBJECT_BYTES
                + Timeline.OBJECT_BYTES;
    }

}
