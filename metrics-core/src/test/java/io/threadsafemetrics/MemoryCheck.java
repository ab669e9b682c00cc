package io.threadsafemetrics;

import org.assertj.core.data.Percentage;
import org.openjdk.jol.info.GraphStats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

/**
 * Compares the bytes that a collector reports, and may hold, with those that JOL finds.
 */
final class MemoryCheck {

    private static final Percentage TOLERANCE = withinPercentage(10);

    private final ThreadSafeMetricsCollector collector;

    private final MetricsClock clock;

    MemoryCheck(ThreadSafeMetricsCollector collector, MetricsClock clock) {
        this.collector = collector;
        this.clock = clock;
    }

    long reported() {
        return this.collector.getSystemStatistics().estimatedMemoryBytes();
    }

    /** The retained heap of the collector but for its clock, which is the user's. */
    long retained() {
        return GraphStats.parseInstance(this.collector).totalSize() - GraphStats.parseInstance(this.clock).totalSize();
    }

    /** Answers what was given up to stay within the budget. */
    SystemStatistics check() {
        SystemStatistics system = this.collector.getSystemStatistics();
        long retained = retained();
        assertThat(system.estimatedMemoryBytes()).isLessThanOrEqualTo(system.maxMemoryBytes());
        assertThat(retained).isLessThanOrEqualTo(system.maxMemoryBytes());
        assertThat((double) system.estimatedMemoryBytes()).isCloseTo(retained, TOLERANCE);
        return system;
    }

}
