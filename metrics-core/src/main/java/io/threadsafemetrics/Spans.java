package io.threadsafemetrics;

import java.util.Arrays;
import java.util.stream.LongStream;

import io.threadsafemetrics.internal.window.SlotGrid;

/**
 * The neighbouring spans of an answer, in nanoseconds since the collector was created.
 * Each starts where the one before ends; the last one includes its end.
 */
final class Spans {

    private final long[] starts; // ascending

    private final long end; // of the last span

    private final boolean truncated; // the first span starts later than asked

    private final boolean empty; // nothing was recorded then, not even at its start

    private Spans(long[] starts, long end, boolean truncated, boolean empty) {
        this.starts = starts;
        this.end = end;
        this.truncated = truncated;
        this.empty = empty;
    }

    /**
     * Returns a span of no length that holds no value: for what is all outside the
     * retention window.
     */
    static Spans none(long at) {
        return new Spans(new long[] { at }, at, false, true);
    }

    /**
     * Returns the spans as asked: for answers from raw values.
     */
    static Spans asAsked(long from, long to, long step) {
        long count = (step >= to - from) ? 1 : (to - from + step - 1) / step;
        return new Spans(LongStream.range(0, count).map((i) -> from + i * step).toArray(), to, false, false);
    }

    /**
     * Returns the spans widened to the slots of the grid, and cut where older slots were
     * dropped.
     */
    Spans onGrid(SlotGrid grid, long now, long completeFrom) {
        long widenedEnd = (this.end == now) ? now : Math.min(now, grid.end(this.end, now) - 1);
        long[] floors = LongStream.of(this.starts).map((start) -> grid.floor(start, now)).distinct().toArray();
        if (floors[0] >= completeFrom) {
            return new Spans(floors, widenedEnd, false, false);
        }
        long first = Math.min(completeFrom, widenedEnd);
        long[] kept = LongStream.concat(LongStream.of(first), LongStream.of(floors).filter((start) -> start > first))
            .toArray();
        return new Spans(kept, widenedEnd, true, false);
    }

    boolean truncated() {
        return this.truncated;
    }

    int count() {
        return this.starts.length;
    }

    long start(int span) {
        return this.starts[span];
    }

    long end(int span) {
        return (span + 1 < count()) ? this.starts[span + 1] : this.end;
    }

    /**
     * Returns the span that holds a time, or -1 where none does.
     */
    int indexOf(long time) {
        if (this.empty || time > this.end) {
            return -1;
        }
        int found = Arrays.binarySearch(this.starts, time);
        return (found >= 0) ? found : -found - 2;
    }

}
