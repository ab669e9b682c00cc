package io.threadsafemetrics.spring.autoconfigure.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.threadsafemetrics.spring.micrometer.ApplicationMetersFirst;
import io.threadsafemetrics.spring.micrometer.ThreadSafeMetricsMeterRegistry;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Installs the filter that lets meters of the application go before ours, while a
 * registry has no meters: Micrometer warns of filters that come later, and the binder
 * comes last. Spring Boot brings no filter of ours to its composite.
 */
final class ApplicationMetersFirstPostProcessor implements BeanPostProcessor {

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof MeterRegistry registry && !(bean instanceof ThreadSafeMetricsMeterRegistry)) {
            ApplicationMetersFirst.install(registry);
        }
        return bean;
    }

}
