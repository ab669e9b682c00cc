package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What came in is not sent out, and what is sent out does not come in. */
class EchoTests {

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder().maxTagSets(2).build();

    private final ThreadSafeMetricsMeterRegistry ours = ThreadSafeMetricsMeterRegistry.builder(this.collector)
        .interval(Duration.ZERO)
        .build();

    private final ThreadSafeMetricsMeterBinder binder = new ThreadSafeMetricsMeterBinder(this.collector, List.of(95.0));

    private final SimpleMeterRegistry simple = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        this.binder.close();
        this.ours.close();
        this.collector.close();
    }

    private void recordOwn() {
        for (MetricType type : MetricType.values()) {
            this.collector.metric(MetricDefinition.of("own." + type, type).build()).addValue(1);
        }
    }

    private void recordThrough(MeterRegistry registry) {
        for (int i = 0; i < 4; i++) { // two of them go to the overflow series
            registry.counter("in.counter", "i", "" + i).increment();
        }
        registry.timer("in.timer").record(Duration.ofSeconds(1));
        registry.summary("in.summary").record(1);
        registry.gauge("in.gauge", 1);
        registry.more().longTaskTimer("in.tasks").start();
        this.ours.sample();
    }

    private static List<String> names(MeterRegistry registry) {
        return registry.getMeters()
            .stream()
            .map((meter) -> meter.getId().getName())
            .filter((name) -> !name.startsWith("threadsafe."))
            .distinct()
            .sorted()
            .toList();
    }

    private void assertNoEcho(MeterRegistry everything) {
        assertThat(names(this.ours)).containsExactly("in.counter", "in.gauge", "in.summary", "in.tasks", "in.timer");
        assertThat(this.ours.getMeters()).noneMatch((meter) -> meter.getId().getName().startsWith("threadsafe."));
        assertThat(everything.find("in.counter").meters()).hasSize(4)
            .noneMatch((meter) -> meter.getId().getTags().toString().contains("overflow"));
        assertThat(names(everything)).contains("own.COUNTER", "own.TIMER", "own.TIMER.max", "own.SUMMARY.percentile")
            .filteredOn((name) -> name.startsWith("in."))
            .containsExactly("in.counter", "in.gauge", "in.summary", "in.tasks", "in.timer");
        assertThat(this.collector.getAllMetrics().keySet()).filteredOn((name) -> name.startsWith("own."))
            .hasSize(MetricType.values().length);
        assertThat(this.collector.getAllMetrics().keySet()).filteredOn((name) -> name.startsWith("in."))
            .containsExactly("in.counter", "in.gauge", "in.summary", "in.tasks.active", "in.tasks.duration",
                    "in.tasks.max", "in.timer");
        assertThat(this.collector.getAllMetrics().keySet()).noneMatch((name) -> name.startsWith("threadsafe."));
        assertThat(IncomingMetrics.of(this.collector).skipped().count()).isZero();
    }

    @Test
    void compositeOfBoth() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry().add(this.ours).add(this.simple);
        this.binder.bindTo(composite);
        recordOwn();
        recordThrough(composite);
        recordOwn();
        assertNoEcho(composite);
    }

    @Test
    void compositeOfComposites() {
        CompositeMeterRegistry inner = new CompositeMeterRegistry().add(this.ours);
        CompositeMeterRegistry outer = new CompositeMeterRegistry().add(inner).add(this.simple);
        recordOwn();
        recordThrough(outer);
        this.binder.bindTo(outer);
        assertNoEcho(outer);
    }

    @Test
    void globalRegistry() {
        Metrics.addRegistry(this.ours);
        Metrics.addRegistry(this.simple);
        try {
            this.binder.bindTo(Metrics.globalRegistry);
            recordOwn();
            recordThrough(Metrics.globalRegistry);
            assertNoEcho(Metrics.globalRegistry);
        }
        finally {
            this.binder.close();
            Metrics.globalRegistry.getMeters().forEach(Metrics.globalRegistry::remove);
            Metrics.removeRegistry(this.ours);
            Metrics.removeRegistry(this.simple);
        }
    }

    @Test
    void binderOfAnotherRegistryThanTheRecording() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        this.binder.bindTo(prometheus);
        recordOwn();
        recordThrough(new CompositeMeterRegistry().add(this.ours).add(this.simple));
        assertThat(names(prometheus)).noneMatch((name) -> name.startsWith("in."));
        assertThat(prometheus.scrape()).contains("own_TIMER").doesNotContain("in_");
    }

    @Test
    void registryThatJoinsACompositeLater() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry().add(this.simple);
        this.binder.bindTo(composite);
        recordOwn();
        composite.add(this.ours);
        this.ours.sample();
        assertThat(this.collector.getAllMetrics()).hasSize(MetricType.values().length)
            .allSatisfy((name, statistics) -> assertThat(statistics.count()).isEqualTo(1));
    }

    @Test
    void binderOfTheRegistryItself() {
        this.binder.bindTo(this.ours);
        recordOwn();
        assertThat(this.ours.getMeters()).isEmpty();
    }

    @Test
    void seriesOfTheApplicationBesideThoseOfMetersAreSentOut() {
        this.binder.bindTo(this.simple);
        this.ours.counter("orders", "from", "micrometer").increment();
        this.collector.findMetric("orders").orElseThrow().addValue(1, Tags.of("from", "application"));
        assertThat(this.simple.getMeters()).extracting(Meter::getId)
            .filteredOn((id) -> id.getName().equals("orders"))
            .extracting((id) -> id.getTag("from"))
            .containsExactly("application");
    }

    @Test
    void seriesOfARemovedMeterIsSentOutWhenTheApplicationRecordsIt() throws InterruptedException {
        this.binder.bindTo(this.simple);
        this.collector.registerMetric("orders", MetricType.COUNTER);
        this.ours.counter("orders").increment();
        this.ours.remove(this.ours.counter("orders"));
        CollectingRegistryTests.await(() -> !IncomingMetrics.of(this.collector).contains("orders", Tags.empty()));
        this.collector.collect("orders", 1);
        assertThat(this.simple.get("orders").functionCounter().count()).isEqualTo(1);
    }

    /**
     * Else the application could not register its meter again: Micrometer throws where a
     * meter of another type has the name.
     */
    @Test
    void newsOfASeriesThatIsOverDoesNotShowItWhereItsMetricIsFed() {
        this.ours.timer("in.timer", "turn", "still").record(Duration.ofSeconds(1));
        ThreadSafeMetric metric = this.collector.findMetric("in.timer").orElseThrow();
        MetricSeries over = metric.series(Tags.of("turn", "over"));
        metric.removeSeries(over.tags());
        RegistryExport export = new RegistryExport(this.collector, List.of(), this.simple);
        export.start();
        export.seriesAdded(metric, over);
        assertThat(this.simple.find("in.timer").meters()).isEmpty();
        export.close();
    }

}
