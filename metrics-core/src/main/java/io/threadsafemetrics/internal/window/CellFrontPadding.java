package io.threadsafemetrics.internal.window;

/**
 * Keeps what lies before a cell off its cache line.
 */
@SuppressWarnings("unused")
abstract class CellFrontPadding {

    static final int LONGS = 8;

    private long p1, p2, p3, p4, p5, p6, p7, p8;

}
