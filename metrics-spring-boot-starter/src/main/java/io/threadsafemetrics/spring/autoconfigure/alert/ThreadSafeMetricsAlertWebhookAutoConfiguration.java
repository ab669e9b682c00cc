package io.threadsafemetrics.spring.autoconfigure.alert;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.alert.AlertmanagerSettings;
import io.threadsafemetrics.spring.alert.AlertmanagerWebhook;
import io.threadsafemetrics.spring.autoconfigure.ConditionalOnThreadSafeMetricsEnabled;
import io.threadsafemetrics.spring.autoconfigure.InvalidPropertyException;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsAutoConfiguration;
import io.threadsafemetrics.spring.micrometer.ExportMeterNames;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;

/**
 * Auto-configures the webhook that tells an Alertmanager of alerts, where one is named.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ThreadSafeMetricsAutoConfiguration.class)
@ConditionalOnThreadSafeMetricsEnabled
@Conditional(WebhookUrlCondition.class)
@ConditionalOnSingleCandidate(ThreadSafeMetricsCollector.class)
@EnableConfigurationProperties(AlertWebhookProperties.class)
public final class ThreadSafeMetricsAlertWebhookAutoConfiguration {

    /** What needs Spring's HTTP client. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RestClient.class)
    static class WithRestClient {

        @Bean
        @ConditionalOnMissingBean
        AlertmanagerWebhook threadSafeMetricsAlertmanagerWebhook(ThreadSafeMetricsCollector collector,
                AlertWebhookProperties properties, Environment environment) {
            return new AlertmanagerWebhook(collector, settings(properties, new ProcessLabels(environment)));
        }

        private static AlertmanagerSettings settings(AlertWebhookProperties properties, ProcessLabels labels) {
            try {
                return new AlertmanagerSettings(String.valueOf(properties.url()), properties.timeout(),
                        properties.retries(), labels::get);
            }
            catch (IllegalArgumentException ex) {
                throw InvalidPropertyException.of(AlertWebhookProperties.PREFIX, ex);
            }
        }

    }

    /** Stops the start: nobody would be told of alerts. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("org.springframework.web.client.RestClient")
    static class WithoutRestClient {

        WithoutRestClient(AlertWebhookProperties properties) {
            throw new InvalidPropertyException(AlertWebhookProperties.PREFIX + ".url",
                    AlertmanagerSettings.masked(String.valueOf(properties.url())),
                    "not be set without org.springframework:spring-web on the class path");
        }

    }

    /** What shows what the webhook did. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ MeterBinder.class, RestClient.class })
    @ConditionalOnThreadSafeMetricsEnabled("micrometer.export")
    static class Meters {

        @Bean
        MeterBinder threadSafeMetricsAlertmanagerWebhookMeters(ObjectProvider<AlertmanagerWebhook> webhooks) {
            return (registry) -> webhooks.ifUnique((webhook) -> {
                FunctionCounter.builder(ExportMeterNames.WEBHOOK_SENT, webhook, AlertmanagerWebhook::sentPosts)
                    .description("Posts that the Alertmanager has taken")
                    .register(registry);
                FunctionCounter.builder(ExportMeterNames.WEBHOOK_FAILED, webhook, AlertmanagerWebhook::failedPosts)
                    .description("Posts that the Alertmanager has not taken, after all attempts")
                    .register(registry);
                FunctionCounter.builder(ExportMeterNames.WEBHOOK_DROPPED, webhook, AlertmanagerWebhook::droppedEvents)
                    .description("Alert events that found no room to wait for the Alertmanager")
                    .register(registry);
            });
        }

    }

}
