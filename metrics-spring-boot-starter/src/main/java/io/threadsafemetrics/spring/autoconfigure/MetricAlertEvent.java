package io.threadsafemetrics.spring.autoconfigure;

import io.threadsafemetrics.AlertEvent;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.springframework.context.ApplicationEvent;

/**
 * Tells the application that an alert rule fires, fires still, or is resolved.
 * <p>
 * It is published in the context that holds the collector, on the collector's alert
 * thread: a slow listener delays further alerts, never recording.
 *
 * @since 0.1.0
 */
public class MetricAlertEvent extends ApplicationEvent {

    private static final long serialVersionUID = 1;

    private final transient AlertEvent alertEvent;

    /**
     * Creates an event.
     * @param source the collector that evaluated the rule
     * @param alertEvent what happened
     */
    public MetricAlertEvent(ThreadSafeMetricsCollector source, AlertEvent alertEvent) {
        super(source);
        this.alertEvent = alertEvent;
    }

    /**
     * Returns what happened.
     * @return the rule, its state and the figure that led to it
     */
    public AlertEvent getAlertEvent() {
        return this.alertEvent;
    }

    @Override
    public String toString() {
        return "MetricAlertEvent[" + this.alertEvent + "]";
    }

}
