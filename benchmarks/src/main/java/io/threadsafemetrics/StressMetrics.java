package io.threadsafemetrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.threadsafemetrics.internal.window.Cells;

/**
 * Metrics for stress tests. They have no thread, and a clock without shared memory, which
 * would order what a test leaves unordered.
 */
final class StressMetrics {

    static final Duration WINDOW = Duration.ofMinutes(1);

    static final Tags A = Tags.of("series", "a");

    static final Tags B = Tags.of("series", "b");

    private static final MetricsClock CLOCK = new MetricsClock() {

        @Override
        public long monotonicNanos() {
            return 0;
        }

        @Override
        public long wallClockMillis() {
            return 0;
        }

    };

    private StressMetrics() {
    }

    static ThreadSafeMetricsCollector collector() {
        return ThreadSafeMetricsCollector.builder()
            .clock(CLOCK)
            .cleanupInterval(Duration.ZERO)
            .alertInterval(Duration.ZERO)
            .build();
    }

    static CollectorContext context() {
        return new CollectorContext(
                new CollectorSettings(1, 10, WINDOW, 10, WINDOW, Duration.ZERO, 1 << 20, 0.01, Duration.ZERO, CLOCK),
                List::of);
    }

    static ThreadSafeMetric metric() {
        return metric(context());
    }

    static ThreadSafeMetric metric(CollectorContext context) {
        return new ThreadSafeMetric(MetricDefinition.histogram("m").build().withDefaults(10, 10, WINDOW), context);
    }

    /** Leaves a value in cells that are never closed. */
    static void leave(Cells cells, double value, int owner) {
        Objects.requireNonNull(cells.take()).leave(0, value, owner);
    }

    static Map<String, WindowSnapshot> groups(ThreadSafeMetric metric) {
        return metric.windowBy("series", WINDOW, Tags.empty());
    }

    static long count(Map<String, WindowSnapshot> groups, String series) {
        WindowSnapshot snapshot = groups.get(series);
        return (snapshot != null) ? snapshot.count() : 0;
    }

}
