package io.threadsafemetrics.spring.alert;

import java.time.Duration;

/**
 * How often an Alertmanager is told.
 *
 * @param repeat how long until what fires is told again
 * @param backoff how long to wait after the first failure, twice as long after each next
 */
record WebhookPace(Duration repeat, Duration backoff) {

    static final WebhookPace DEFAULT = new WebhookPace(Duration.ofMinutes(1), Duration.ofSeconds(1));

    private static final int MAX_DOUBLINGS = 3;

    private static final int REPEATS_BEFORE_EXPIRY = 4;

    /** How long after it was told an alert ends by itself. */
    Duration expiry() {
        return this.repeat.multipliedBy(REPEATS_BEFORE_EXPIRY);
    }

    /**
     * Returns how long to wait.
     * @param failures how many attempts of a post have failed, 1 or more
     */
    Duration backoffAfter(int failures) {
        return this.backoff.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    }

}
