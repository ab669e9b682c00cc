package io.threadsafemetrics.spring.micrometer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Series that come and go on many threads, while registries are scraped. */
@Timeout(120) // a deadlock is to fail, not to hang
class ConcurrentExportTests {

    private static final int ROUNDS = 300;

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.create();

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final ThreadSafeMetricsMeterBinder binder = new ThreadSafeMetricsMeterBinder(this.collector);

    private final AtomicInteger names = new AtomicInteger();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        this.threads.shutdownNow();
        this.binder.close();
        this.collector.close();
    }

    @RepeatedTest(20) // where the binding falls among the events is a matter of luck
    void metersAreThoseOfTheLiveSeriesAfterChurn() throws Exception {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.add(new SimpleMeterRegistry()).add(this.prometheus);
        List<Future<?>> work = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            work.add(this.threads.submit(repeat(this::churn)));
        }
        // in the middle
        work.add(this.threads.submit(() -> this.binder.bindTo(composite)));
        for (Future<?> each : work) {
            each.get(60, TimeUnit.SECONDS);
        }
        this.prometheus.scrape();
        List<String> live = new ArrayList<>();
        this.collector.getAllMetrics()
            .keySet()
            .forEach((name) -> this.collector.findMetric(name)
                .orElseThrow()
                .series()
                .forEach((series) -> live.add(name + series.tags().get("k"))));
        List<String> shown = composite.getMeters()
            .stream()
            .map(Meter::getId)
            .filter((id) -> id.getName().matches("m\\d"))
            .map((id) -> id.getName() + id.getTag("k"))
            .toList();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(live);
        assertThat(composite.get(ExportMeterNames.EXPORT_SKIPPED).functionCounter().count()).isZero();
        assertThat(this.collector.getSystemStatistics().collectionErrors()).isZero();
    }

    private Callable<Void> repeat(Runnable step) {
        return () -> {
            for (int i = 0; i < ROUNDS; i++) {
                step.run();
            }
            return null;
        };
    }

    private void churn() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String name = "m" + random.nextInt(4);
        MetricType type = MetricType.values()[random.nextInt(MetricType.values().length)];
        this.collector.registerMetric(name, type);
        this.collector.collect(name, 1.0, Map.of("k", "v" + random.nextInt(5)));
        switch (random.nextInt(6)) {
            case 0 -> this.collector.unregisterMetric(name);
            case 1 -> this.collector.findMetric(name).ifPresent((metric) -> metric.reset());
            default -> Thread.yield();
        }
    }

    @Test
    void scrapeWhenSeriesComeAndGoSucceeds() throws Exception {
        this.binder.bindTo(this.prometheus);
        this.collector.registerMetric("steady", MetricType.TIMER);
        this.collector.collect("steady", 1.0);
        AtomicBoolean done = new AtomicBoolean();
        Future<Integer> scrapes = this.threads.submit(() -> {
            int count = 0;
            while (!done.get()) {
                assertThat(this.prometheus.scrape()).contains("steady_seconds_count");
                count++;
            }
            return count;
        });
        List<Future<?>> work = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            work.add(this.threads.submit(repeat(this::comeAndGo)));
        }
        for (Future<?> each : work) {
            each.get(60, TimeUnit.SECONDS);
        }
        done.set(true);
        assertThat(scrapes.get(60, TimeUnit.SECONDS)).isPositive();
    }

    private void comeAndGo() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String name = "m" + this.names.getAndIncrement();
        this.collector.registerMetric(name, MetricType.values()[random.nextInt(MetricType.values().length)]);
        for (int i = 0; i < 3; i++) {
            this.collector.collect(name, 1.0, Map.of("k", "v" + random.nextInt(5)));
            this.collector.collect("steady", 1.0, Map.of("k", "v" + random.nextInt(50)));
        }
        this.collector.unregisterMetric(name);
    }

    @Test
    void countAndSumOfOneScrapeAreOfOneInstant() throws Exception {
        this.binder.bindTo(this.prometheus);
        MetricSeries series = this.collector.metric(MetricDefinition.timer("t").build()).series(Tags.empty());
        AtomicBoolean done = new AtomicBoolean();
        Future<?> writer = this.threads.submit(() -> {
            while (!done.get()) {
                series.addValue(1.0);
            }
        });
        Pattern figures = Pattern.compile("t_seconds_count (\\d+)\nt_seconds_sum (\\S+)\n");
        for (int i = 0; i < 200; i++) {
            Matcher matcher = figures.matcher(this.prometheus.scrape());
            assertThat(matcher.find()).isTrue();
            assertThat(Double.parseDouble(matcher.group(2))).isEqualTo(Double.parseDouble(matcher.group(1)));
        }
        done.set(true);
        writer.get(60, TimeUnit.SECONDS);
    }

    @Test
    void recordWhenRegistryIsLockedByAnotherRegistrationDoesNotWaitForTheExport() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        // a registration of ours that takes its time holds the lock of the export
        this.prometheus.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if (id.getName().equals("slow")) {
                    inside.countDown();
                    await(go);
                }
                return id;
            }
        });
        this.binder.bindTo(this.prometheus);
        Future<Boolean> slow = this.threads
            .submit(() -> this.collector.metric(MetricDefinition.counter("slow").build()).addValue(1));
        await(inside);
        assertThat(
                this.threads.submit(() -> this.collector.metric(MetricDefinition.counter("fast").build()).addValue(1))
                    .get(30, TimeUnit.SECONDS))
            .isTrue();
        go.countDown();
        assertThat(slow.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(this.prometheus.scrape()).contains("slow_total 1.0", "fast_total 1.0");
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
