package io.threadsafemetrics;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Collectors for tests: no thread of their own, time from a clock that the test moves.
 */
final class TestCollectors {

    private TestCollectors() {
    }

    static ThreadSafeMetricsCollector create(MetricsClock clock) {
        return create(clock, UnaryOperator.identity());
    }

    static ThreadSafeMetricsCollector create(MetricsClock clock,
            UnaryOperator<ThreadSafeMetricsCollector.Builder> limits) {
        return limits
            .apply(ThreadSafeMetricsCollector.builder()
                .clock(clock)
                .cleanupInterval(Duration.ZERO)
                .alertInterval(Duration.ZERO))
            .build();
    }

}
