package io.threadsafemetrics;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;

/**
 * A rule about a metric, and a latch that callbacks may wait for.
 */
abstract class AbstractAlertCallbackTests {

    final ManualClock clock = new ManualClock();

    final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock);

    final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.gauge("a").build());

    final Queue<AlertEvent> events = new ConcurrentLinkedQueue<>();

    final CountDownLatch unblocked = new CountDownLatch(1);

    @AfterEach
    void close() {
        this.unblocked.countDown();
        this.collector.close();
    }

    final void addRule(Duration holdFor) {
        this.collector.addAlertRule(
                AlertRule.builder("rule", "a").above(10).window(Duration.ofMillis(999)).holdFor(holdFor).build());
    }

    final List<AlertEvent> evaluateAfter(double value) {
        this.clock.advance(Duration.ofSeconds(1));
        this.metric.addValue(value);
        return this.collector.evaluateAlerts();
    }

}
