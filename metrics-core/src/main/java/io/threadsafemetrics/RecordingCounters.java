package io.threadsafemetrics;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import io.threadsafemetrics.internal.util.Losses;

/**
 * What a collector counts for its statistics, by cause. Threads: any; each counter is
 * ordered with nothing.
 */
final class RecordingCounters {

    final Losses losses = new Losses();

    final LongAdder accepted = new LongAdder();

    final UnexpectedErrors errors;

    final LongAdder overflowed = new LongAdder();

    final LongAdder refusedMetrics = new LongAdder();

    final LongAdder writerWaits = new LongAdder();

    final LongAdder droppedAlerts = new LongAdder();

    final LongAdder failedCallbacks = new LongAdder();

    /** By ordinal, filled at creation. */
    private final LongAdder[] refused = Stream.generate(LongAdder::new)
        .limit(Refusal.values().length)
        .toArray(LongAdder[]::new);

    RecordingCounters(boolean logged) {
        this.errors = new UnexpectedErrors(logged);
    }

    /**
     * Counts a value that was not taken.
     * @return false, for the recording method to answer
     */
    boolean refuse(Refusal refusal) {
        counter(refusal).increment();
        return false;
    }

    /**
     * Counts a value that was not taken because something threw.
     * @return false, for the recording method to answer
     */
    boolean refuseAfterError(Throwable error) {
        this.errors.add(error);
        return refuse(Refusal.ERROR);
    }

    long refused(Refusal refusal) {
        return counter(refusal).sum();
    }

    @SuppressWarnings("EnumOrdinal") // of no meaning outside this object
    private LongAdder counter(Refusal refusal) {
        return this.refused[refusal.ordinal()];
    }

    long refused() {
        return Arrays.stream(this.refused).mapToLong(LongAdder::sum).sum();
    }

}
