package consumer;

import java.time.Duration;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsCollectorCustomizer;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
class ConsumerApplication {

    public static void main(String[] args) {
        SpringApplication.run(ConsumerApplication.class, args);
    }

    @Bean
    ThreadSafeMetricsCollectorCustomizer limit() {
        return (builder) -> builder.maxMetrics(500);
    }

    @Bean
    ApplicationRunner recorder(ThreadSafeMetricsCollector collector) {
        var latency = collector.metric(MetricDefinition.timer("checkout.latency").build());
        return (args) -> {
            latency.addDuration(Duration.ofMillis(200), Tags.of("region", "eu"));
            latency.addDuration(Duration.ofMillis(400), Tags.of("region", "us"));
        };
    }

}
