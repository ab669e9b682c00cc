package io.threadsafemetrics;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Logs what recording refused, each cause at most once a minute, and exceptions that
 * nobody expected, as often. Threads: the scheduler's.
 */
final class RefusalLog {

    private static final System.Logger logger = System.getLogger(ThreadSafeMetricsCollector.class.getName());

    private final RecordingCounters counters;

    private final Map<Refusal, Entry> entries = new LinkedHashMap<>();

    RefusalLog(RecordingCounters counters) {
        this.counters = counters;
        for (Refusal refusal : Refusal.values()) {
            this.entries.put(refusal, new Entry());
        }
    }

    void logNew() {
        Throwable error = this.counters.errors.takeForLog();
        if (error != null) {
            logger.log(System.Logger.Level.WARNING,
                    "An unexpected exception, one of " + this.counters.errors.count() + " so far", error);
        }
        this.entries.forEach((refusal, entry) -> {
            long refused = this.counters.refused(refusal);
            if (refused > entry.logged && entry.minute.tryAcquire()) {
                logger.log(System.Logger.Level.WARNING,
                        "Refused " + (refused - entry.logged) + " values: " + refusal.reason());
                entry.logged = refused;
            }
        });
    }

    /** How far a cause is logged. */
    private static final class Entry {

        private final OncePerMinute minute = new OncePerMinute();

        private long logged;

    }

}
