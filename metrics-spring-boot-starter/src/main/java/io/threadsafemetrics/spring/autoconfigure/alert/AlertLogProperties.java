package io.threadsafemetrics.spring.autoconfigure.alert;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the log line of alerts.
 *
 * @param enabled Whether to log each alert that fires or is resolved.
 * @since 0.1.0
 */
@ConfigurationProperties("threadsafe-metrics.alerts-log")
public record AlertLogProperties(@DefaultValue("true") boolean enabled) {

}
