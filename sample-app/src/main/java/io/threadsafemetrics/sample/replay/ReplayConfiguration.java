package io.threadsafemetrics.sample.replay;

import java.time.Duration;

import io.threadsafemetrics.MetricsClock;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.sample.BackgroundTask;

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

    private static final Duration PAUSE = Duration.ofMillis(50);

    @Bean
    BackgroundTask latencyReplay(ThreadSafeMetricsCollector collector, ReplayProperties properties) {
        LatencyReplay replay = new LatencyReplay(RecordedLatency.readAll(SERIES), properties.speed(), collector,
                MetricsClock.system());
        return new BackgroundTask("sample-replay", PAUSE, replay::recordDue);
    }

}
