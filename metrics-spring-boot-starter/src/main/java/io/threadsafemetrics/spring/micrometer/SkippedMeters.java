package io.threadsafemetrics.spring.micrometer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the meters left out, and logs each name once. Any thread may use it.
 */
final class SkippedMeters implements Outgoing {

    private static final int MAX_LOGGED_NAMES = 1000;

    private final System.Logger logger;

    private final LongAdder count = new LongAdder();

    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /**
     * Creates a counter.
     * @param owner in whose name the names are logged
     */
    SkippedMeters(Class<?> owner) {
        this.logger = System.getLogger(owner.getName());
    }

    double count() {
        return this.count.sum();
    }

    /** Counts a meter that is in the way of another one, or the other in its way. */
    void skip(String name, String reason) {
        skip(name, reason, System.Logger.Level.WARNING);
    }

    /** Counts a meter that a filter denies: as the user wants it. */
    void deny(String name) {
        skip(name, "a filter denies it, or the registry is closed", System.Logger.Level.DEBUG);
    }

    private void skip(String name, String reason, System.Logger.Level level) {
        this.count.increment();
        if (this.logged.size() < MAX_LOGGED_NAMES && this.logged.add(name)) {
            this.logger.log(level, "Left out meters named ''{0}'': {1}", name, reason);
        }
    }

}
