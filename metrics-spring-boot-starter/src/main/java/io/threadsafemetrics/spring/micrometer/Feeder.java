package io.threadsafemetrics.spring.micrometer;

/**
 * A meter, as far as the series that it feeds is concerned.
 */
final class Feeder {

    static final long NOT_YET = Long.MIN_VALUE;

    /** Longer than a thread takes from the look at 'gone' to the end of a recording. */
    private static final long GRACE_NANOS = 1_000_000_000L;

    /** Whether the meter was removed; never reset. */
    volatile boolean gone;

    /**
     * When its series was first taken away; written under the lock of IncomingMetrics.
     */
    volatile long releasedAt = NOT_YET;

    /** Whether nobody may be recording any more. */
    boolean isForgotten() {
        long since = this.releasedAt;
        return since != NOT_YET && System.nanoTime() - since >= GRACE_NANOS;
    }

}
