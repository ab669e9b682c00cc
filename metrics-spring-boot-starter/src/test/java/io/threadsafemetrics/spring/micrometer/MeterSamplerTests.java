package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.threadsafemetrics.spring.micrometer.CollectingRegistryTests.await;
import static org.assertj.core.api.Assertions.assertThat;

/** The threads of a registry. */
class MeterSamplerTests {

    private static final String THREAD = "threadsafe-metrics-micrometer";

    /** Of other tests' registries: they end a moment after these are closed. */
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .cleanupInterval(Duration.ofMillis(10))
        .alertInterval(Duration.ofMillis(10))
        .build();

    private final ThreadSafeMetricsMeterRegistry registry = ThreadSafeMetricsMeterRegistry.builder(this.collector)
        .interval(Duration.ofMillis(5))
        .build();

    private final CountDownLatch blocked = new CountDownLatch(1);

    private final CountDownLatch interrupted = new CountDownLatch(1);

    @AfterEach
    void close() {
        this.registry.close();
        this.collector.close();
    }

    private double block() {
        this.blocked.countDown();
        try {
            Thread.sleep(60_000);
        }
        catch (InterruptedException ex) {
            this.interrupted.countDown();
        }
        return 1;
    }

    private long threads() {
        return Thread.getAllStackTraces()
            .keySet()
            .stream()
            .filter((thread) -> thread.isAlive() && thread.getName().equals(THREAD))
            .filter((thread) -> !this.before.contains(thread))
            .count();
    }

    @Test
    void metersAreReadAtTheIntervalByADaemonThread() throws InterruptedException {
        AtomicInteger reads = new AtomicInteger();
        AtomicInteger daemons = new AtomicInteger();
        Gauge.builder("level", () -> {
            daemons.addAndGet(Thread.currentThread().isDaemon() ? 1 : 0);
            return reads.incrementAndGet();
        }).register(this.registry);
        await(() -> reads.get() >= 3);
        assertThat(daemons.get()).isPositive();
        assertThat(this.collector.getMetricValue("level")).isPresent();
    }

    @Test
    void blockedGaugeHoldsUpNeitherCleanUpNorAlertsNorRemoval() throws InterruptedException {
        AtomicInteger alerts = new AtomicInteger();
        this.collector.addAlertCallback((event) -> alerts.incrementAndGet());
        Gauge.builder("blocked", this::block).register(this.registry);
        this.blocked.await();
        long cleanups = this.collector.getSystemStatistics().cleanupCount();
        this.collector.registerMetric("own", MetricType.GAUGE);
        this.collector.collect("own", 5);
        this.collector.addAlertRule(AlertRule.builder("high", "own").above(1).build());
        await(() -> alerts.get() == 1);
        await(() -> this.collector.getSystemStatistics().cleanupCount() > cleanups);
        Counter counter = this.registry.counter("orders");
        counter.increment();
        this.registry.remove(counter);
        await(() -> this.collector.findMetric("orders").isEmpty());
        assertThat(this.interrupted.getCount()).isEqualTo(1);
    }

    @Test
    void closeEndsTheThreadsAlsoABlockedOne() throws InterruptedException {
        Gauge.builder("blocked", this::block).register(this.registry);
        this.blocked.await();
        this.registry.remove(this.registry.counter("orders"));
        this.registry.close();
        this.interrupted.await();
        await(() -> threads() == 0);
        assertThat(this.collector.getAllMetrics()).isEmpty();
    }

    @Test
    void registryWithoutMetersHasNoThread() {
        assertThat(threads()).isZero();
    }

}
