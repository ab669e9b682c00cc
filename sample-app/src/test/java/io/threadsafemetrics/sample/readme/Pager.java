package io.threadsafemetrics.sample.readme;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.threadsafemetrics.AlertEvent;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.ThreadSafeMetricsCollector;

class Pager {

    final Queue<AlertEvent> paged = new ConcurrentLinkedQueue<>();

    private void page(AlertEvent event) {
        this.paged.add(event);
    }

    // The alerts of README.md, from here on.
    void watch(ThreadSafeMetricsCollector collector) {
        collector.addAlertCallback((event) -> page(event));
        collector.addAlertRule(AlertRule.builder("checkout-slow", "checkout.latency")
            .percentile(99)
            .window(Duration.ofMinutes(1))
            .above(0.5)
            .holdFor(Duration.ofSeconds(10))
            .build());
    }

}
