package io.threadsafemetrics.spring.autoconfigure.health;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the properties say about the collector's health.
 *
 * @param firingStatus Status of the health contributor while an alert rule fires that is
 * not about the collector itself, such as DOWN, OUT_OF_SERVICE or a code of your own. By
 * default the status stays UP and the rules are told in the details.
 * @since 0.1.0
 */
@ConfigurationProperties("threadsafe-metrics.health")
public record ThreadSafeMetricsHealthProperties(@Nullable String firingStatus) {

}
