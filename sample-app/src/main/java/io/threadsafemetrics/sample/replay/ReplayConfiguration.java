package io.threadsafemetrics.sample.replay;

import io.threadsafemetrics.MetricsClock;
import io.threadsafemetrics.ThreadSafeMetricsCollector;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/**
 * Replays the recorded series while the application runs.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sample.replay.enabled", matchIfMissing = true)
class ReplayConfiguration {

    static final ClassPathResource SERIES = new ClassPathResource("replay/ec2_request_latency.csv");

    @Bean
    LatencyReplay latencyReplay(ThreadSafeMetricsCollector collector, ReplayProperties properties) {
        return new LatencyReplay(RecordedLatency.readAll(SERIES), properties.speed(), collector, MetricsClock.system());
    }

}
