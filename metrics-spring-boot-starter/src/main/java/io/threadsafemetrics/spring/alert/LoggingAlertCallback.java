package io.threadsafemetrics.spring.alert;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.threadsafemetrics.AlertCallback;
import io.threadsafemetrics.AlertEvent;
import io.threadsafemetrics.AlertState;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.Ordered;

/**
 * Logs each alert on one line: at level WARN when a rule fires, and fires still, at INFO
 * when it is resolved. It is told before callbacks of the application's own, which may be
 * slow. What could break the line, in a name say, is escaped.
 *
 * @since 0.1.0
 */
public final class LoggingAlertCallback implements AlertCallback, Ordered {

    private static final Log logger = LogFactory.getLog(LoggingAlertCallback.class);

    private final ThreadSafeMetricsCollector collector;

    /**
     * Creates a callback.
     * @param collector knows the units of metrics
     */
    public LoggingAlertCallback(ThreadSafeMetricsCollector collector) {
        this.collector = collector;
    }

    @Override
    public void onAlert(AlertEvent event) {
        if (event.state() == AlertState.FIRING) {
            logger.warn(line(event));
        }
        else if (logger.isInfoEnabled()) {
            logger.info(line(event));
        }
    }

    private String line(AlertEvent event) {
        String description = event.rule().description();
        return "Alert '" + OneLine.of(event.rule().name()) + "' " + what(event) + ": "
                + AlertSentence.about(event.rule(), this.collector).text(event.value())
                + ((description != null) ? " (" + OneLine.of(description) + ")" : "");
    }

    private static String what(AlertEvent event) {
        if (event.state() == AlertState.FIRING && !event.repeat()) {
            return "FIRING";
        }
        Duration lasted = Duration.between(event.since(), event.at()).truncatedTo(ChronoUnit.SECONDS);
        return (event.repeat() ? "still " : "") + event.state() + " after " + Quantity.of(lasted);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

}
