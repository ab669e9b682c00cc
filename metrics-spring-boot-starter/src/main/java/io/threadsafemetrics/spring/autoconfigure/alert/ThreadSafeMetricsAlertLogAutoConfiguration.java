package io.threadsafemetrics.spring.autoconfigure.alert;

import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.alert.LoggingAlertCallback;
import io.threadsafemetrics.spring.autoconfigure.ConditionalOnThreadSafeMetricsEnabled;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configures the log line of alerts.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ThreadSafeMetricsAutoConfiguration.class)
@ConditionalOnThreadSafeMetricsEnabled("alerts-log")
@ConditionalOnSingleCandidate(ThreadSafeMetricsCollector.class)
@EnableConfigurationProperties(AlertLogProperties.class)
public final class ThreadSafeMetricsAlertLogAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    LoggingAlertCallback threadSafeMetricsLoggingAlertCallback(ThreadSafeMetricsCollector collector) {
        return new LoggingAlertCallback(collector);
    }

}
