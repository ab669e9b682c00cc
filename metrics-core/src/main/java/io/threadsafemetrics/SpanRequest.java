package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The span that a question asks for, and the steps it is cut into. Resolved to times
 * under the metric's lock, when "now" is known.
 */
final class SpanRequest {

    private final @Nullable Duration window;

    private final @Nullable Instant from;

    private final @Nullable Instant to;

    private final long stepNanos;

    private SpanRequest(@Nullable Duration window, @Nullable Instant from, @Nullable Instant to, long stepNanos) {
        this.window = window;
        this.from = from;
        this.to = to;
        this.stepNanos = stepNanos;
    }

    /** The last so many nanoseconds, or all of the retention. */
    static SpanRequest last(@Nullable Duration window) {
        return new SpanRequest(window, null, null, Long.MAX_VALUE);
    }

    static SpanRequest between(Instant from, Instant to) {
        return new SpanRequest(null, from, to, Long.MAX_VALUE);
    }

    static SpanRequest steps(Duration window, Duration step) {
        return new SpanRequest(window, null, null, step.toNanos());
    }

    long stepNanos() {
        return this.stepNanos;
    }

    long from(Present present, long retentionNanos) {
        if (this.from != null) {
            return present.now() - age(this.from, present.wallClock(), retentionNanos);
        }
        return present.now()
                - ((this.window == null) ? retentionNanos : Math.min(this.window.toNanos(), retentionNanos));
    }

    long to(Present present, long retentionNanos) {
        return (this.to != null) ? present.now() - age(this.to, present.wallClock(), retentionNanos) : present.now();
    }

    /** Whether all of the span lies in the future or before the retention window. */
    boolean isOutside(Present present, long retentionNanos) {
        Instant wallClock = present.wallClock();
        return (this.from != null && this.from.isAfter(wallClock))
                || (this.to != null && this.to.isBefore(wallClock.minusNanos(retentionNanos)));
    }

    private static long age(Instant instant, Instant wallClock, long retentionNanos) {
        if (!instant.isBefore(wallClock)) {
            return 0;
        }
        if (instant.isBefore(wallClock.minusNanos(retentionNanos))) {
            return retentionNanos;
        }
        return Duration.between(instant, wallClock).toNanos();
    }

}
