package io.threadsafemetrics;

import java.util.EnumMap;
import java.util.Map;

/**
 * Logs what recording refused, each cause at most once a minute. Threads: the
 * scheduler's.
 */
final class RefusalLog {

    private static final System.Logger logger = System.getLogger(ThreadSafeMetricsCollector.class.getName());

    private final RecordingCounters counters;

    private final Map<Refusal, Long> logged = new EnumMap<>(Refusal.class);

    private final Map<Refusal, OncePerMinute> minutes = new EnumMap<>(Refusal.class);

    RefusalLog(RecordingCounters counters) {
        this.counters = counters;
        for (Refusal refusal : Refusal.values()) {
            this.logged.put(refusal, 0L);
            this.minutes.put(refusal, new OncePerMinute());
        }
    }

    void logNew() {
        this.minutes.forEach((refusal, minute) -> {
            long refused = this.counters.refused(refusal);
            long before = this.logged.getOrDefault(refusal, 0L);
            if (refused > before && minute.tryAcquire()) {
                this.logged.put(refusal, refused);
                logger.log(System.Logger.Level.WARNING, "Refused {0} values: {1}", refused - before, refusal.reason());
            }
        });
    }

}
