package io.threadsafemetrics.spring.autoconfigure.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.autoconfigure.ConditionalOnThreadSafeMetricsEnabled;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsAutoConfiguration;
import io.threadsafemetrics.spring.micrometer.ThreadSafeMetricsMeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that shows the collected series in the application's meter registry.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ThreadSafeMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
        CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnThreadSafeMetricsEnabled("micrometer.export")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(ThreadSafeMetricsCollector.class)
@ConditionalOnBean(MeterRegistry.class)
@EnableConfigurationProperties(MicrometerExportProperties.class)
public final class ThreadSafeMetricsMicrometerExportAutoConfiguration {

    @Bean
    static ApplicationMetersFirstPostProcessor threadSafeMetricsApplicationMetersFirst() {
        return new ApplicationMetersFirstPostProcessor();
    }

    @Bean
    @ConditionalOnMissingBean
    ThreadSafeMetricsMeterBinder threadSafeMetricsMeterBinder(ThreadSafeMetricsCollector collector,
            MicrometerExportProperties properties) {
        return new ThreadSafeMetricsMeterBinder(collector, properties.percentiles());
    }

    /**
     * Binds to a registry that Spring Boot does not bind to, as that of a parent context.
     * Where Boot has bound already, it does nothing.
     */
    @Bean
    SmartInitializingSingleton threadSafeMetricsMeterBinding(ObjectProvider<ThreadSafeMetricsMeterBinder> binders,
            ObjectProvider<MeterRegistry> registries) {
        return () -> binders.ifAvailable((binder) -> {
            MeterRegistry registry = registries.getIfUnique();
            if (registry != null) {
                binder.bindTo(registry);
            }
            else {
                registries.forEach(binder::bindTo);
            }
        });
    }

}
