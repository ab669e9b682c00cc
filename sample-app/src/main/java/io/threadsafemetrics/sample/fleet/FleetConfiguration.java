package io.threadsafemetrics.sample.fleet;

import java.time.Duration;
import java.util.Random;

import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.sample.BackgroundTask;

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

    @Bean
    BackgroundTask fleetTask(FleetLoad load) {
        return new BackgroundTask("sample-fleet", Duration.ofSeconds(1).dividedBy(FleetLoad.TICKS_PER_SECOND),
                load::tick);
    }

}
