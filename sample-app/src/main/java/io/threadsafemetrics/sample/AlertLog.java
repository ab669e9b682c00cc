package io.threadsafemetrics.sample;

import io.threadsafemetrics.AlertEvent;
import io.threadsafemetrics.spring.autoconfigure.MetricAlertEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Logs alerts. A real service would page somebody.
 */
@Component
class AlertLog {

    private static final Logger logger = LoggerFactory.getLogger(AlertLog.class);

    @EventListener
    void log(MetricAlertEvent alert) {
        AlertEvent event = alert.getAlertEvent();
        logger.warn("Alert {} is {}: {} of {} is {}, threshold {}", event.rule().name(), event.state(),
                event.rule().aggregation(), event.rule().metric(), event.value(), event.rule().threshold());
    }

}
