package io.threadsafemetrics;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import io.threadsafemetrics.internal.util.Losses;

/**
 * What a collector counts for its statistics, by cause. Threads: any; each counter is
 * ordered with nothing.
 */
final class RecordingCounters {

    final Losses losses = new Losses();

    final LongAdder accepted = new LongAdder();

    final LongAdder errors = new LongAdder();

    final LongAdder overflowed = new LongAdder();

    final LongAdder refusedMetrics = new LongAdder();

    final LongAdder writerWaits = new LongAdder();

    final LongAdder droppedAlerts = new LongAdder();

    final LongAdder failedCallbacks = new LongAdder();

    /** Filled at creation, so that reading needs no lock. */
    private final Map<Refusal, LongAdder> refused = new HashMap<>();

    RecordingCounters() {
        for (Refusal refusal : Refusal.values()) {
            this.refused.put(refusal, new LongAdder());
        }
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
    boolean refuseAfterError() {
        this.errors.increment();
        return refuse(Refusal.ERROR);
    }

    long refused(Refusal refusal) {
        return counter(refusal).sum();
    }

    private LongAdder counter(Refusal refusal) {
        return Objects.requireNonNull(this.refused.get(refusal));
    }

    long refused() {
        return this.refused.values().stream().mapToLong(LongAdder::sum).sum();
    }

}
