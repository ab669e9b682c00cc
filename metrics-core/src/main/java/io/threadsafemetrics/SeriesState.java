package io.threadsafemetrics;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.Totals;

import io.threadsafemetrics.internal.window.Timeline;
import io.threadsafemetrics.internal.window.TimelineContext;
import org.jspecify.annotations.Nullable;

/**
 * What a metric keeps of one tag set, from its first value until it is reset or idle too
 * long; its lifetime figures are its own. Threads: the metric's lock.
 */
final class SeriesState extends Lifetime {

    /** An entry of a {@code ConcurrentHashMap}, and about so much of its table. */
    private static final long MAP_ENTRY_BYTES = Heap.object(Integer.BYTES + 3 * Heap.REFERENCE) + 2 * Heap.REFERENCE;

    private static final long OBJECT_BYTES = Heap.object(5 * Long.BYTES + 2 * Heap.REFERENCE + Integer.BYTES + 3);

    /** Retained heap of a series without slots, beside its tags. */
    static final long HEAP_BYTES = OBJECT_BYTES + MAP_ENTRY_BYTES + MetricSeries.OBJECT_BYTES + Timeline.OBJECT_BYTES;

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

    /** Which texts of its tags the series pays for: others may hold them, too. */
    final long paidTexts;

    private final int ownBytes; // taken from the account when it was admitted

    SeriesState(MetricSeries handle, long paidTexts, long ownBytes, long now, TimelineContext timelines) {
        super(now, now);
        this.paidTexts = paidTexts;
        this.ownBytes = (int) ownBytes;
        this.handle = handle;
        this.overflow = handle.tags().isOverflow();
        this.timeline = new Timeline(timelines);
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

    /**
     * Adds one value if that takes next to nothing, as it does to most of those that come
     * one by one.
     */
    boolean tryRecord(double value, long second, long time) {
        if (!this.timeline.tryAdd(value, second)) {
            return false;
        }
        note(value, time);
        return true;
    }

    long ownBytes() {
        return this.ownBytes;
    }

    boolean paysForTags() {
        return this.ownBytes > HEAP_BYTES;
    }

    /** Retained heap with the slots. */
    long heapBytes() {
        return this.ownBytes + this.timeline.slotBytes();
    }

}
