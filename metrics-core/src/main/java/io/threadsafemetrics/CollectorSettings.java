package io.threadsafemetrics;

import java.time.Duration;

/**
 * The limits and intervals of a collector, each checked by the builder.
 */
record CollectorSettings(int maxMetrics, int maxValues, Duration retentionWindow, int maxTagSets,
        Duration idleSeriesTtl, Duration cleanupInterval, long maxMemoryBytes, double relativeError,
        Duration alertInterval, MetricsClock clock) {

}
