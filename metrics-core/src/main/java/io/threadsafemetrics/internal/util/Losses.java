package io.threadsafemetrics.internal.util;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what a collector gave up to stay inside its bounds. Threads: any; each counter
 * is ordered with nothing.
 */
public final class Losses {

    /** Values whose metadata was not kept, or not all of it. */
    public final LongAdder metadata = new LongAdder();

    /** Values that were not kept raw, or not as long as the limits allow. */
    public final LongAdder rawValues = new LongAdder();

    /** Times that a histogram halved its resolution. */
    public final LongAdder histogramResolution = new LongAdder();

    /** Slots dropped before they expired. */
    public final LongAdder slots = new LongAdder();

    /** Starts all counters at zero. */
    public Losses() {
    }

}
