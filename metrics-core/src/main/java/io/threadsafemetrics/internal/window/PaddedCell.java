package io.threadsafemetrics.internal.window;

import io.threadsafemetrics.internal.util.Heap;

/**
 * A cell that shares its cache lines with no other cell: one of several.
 */
final class PaddedCell extends Cell {

    private static final int PADDING_LONGS = 15;

    /** Retained heap beyond that of a cell: two lines, as processors fetch in pairs. */
    static final long PADDING_BYTES = Heap.object(PADDING_LONGS * Long.BYTES) - Heap.object(0);

    @SuppressWarnings("UnusedVariable")
    private long p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

    PaddedCell(int capacity) {
        super(capacity);
    }

}
