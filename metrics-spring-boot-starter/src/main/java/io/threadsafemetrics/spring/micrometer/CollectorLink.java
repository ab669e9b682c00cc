package io.threadsafemetrics.spring.micrometer;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Clock;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.jspecify.annotations.Nullable;

/**
 * What the meters of a registry share: the collector that they feed, and how.
 */
final class CollectorLink {

    private final ThreadSafeMetricsCollector collector;

    private final IncomingMetrics incoming;

    private final Clock clock;

    private final @Nullable Supplier<? extends Map<String, ?>> metadata;

    private final Executor later;

    private volatile boolean closed;

    CollectorLink(ThreadSafeMetricsCollector collector, Clock clock,
            @Nullable Supplier<? extends Map<String, ?>> metadata, Executor later) {
        this.collector = collector;
        this.incoming = IncomingMetrics.of(collector);
        this.clock = clock;
        this.metadata = metadata;
        this.later = later;
    }

    ThreadSafeMetricsCollector collector() {
        return this.collector;
    }

    IncomingMetrics incoming() {
        return this.incoming;
    }

    /** Whether the registry is closed. */
    boolean isClosed() {
        return this.closed;
    }

    void close() {
        this.closed = true;
    }

    long monotonicNanos() {
        return this.clock.monotonicTime();
    }

    /** What to keep beside a value recorded now, null for nothing. */
    @Nullable Map<String, ?> metadata() {
        if (this.metadata == null) {
            return null;
        }
        try {
            Map<String, ?> current = this.metadata.get();
            return current.isEmpty() ? null : current;
        }
        catch (Throwable ex) {
            // the user's: a value is not lost because of what is beside
            return null;
        }
    }

    /**
     * Does something soon on a thread that holds no lock, unless the registry is closed.
     */
    void later(Runnable action) {
        this.later.execute(action);
    }

    /** Does something on behalf of a thread that records. */
    void laterOrNow(Runnable action) {
        if (this.closed) {
            action.run();
        }
        else {
            later(action);
        }
    }

}
