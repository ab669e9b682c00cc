package io.threadsafemetrics.sample.readme;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.Timing;

import org.springframework.stereotype.Service;

// The quick start of README.md, from here on.
@Service
class Checkout {

    private final ThreadSafeMetric latency;

    Checkout(ThreadSafeMetricsCollector collector) {
        this.latency = collector.metric(MetricDefinition.timer("checkout.latency").build());
    }

    void pay(String region) {
        try (Timing timing = this.latency.startTimer(Tags.of("region", region))) {
            // what is to be timed
        }
    }

}
