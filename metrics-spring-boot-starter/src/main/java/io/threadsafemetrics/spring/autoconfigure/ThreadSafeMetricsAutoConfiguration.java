package io.threadsafemetrics.spring.autoconfigure;

import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configures the collector, and ties it to the context.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnThreadSafeMetricsEnabled
@EnableConfigurationProperties({ ThreadSafeMetricsProperties.class, BuiltInAlertProperties.class })
public final class ThreadSafeMetricsAutoConfiguration {

    @Bean
    CollectorSettings threadSafeMetricsCollectorSettings(ThreadSafeMetricsProperties properties,
            BuiltInAlertProperties builtInAlerts, Environment environment) {
        return new CollectorSettings(properties, builtInAlerts, environment);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    ThreadSafeMetricsCollector threadSafeMetricsCollector(CollectorSettings settings,
            ObjectProvider<ThreadSafeMetricsCollectorCustomizer> customizers) {
        ThreadSafeMetricsCollector.Builder builder = ThreadSafeMetricsCollector.builder();
        settings.applyTo(builder);
        customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
        return builder.build();
    }

    @Bean
    @ConditionalOnSingleCandidate(ThreadSafeMetricsCollector.class)
    CollectorLifecycle threadSafeMetricsCollectorLifecycle(ThreadSafeMetricsCollector collector,
            CollectorSettings settings, ApplicationContext context) {
        return new CollectorLifecycle(collector, settings, context);
    }

    /**
     * Lets the collector be there before any other bean asks for it through
     * {@code GlobalMetrics}, however lazily beans are created.
     */
    @Bean
    static BeanFactoryInitializer<ListableBeanFactory> threadSafeMetricsInitializer() {
        return (beanFactory) -> {
            beanFactory.getBean(CollectorSettings.class);
            beanFactory.getBeanProvider(CollectorLifecycle.class).getIfAvailable();
        };
    }

}
