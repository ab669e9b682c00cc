package io.threadsafemetrics;

/**
 * Is told of series and alert rules that come and go, as an exporter needs to know.
 * Called one event at a time and in order, with no lock held, by the thread that caused
 * the event or by another one that is telling earlier events, the collector's own where
 * there are thousands. What it throws is counted in
 * {@link SystemStatistics#collectionErrors()}, logged and goes no further. It must not
 * block: the thread that tells it may be one that records, and events that wait for it
 * take memory beyond the collector's budget.
 *
 * @since 0.1.0
 */
public interface MetricsListener {

    /**
     * A series got its first value, or its handle was asked for.
     * @param metric the metric
     * @param series the series
     */
    default void seriesAdded(ThreadSafeMetric metric, MetricSeries series) {
    }

    /**
     * A series is gone: its metric was reset or unregistered, or it was idle too long.
     * @param metric the metric
     * @param series the series, the same object that was added
     */
    default void seriesRemoved(ThreadSafeMetric metric, MetricSeries series) {
    }

    /**
     * Alert rules were added, replaced or removed:
     * {@link ThreadSafeMetricsCollector#getAlertRules()} tells which there are. Rules
     * that change at the same time may be told of once each or together.
     */
    default void alertRulesChanged() {
    }

}
