package io.threadsafemetrics.spring.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.threadsafemetrics.ActiveAlert;
import io.threadsafemetrics.AlertState;
import io.threadsafemetrics.SystemStatistics;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Shows how full the collector is, what it gave up, and which alert rules fire.
 * <p>
 * The status is UP, unless a rule fires and a status for that is given. Details have the
 * names of {@link SystemStatistics}; a figure that does not exist is left out.
 *
 * @since 0.1.0
 */
public class ThreadSafeMetricsHealthIndicator extends AbstractHealthIndicator {

    private static final String OWN_METRICS = "threadsafe.metrics.";

    private final ThreadSafeMetricsCollector collector;

    private final @Nullable Status firingStatus;

    /**
     * Creates an indicator.
     * @param collector the collector to tell of
     * @param firingStatus the status while an alert rule fires that is not about the
     * collector itself, or null for UP
     */
    public ThreadSafeMetricsHealthIndicator(ThreadSafeMetricsCollector collector, @Nullable Status firingStatus) {
        super("Could not ask the metrics collector");
        this.collector = collector;
        this.firingStatus = firingStatus;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<ActiveAlert> firing = this.collector.getActiveAlerts()
            .stream()
            .filter((alert) -> alert.state() == AlertState.FIRING)
            .toList();
        boolean changesStatus = firing.stream().anyMatch(ThreadSafeMetricsHealthIndicator::isAboutTheApplication);
        builder.status((this.firingStatus != null && changesStatus) ? this.firingStatus : Status.UP);
        addStatistics(builder, this.collector.getSystemStatistics());
        builder.withDetail("firingAlerts", firing.stream().map(ThreadSafeMetricsHealthIndicator::details).toList());
    }

    /** An application is no worse for a value that its metrics refused. */
    private static boolean isAboutTheApplication(ActiveAlert alert) {
        return !alert.metric().startsWith(OWN_METRICS);
    }

    private static void addStatistics(Health.Builder builder, SystemStatistics statistics) {
        builder.withDetail("totalMetrics", statistics.totalMetrics())
            .withDetail("maxMetrics", statistics.maxMetrics())
            .withDetail("estimatedMemoryBytes", statistics.estimatedMemoryBytes())
            .withDetail("maxMemoryBytes", statistics.maxMemoryBytes())
            .withDetail("rejectedValues", statistics.rejectedValues())
            .withDetail("refusedMetrics", statistics.refusedMetrics())
            .withDetail("overflowedValues", statistics.overflowedValues())
            .withDetail("collectionErrors", statistics.collectionErrors())
            .withDetail("droppedMetadata", statistics.droppedMetadata())
            .withDetail("droppedRawValues", statistics.droppedRawValues())
            .withDetail("coarsenedHistograms", statistics.coarsenedHistograms())
            .withDetail("droppedSlots", statistics.droppedSlots())
            .withDetail("droppedAlerts", statistics.droppedAlerts())
            .withDetail("failedCallbacks", statistics.failedCallbacks());
    }

    private static Map<String, Object> details(ActiveAlert alert) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("rule", alert.rule());
        details.put("metric", alert.metric());
        Double value = alert.value();
        if (value != null) {
            details.put("value", value);
        }
        details.put("threshold", alert.threshold());
        details.put("since", alert.since().toString());
        return details;
    }

}
