package io.threadsafemetrics;

import java.util.Arrays;

/**
 * Logs what recording refused, each cause at most once a minute. Threads: the
 * scheduler's.
 */
final class RefusalLog {

    private static final System.Logger logger = System.getLogger(ThreadSafeMetricsCollector.class.getName());

    private final RecordingCounters counters;

    private final long[] logged = new long[Refusal.COUNT]; // by ordinal

    private final OncePerMinute[] minutes = new OncePerMinute[Refusal.COUNT]; // by
                                                                              // ordinal

    RefusalLog(RecordingCounters counters) {
        this.counters = counters;
        Arrays.setAll(this.minutes, (ordinal) -> new OncePerMinute());
    }

    @SuppressWarnings("EnumOrdinal") // an EnumMap would hold on to Class objects
    void logNew() {
        for (Refusal refusal : Refusal.values()) {
            long refused = this.counters.refused(refusal);
            long before = this.logged[refusal.ordinal()];
            if (refused > before && this.minutes[refusal.ordinal()].tryAcquire()) {
                this.logged[refusal.ordinal()] = refused;
                logger.log(System.Logger.Level.WARNING, "Refused {0} values: {1}", refused - before, refusal.reason());
            }
        }
    }

}
