package io.threadsafemetrics.spring.autoconfigure;

import io.threadsafemetrics.ThreadSafeMetricsCollector;

/**
 * Changes the auto-configured collector before it is built: a bean of this type is called
 * after the properties are applied. Several are called in their
 * {@linkplain org.springframework.core.annotation.Order order}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ThreadSafeMetricsCollectorCustomizer {

    /**
     * Changes the collector to be built.
     * @param builder the builder, with the properties applied
     */
    void customize(ThreadSafeMetricsCollector.Builder builder);

}
