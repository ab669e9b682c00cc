package io.threadsafemetrics.spring.autoconfigure.micrometer;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.threadsafemetrics.spring.autoconfigure.ConditionalOnThreadSafeMetricsEnabled;
import io.threadsafemetrics.spring.micrometer.ClashFreePrometheusRegistry;
import io.threadsafemetrics.spring.micrometer.OutgoingSeriesFilter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.ConditionalOnEnabledMetricsExport;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that prepares Prometheus for the collected series.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = PrometheusMetricsExportAutoConfiguration.class)
@ConditionalOnThreadSafeMetricsEnabled("micrometer.export")
@ConditionalOnClass({ PrometheusMeterRegistry.class, MeterRegistryCustomizer.class })
@ConditionalOnEnabledMetricsExport("prometheus")
public final class ThreadSafeMetricsPrometheusAutoConfiguration {

    /** In place of Boot's, which a name that two meters share makes fail. */
    @Bean
    @ConditionalOnMissingBean(PrometheusRegistry.class)
    ClashFreePrometheusRegistry threadSafeMetricsPrometheusRegistry() {
        return new ClashFreePrometheusRegistry();
    }

    /** Before the registry has meters: Micrometer warns of filters that come later. */
    @Bean
    MeterRegistryCustomizer<PrometheusMeterRegistry> threadSafeMetricsPrometheusCustomizer() {
        return (registry) -> registry.config().meterFilter(new OutgoingSeriesFilter());
    }

}
