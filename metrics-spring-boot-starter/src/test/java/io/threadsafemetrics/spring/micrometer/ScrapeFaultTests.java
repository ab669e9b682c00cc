package io.threadsafemetrics.spring.micrometer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Scrapes while everything else goes on, or wrong. */
@Timeout(120) // a deadlock is to fail, not to hang
class ScrapeFaultTests {

    private static final int ROUNDS = 10_000;

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.create();

    private final ThreadSafeMetricsMeterBinder binder = new ThreadSafeMetricsMeterBinder(this.collector, List.of(50.0));

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final AtomicInteger round = new AtomicInteger();

    private final AtomicBoolean done = new AtomicBoolean();

    @AfterEach
    void close() {
        this.done.set(true);
        this.threads.shutdownNow();
        this.binder.close();
        this.collector.close();
    }

    private static PrometheusMeterRegistry meters(PrometheusRegistry registry) {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
    }

    /** Scrapes as text and as Prometheus does. */
    private static String scrape(PrometheusRegistry registry) throws IOException {
        MetricSnapshots snapshots = registry.scrape();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, snapshots);
        new PrometheusProtobufWriter().write(new ByteArrayOutputStream(), snapshots);
        return text.toString(StandardCharsets.UTF_8);
    }

    private Future<?> until(Runnable step) {
        return this.threads.submit(() -> {
            while (!this.done.get()) {
                step.run();
            }
        });
    }

    /** All series of one name go, and come back with another type. */
    private void changeType() {
        MetricType[] types = MetricType.values();
        this.collector.registerMetric("a", types[ThreadLocalRandom.current().nextInt(types.length)]);
        for (int i = 0; i < 3; i++) {
            this.collector.collect("a", 1.0, Map.of("k", "v" + i));
        }
        this.collector.unregisterMetric("a");
    }

    private void assertScrapesSucceed(PrometheusRegistry registry, Runnable... meanwhile) throws Exception {
        this.binder.bindTo(meters(registry));
        this.collector.registerMetric("steady", MetricType.TIMER);
        this.collector.collect("steady", 1.0);
        List<Future<?>> work = new ArrayList<>();
        for (Runnable step : meanwhile) {
            work.add(until(step));
        }
        for (int i = 0; i < ROUNDS; i++) {
            String text = scrape(registry);
            Set<String> lines = new HashSet<>();
            assertThat(text.lines().allMatch(lines::add)).as("no line twice").isTrue();
            assertThat(lines.contains("steady_seconds_count 1")).isTrue();
        }
        this.done.set(true);
        for (Future<?> each : work) {
            each.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void scrapeWhileANameChangesItsTypeSucceeds() throws Exception {
        assertScrapesSucceed(new PrometheusRegistry(), this::changeType);
    }

    @Test
    void scrapeWhileOthersTakeTheNameSucceeds() throws Exception {
        PrometheusRegistry registry = new ClashFreePrometheusRegistry();
        PrometheusMeterRegistry others = meters(registry);
        assertScrapesSucceed(registry, this::changeType, () -> {
            String name = List.of("a", "a.max", "a.seconds.count").get(ThreadLocalRandom.current().nextInt(3));
            // each its own tag: Micrometer's own collectors of one name follow each other
            Meter other = Gauge.builder(name, () -> 42).tag("n", "" + this.round.getAndIncrement()).register(others);
            Thread.yield();
            others.remove(other);
        });
    }

    @Test
    void twoScrapesAtOnceSucceed() throws Exception {
        PrometheusRegistry registry = new PrometheusRegistry();
        this.binder.bindTo(meters(registry));
        this.collector.registerMetric("a", MetricType.SUMMARY);
        this.collector.collect("a", 1.0);
        List<Future<String>> scrapes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            scrapes.add(this.threads.submit(() -> scrape(registry)));
        }
        for (Future<String> each : scrapes) {
            assertThat(each.get(60, TimeUnit.SECONDS)).contains("a_count 1\n");
        }
    }

    @Test
    void slowScrapeStopsNeitherRecordingNorAnotherScrape() throws Exception {
        PrometheusRegistry registry = new ClashFreePrometheusRegistry();
        PrometheusMeterRegistry meters = meters(registry);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        Gauge.builder("slow", () -> {
            if (first.getAndSet(false)) {
                inside.countDown();
                await(go);
            }
            return 1;
        }).register(meters);
        this.binder.bindTo(meters);
        this.collector.registerMetric("a", MetricType.TIMER);
        this.collector.collect("a", 1.0);
        Future<String> slow = this.threads.submit(() -> scrape(registry));
        await(inside);
        this.collector.registerMetric("b", MetricType.TIMER);
        assertThat(this.collector.collect("b", 1.0)).isTrue();
        assertThat(this.threads.submit(() -> scrape(registry)).get(60, TimeUnit.SECONDS))
            .contains("b_seconds_count 1\n");
        go.countDown();
        assertThat(slow.get(60, TimeUnit.SECONDS)).contains("a_seconds_count 1\n");
    }

    @Test
    void closeDuringAScrapeLeavesTheScrapeWellFormed() throws Exception {
        for (int i = 0; i < 200; i++) {
            PrometheusRegistry registry = new ClashFreePrometheusRegistry();
            ThreadSafeMetricsCollector closing = ThreadSafeMetricsCollector.create();
            ThreadSafeMetricsMeterBinder closingBinder = new ThreadSafeMetricsMeterBinder(closing);
            closingBinder.bindTo(meters(registry));
            for (int k = 0; k < 5; k++) {
                closing.registerMetric("a" + k, MetricType.TIMER);
                closing.collect("a" + k, 1.0);
            }
            Future<String> scrape = this.threads.submit(() -> scrape(registry));
            closingBinder.close();
            closing.close();
            assertThat(scrape.get(60, TimeUnit.SECONDS).lines()).doesNotHaveDuplicates();
            assertThat(scrape(registry)).isEmpty();
        }
    }

    @Test
    void registryThatThrowsOnRegistrationIsLeftAlone() {
        PrometheusRegistry full = new PrometheusRegistry() {
            @Override
            public void register(MultiCollector added) {
                throw new IllegalStateException("full");
            }
        };
        PrometheusMeterRegistry meters = meters(full);
        this.binder.bindTo(meters);
        this.collector.registerMetric("a", MetricType.TIMER);
        assertThat(this.collector.collect("a", 1.0)).isTrue();
        assertThat(this.collector.getSystemStatistics().collectionErrors()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
