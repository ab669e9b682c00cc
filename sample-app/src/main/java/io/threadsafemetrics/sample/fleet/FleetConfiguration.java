package io.threadsafemetrics.sample.fleet;

import java.util.Random;

import io.threadsafemetrics.ThreadSafeMetricsCollector;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the application part of a fleet.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("sample.fleet.enabled")
class FleetConfiguration {

    @Bean
    FleetLoad fleetLoad(FleetProperties properties, ThreadSafeMetricsCollector collector) {
        return new FleetLoad(properties, collector, new Random());
    }

}
