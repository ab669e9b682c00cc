package io.threadsafemetrics.spring.autoconfigure.micrometer;

import java.util.Map;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.autoconfigure.ConditionalOnThreadSafeMetricsEnabled;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsAutoConfiguration;
import io.threadsafemetrics.spring.micrometer.ThreadSafeMetricsMeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of a meter registry that brings what is recorded with Micrometer
 * into the collector. It stands beside Spring Boot's own registries: after the simple
 * one, which would back off for it, and before the composite of all.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ThreadSafeMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
        SimpleMetricsExportAutoConfiguration.class }, before = CompositeMeterRegistryAutoConfiguration.class)
@ConditionalOnThreadSafeMetricsEnabled("micrometer.collect")
@ConditionalOnBooleanProperty(name = "management.defaults.metrics.export.enabled", matchIfMissing = true)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(Clock.class)
@ConditionalOnSingleCandidate(ThreadSafeMetricsCollector.class)
@EnableConfigurationProperties(MicrometerCollectProperties.class)
public final class ThreadSafeMetricsMicrometerCollectAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ThreadSafeMetricsMeterRegistry threadSafeMetricsMeterRegistry(ThreadSafeMetricsCollector collector, Clock clock,
            MicrometerCollectProperties properties, ObjectProvider<TracingMetadata> metadata) {
        ThreadSafeMetricsMeterRegistry.Builder builder = ThreadSafeMetricsMeterRegistry.builder(collector)
            .clock(clock)
            .include(properties.include())
            .exclude(properties.exclude())
            .interval(properties.interval());
        metadata.ifAvailable(builder::metadata);
        return builder.build();
    }

    /** What is known of the trace that a value belongs to. */
    interface TracingMetadata extends Supplier<Map<String, String>> {

    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Tracer.class)
    static class TracingConfiguration {

        @Bean
        TracingMetadata threadSafeMetricsTracingMetadata(ObjectProvider<Tracer> tracers) {
            return new CurrentSpanMetadata(tracers);
        }

    }

}
