package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What Prometheus is shown, and that nothing makes its scrape fail. */
class PrometheusRegistryExportTests {

    private static final List<String> FORMATS = List.of("text/plain", "application/openmetrics-text",
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited");

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .clock(new ManualClock())
        .cleanupInterval(Duration.ZERO)
        .build();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final ThreadSafeMetricsMeterBinder binder = new ThreadSafeMetricsMeterBinder(this.collector, List.of(95.0));

    @AfterEach
    void close() {
        this.binder.close();
        this.collector.close();
    }

    private void record(String name, MetricType type, Tags tags, double... values) {
        for (double value : values) {
            assertThat(this.collector.metric(MetricDefinition.of(name, type).build()).addValue(value, tags)).isTrue();
        }
    }

    private void record(String name, MetricType type, double... values) {
        record(name, type, Tags.empty(), values);
    }

    /** Scrapes in all formats; returns the lines of the text. */
    private List<String> scrape() {
        FORMATS.forEach((format) -> assertThat(this.registry.scrape(format)).isNotNull());
        return this.registry.scrape().lines().toList();
    }

    private double skipped() {
        return this.registry.get(ExportMeterNames.EXPORT_SKIPPED).functionCounter().count();
    }

    /** To see which names are taken. Ours knows without. */
    @Test
    void scrapeReadsOtherMetersTwiceWhereTheRegistryIsNotOurs() {
        assertThat(readingsOfAnotherMeter(new ClashFreePrometheusRegistry())).isOne();
        assertThat(readingsOfAnotherMeter(new PrometheusRegistry())).isEqualTo(2);
    }

    private int readingsOfAnotherMeter(PrometheusRegistry prometheus) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, prometheus,
                Clock.SYSTEM);
        AtomicInteger readings = new AtomicInteger();
        Gauge.builder("another", readings, AtomicInteger::incrementAndGet).register(meters);
        this.binder.bindTo(meters);
        meters.scrape();
        return readings.get();
    }

    @Test
    void scrapeShowsEachType() {
        this.binder.bindTo(this.registry);
        Tags tags = Tags.of("region", "eu");
        record("a.counter", MetricType.COUNTER, tags, 2, 3);
        record("a.gauge", MetricType.GAUGE, tags, 2, 3);
        record("a.rate", MetricType.RATE, tags, 2, 4);
        record("a.timer", MetricType.TIMER, tags, 0.25, 0.5);
        record("a.histogram", MetricType.HISTOGRAM, tags, 1, 9);
        record("a.summary", MetricType.SUMMARY, tags, 1, 8);
        assertThat(scrape()).contains("a_counter_total{region=\"eu\"} 5.0", "a_gauge{region=\"eu\"} 3.0",
                "a_rate{region=\"eu\"} 4.0", "a_timer_seconds_count{region=\"eu\"} 2",
                "a_timer_seconds_sum{region=\"eu\"} 0.75", "a_timer_max_seconds{region=\"eu\"} 0.5",
                "a_timer_percentile_seconds{phi=\"0.95\",region=\"eu\"} 0.5", "a_histogram_count{region=\"eu\"} 2",
                "a_histogram_sum{region=\"eu\"} 10.0", "a_histogram_max{region=\"eu\"} 9.0",
                "a_summary_sum{region=\"eu\"} 9.0", "a_summary_percentile{phi=\"0.95\",region=\"eu\"} 8.0",
                "threadsafe_metrics_metrics 6.0", "threadsafe_metrics_values_collected_total 12.0",
                "threadsafe_metrics_memory_max_bytes 6.7108864E7", "threadsafe_metrics_export_skipped_total 0.0");
    }

    @Test
    void scrapeWhenSeriesDifferInTagKeysShowsAll() {
        this.binder.bindTo(this.registry);
        for (MetricType type : MetricType.values()) {
            record("a." + type, type, 1);
            record("a." + type, type, Tags.of("k", "v"), 1);
            record("a." + type, type, Tags.of("other", "v"), 1);
        }
        assertThat(scrape()).contains("a_COUNTER_total 1.0", "a_COUNTER_total{k=\"v\"} 1.0",
                "a_COUNTER_total{other=\"v\"} 1.0", "a_TIMER_seconds_count 1", "a_TIMER_seconds_count{k=\"v\"} 1",
                "a_SUMMARY_count{other=\"v\"} 1");
        assertThat(skipped()).isZero();
    }

    @Test
    void scrapeWhenTotalIsNegativeSucceeds() {
        this.binder.bindTo(this.registry);
        record("a", MetricType.HISTOGRAM, -5);
        record("b", MetricType.GAUGE, -5);
        assertThat(scrape()).contains("a_count 1", "a_sum -5.0", "a_max -5.0", "b -5.0")
            .noneMatch((line) -> line.contains("NaN"));
    }

    @Test
    void scrapeWhenUnregisteredShowsNothingOfIt() {
        this.binder.bindTo(this.registry);
        for (MetricType type : MetricType.values()) {
            record("a", type, 1);
            assertThat(scrape()).anyMatch((line) -> line.startsWith("a_") || line.startsWith("a "));
            this.collector.unregisterMetric("a");
            assertThat(scrape()).noneMatch((line) -> line.startsWith("a_") || line.startsWith("a "));
        }
        assertThat(skipped()).isZero();
    }

    @Test
    void closeLeavesNothing() {
        this.binder.bindTo(this.registry);
        record("a", MetricType.TIMER, 1);
        this.binder.close();
        assertThat(scrape()).isEmpty();
    }

    static Stream<Arguments> clashes() {
        return Stream.of(clash(MetricType.TIMER, "a", gauge("a.seconds.count")),
                clash(MetricType.TIMER, "a", gauge("a.seconds")), clash(MetricType.TIMER, "a", timer("a")),
                clash(MetricType.TIMER, "a", histogramTimer("a")), clash(MetricType.TIMER, "a", gauge("a.max.seconds")),
                clash(MetricType.GAUGE, "a.seconds.max", timer("a")), clash(MetricType.GAUGE, "a.max", summary("a")),
                clash(MetricType.COUNTER, "a.max", summary("a")), clash(MetricType.COUNTER, "a", gauge("a.total")),
                clash(MetricType.SUMMARY, "a", gauge("a.sum")), clash(MetricType.SUMMARY, "a", gauge("a.max")),
                clash(MetricType.SUMMARY, "a", summary("a")), clash(MetricType.HISTOGRAM, "a", gauge("a_sum")),
                clash(MetricType.HISTOGRAM, "a.b", gauge("a_b")));
    }

    private static Arguments clash(MetricType type, String name, Consumer<MeterRegistry> other) {
        return Arguments.of(type, name, other);
    }

    private static Consumer<MeterRegistry> gauge(String name) {
        return (registry) -> registry.gauge(name, List.of(io.micrometer.core.instrument.Tag.of("other", "1")), 42);
    }

    private static Consumer<MeterRegistry> timer(String name) {
        return (registry) -> registry.timer(name, "other", "1").record(Duration.ofSeconds(42));
    }

    private static Consumer<MeterRegistry> histogramTimer(String name) {
        return (registry) -> Timer.builder(name)
            .tag("other", "1")
            .publishPercentileHistogram()
            .register(registry)
            .record(Duration.ofSeconds(42));
    }

    private static Consumer<MeterRegistry> summary(String name) {
        return (registry) -> DistributionSummary.builder(name).tag("other", "1").register(registry).record(42);
    }

    @ParameterizedTest
    @MethodSource("clashes")
    void scrapeWhenOtherMeterCameFirstShowsItAndLeavesOursOut(MetricType type, String name,
            Consumer<MeterRegistry> other) {
        this.binder.bindTo(this.registry);
        other.accept(this.registry);
        record(name, type, 1);
        assertThat(scrape()).anyMatch((line) -> line.contains("other=\"1\""));
        assertThat(skipped()).isPositive();
        this.collector.unregisterMetric(name);
        assertThat(scrape()).anyMatch((line) -> line.contains("other=\"1\""));
    }

    @ParameterizedTest
    @MethodSource("clashes")
    void scrapeWhenOtherMeterCameBeforeTheBinderShowsIt(MetricType type, String name, Consumer<MeterRegistry> other) {
        other.accept(this.registry);
        record(name, type, 1);
        this.binder.bindTo(this.registry);
        assertThat(scrape()).anyMatch((line) -> line.contains("other=\"1\""));
        assertThat(skipped()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("clashes")
    void scrapeWhenOtherMeterComesLaterSucceeds(MetricType type, String name, Consumer<MeterRegistry> other) {
        this.binder.bindTo(this.registry);
        record(name, type, 1);
        other.accept(this.registry);
        assertThat(scrape()).contains("threadsafe_metrics_metrics 1.0");
        record(name, type, Tags.of("late", "1"), 1);
        this.collector.unregisterMetric(name);
        this.binder.close();
        scrape();
    }

    @Test
    void scrapeWhenOtherTimerIsShownAsHistogramLaterShowsIt() {
        this.binder.bindTo(this.registry);
        record("a", MetricType.TIMER, 1);
        histogramTimer("a").accept(this.registry);
        assertThat(scrape()).contains("a_seconds_count{other=\"1\"} 1").doesNotContain("a_seconds_count 1");
        assertThat(skipped()).isEqualTo(1.0);
    }

    @Test
    void scrapeWhenOtherMeterOfTheSameTypeHasTheNameLeavesOursOutUntilItGoes() {
        this.binder.bindTo(this.registry);
        this.registry.counter("a", "other", "1").increment();
        record("a", MetricType.COUNTER, 1);
        for (int i = 0; i < 3; i++) {
            assertThat(scrape()).contains("a_total{other=\"1\"} 1.0").doesNotContain("a_total 1.0");
            assertThat(skipped()).as("counted once").isEqualTo(1.0);
        }
        this.registry.remove(this.registry.get("a").counter());
        assertThat(scrape()).contains("a_total 1.0");
    }

    @Test
    void scrapeWhenOwnMetricsClashShowsTheFirst() {
        this.binder.bindTo(this.registry);
        record("a", MetricType.SUMMARY, 1);
        record("a.max", MetricType.GAUGE, 2);
        record("b.c", MetricType.GAUGE, 3);
        record("b_c", MetricType.GAUGE, 4);
        assertThat(scrape()).contains("a_max 1.0", "b_c 3.0");
        assertThat(skipped()).isEqualTo(2.0);
    }

    @Test
    void scrapeWhenFilterRenamesIntoAClashLeavesOursOut() {
        this.registry.config().meterFilter(MeterFilter.renameTag("a", "k", "other"));
        this.registry.config().meterFilter(new MeterFilter() {
            @Override
            public io.micrometer.core.instrument.Meter.Id map(io.micrometer.core.instrument.Meter.Id id) {
                return id.getName().equals("renamed") ? id.withName("s.max") : id;
            }
        });
        this.binder.bindTo(this.registry);
        summary("s").accept(this.registry);
        record("renamed", MetricType.GAUGE, 1);
        assertThat(scrape()).contains("s_max{other=\"1\"} 42.0").doesNotContain("s_max 1.0");
        assertThat(skipped()).isEqualTo(1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = { "le", "quantile", "statistic", "phi", "__name__", "a b", "日本", "_", "9", "::", ".", "-" })
    void scrapeWhenTagKeyIsOddSucceeds(String key) {
        this.binder.bindTo(this.registry);
        for (MetricType type : MetricType.values()) {
            record("a." + type, type, Tags.of(key, "a\n\"\\"), 1);
        }
        assertThat(scrape()).contains("threadsafe_metrics_metrics 6.0");
    }

    /** The client writes it as it is, which no older Prometheus reads. */
    @Test
    void scrapeWhenTagKeyHasAColonReplacesIt() {
        this.binder.bindTo(this.registry);
        record("a", MetricType.GAUGE, Tags.of("k:k", "v", "!:", "w"), 1);
        assertThat(scrape()).contains("a{_=\"w\",k_k=\"v\"} 1.0");
    }

    @Test
    void scrapeWhenOtherMeterHasTheValuesOfOtherTagsShowsIt() {
        this.binder.bindTo(this.registry);
        this.registry.counter("a", "K", "v").increment(42);
        record("a", MetricType.COUNTER, Tags.of("k", "v"), 1);
        assertThat(scrape()).contains("a_total{K=\"v\"} 42.0");
    }

    @Test
    void scrapeWhenOtherMeterOfAnotherTypeHasNameAndTagsShowsBoth() {
        this.binder.bindTo(this.registry);
        this.registry.counter("a").increment(42);
        record("a", MetricType.TIMER, 1);
        assertThat(scrape()).contains("a_total 42.0", "a_seconds_count 1", "a_max_seconds 1.0");
        assertThat(skipped()).isZero();
    }

    @Test
    void scrapeWhenOtherMeterIsAGaugeHistogramKnowsItsNames() {
        this.binder.bindTo(this.registry);
        LongTaskTimer.builder("a").serviceLevelObjectives(Duration.ofMinutes(5)).register(this.registry).start();
        record("a.seconds.gcount", MetricType.GAUGE, Tags.of("k", "v"), 1);
        record("a.seconds.count", MetricType.GAUGE, 2);
        assertThat(scrape()).contains("a_seconds_gcount 1", "a_seconds_count 2.0")
            .doesNotContain("a_seconds_gcount{k=\"v\"} 1.0");
        assertThat(skipped()).isEqualTo(1.0);
    }

    @Test
    void scrapeWhenTagKeysBecomeOneLeavesTheSeriesOut() {
        this.binder.bindTo(this.registry);
        record("a", MetricType.COUNTER, Tags.of("k.k", "1", "k_k", "2"), 1);
        record("a", MetricType.COUNTER, Tags.of("k.k", "1"), 1);
        assertThat(scrape()).contains("a_total{k_k=\"1\"} 1.0");
        assertThat(skipped()).isEqualTo(1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = { "日本", "_", "9", "::", ".", "total", "_total", "info", "a.info", "a.total", "a.bucket",
            "a.created", "a.sum", "\u0000", "x\ny", "threadsafe.metrics.metrics",
            "threadsafe.metrics.values.collected" })
    void scrapeWhenNameIsOddSucceeds(String name) {
        this.binder.bindTo(this.registry);
        for (MetricType type : MetricType.values()) {
            this.collector
                .metric(MetricDefinition.of(name, type).unit((type != MetricType.TIMER) ? name : null).build())
                .addValue(1);
            record("a", type, 1);
            assertThat(scrape()).contains("threadsafe_metrics_metrics 2.0");
            this.collector.unregisterMetric(name);
            this.collector.unregisterMetric("a");
        }
        assertThat(scrape()).contains("threadsafe_metrics_metrics 0.0");
    }

}
