package io.threadsafemetrics.spring.soak;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.threadsafemetrics.MetricStatistics;
import io.threadsafemetrics.SystemStatistics;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Compares, once nobody records any more, what was done with what the collector says.
 */
final class Books {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final SoakMetrics metrics;

    private final ThreadSafeMetricsCollector collector;

    private final Tally tally;

    Books(SoakMetrics metrics, Tally tally) {
        this.metrics = metrics;
        this.collector = metrics.collector;
        this.tally = tally;
    }

    void checkMetrics() {
        for (ThreadSafeMetric metric : this.metrics.summed()) {
            checkCount(metric.name());
            checkTotal(metric.name());
        }
        this.metrics.counted().forEach((metric) -> checkCount(metric.name()));
        for (String name : new String[] { "soak.meter.timer", "soak.meter.counter", "soak.meter.summary",
                "soak.meter.flooded", "soak.meter.churned" }) {
            checkCount(name);
            checkTotal(name);
        }
    }

    private void checkCount(String name) {
        assertThat(statistics(name).count()).as("values of " + name).isEqualTo(this.tally.of(name).accepted());
    }

    private void checkTotal(String name) {
        assertThat(statistics(name).totalValue()).as("total of " + name).isEqualTo(this.tally.of(name).total());
    }

    private MetricStatistics statistics(String name) {
        return this.collector.getMetricStatistics(name).orElseThrow(() -> new AssertionError("no metric " + name));
    }

    /** What was taken is still there or was taken away by the soak; all else is here. */
    void checkSystem(long webhookDropped) {
        SystemStatistics system = this.collector.getSystemStatistics();
        assertThat(system.rejectedValues()).as("values refused").isEqualTo(this.tally.refused());
        assertThat(system.collectionErrors()).as("errors").isZero();
        assertThat(system.estimatedMemoryBytes()).as("bytes").isLessThanOrEqualTo(SoakApplication.MAX_MEMORY_BYTES);
        // more where meters of Spring come late
        assertThat(system.refusedMetrics()).as("metrics refused")
            .isGreaterThanOrEqualTo(this.tally.refusedMetrics.sum());
        Awaitility.await() // Spring reads gauges still
            .atMost(LIMIT)
            .untilAsserted(() -> assertThat(system().totalValuesCollected()).as("values collected")
                .isEqualTo(this.tally.accepted() + ofSpring()));
        Awaitility.await() // a callback may be about to throw
            .atMost(LIMIT)
            .untilAsserted(() -> assertThat(system().failedCallbacks()).as("callbacks that failed")
                .isEqualTo(this.tally.failedCallbacks.sum() + webhookDropped));
    }

    private SystemStatistics system() {
        return this.collector.getSystemStatistics();
    }

    private long ofSpring() {
        return this.collector.getAllMetrics()
            .values()
            .stream()
            .filter((metric) -> !this.tally.knows(metric.name()))
            .mapToLong(MetricStatistics::count)
            .sum();
    }

    /** All that Micrometer itself counts, also what Spring records. */
    void checkMeters(MeterRegistry registry) {
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
            // a request is recorded after its answer
            Map<String, Double> counts = new HashMap<>();
            Map<String, Double> totals = new HashMap<>();
            registry.getMeters().forEach((meter) -> addTo(counts, totals, meter));
            counts.remove("soak.meter.churned");
            totals.remove("soak.meter.churned");
            assertThat(counts).containsKeys("http.server.requests", "soak.meter.timer");
            counts.forEach((name, count) -> assertThat((double) statistics(name).count()).as(name).isEqualTo(count));
            totals.forEach((name, total) -> assertThat(statistics(name).totalValue()).as(name)
                .isCloseTo(total, within(1e-9 * Math.max(1, total))));
        });
    }

    private static void addTo(Map<String, Double> counts, Map<String, Double> totals, Meter meter) {
        String name = meter.getId().getName();
        if (meter instanceof Counter counter) {
            totals.merge(name, counter.count(), Double::sum);
        }
        else if (meter instanceof Timer timer) {
            counts.merge(name, (double) timer.count(), Double::sum);
            totals.merge(name, timer.totalTime(TimeUnit.SECONDS), Double::sum);
        }
        else if (meter instanceof DistributionSummary summary) {
            counts.merge(name, (double) summary.count(), Double::sum);
            totals.merge(name, summary.totalAmount(), Double::sum);
        }
    }

}
