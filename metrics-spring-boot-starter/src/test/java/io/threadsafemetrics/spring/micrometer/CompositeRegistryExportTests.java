package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The export to several registries at once. */
class CompositeRegistryExportTests {

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.create();

    private final SimpleMeterRegistry simple = new SimpleMeterRegistry();

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final CompositeMeterRegistry composite = new CompositeMeterRegistry();

    private final ThreadSafeMetricsMeterBinder binder = new ThreadSafeMetricsMeterBinder(this.collector);

    CompositeRegistryExportTests() {
        this.composite.add(this.simple).add(this.prometheus);
    }

    @AfterEach
    void close() {
        this.binder.close();
        this.collector.close();
    }

    private void record(String name, MetricType type) {
        assertThat(this.collector.metric(MetricDefinition.of(name, type).build()).addValue(1)).isTrue();
    }

    @Test
    void seriesIsShownInAllParts() {
        this.binder.bindTo(this.composite);
        for (MetricType type : MetricType.values()) {
            record("a." + type, type);
            assertThat(this.simple.get("a." + type).meter().measure()).isNotEmpty();
            assertThat(this.composite.get("a." + type).meter().measure()).isNotEmpty();
        }
        assertThat(this.prometheus.scrape()).contains("a_TIMER_seconds_count 1\n", "a_SUMMARY_count 1\n",
                "a_COUNTER_total 1.0\n");
    }

    @Test
    void closeLeavesNothingInAnyPart() {
        this.binder.bindTo(this.composite);
        record("a", MetricType.TIMER);
        record("b", MetricType.SUMMARY);
        SimpleMeterRegistry late = new SimpleMeterRegistry();
        this.composite.add(late);
        record("c", MetricType.GAUGE);
        this.composite.remove(this.simple); // keeps what it has, as Micrometer does
        assertThat(late.getMeters()).hasSameSizeAs(this.composite.getMeters());
        this.binder.close();
        assertThat(this.composite.getMeters()).isEmpty();
        assertThat(this.simple.getMeters()).isEmpty();
        assertThat(late.getMeters()).isEmpty();
        assertThat(this.prometheus.scrape()).isEmpty();
    }

    @Test
    void registerWhenOnePartThrowsLeavesNothingInTheOthers() {
        SimpleMeterRegistry full = new SimpleMeterRegistry();
        this.composite.add(full);
        full.config().onMeterAdded((meter) -> {
            if (meter.getId().getName().equals("a")) {
                throw new IllegalStateException("full");
            }
        });
        this.binder.bindTo(this.composite);
        record("a", MetricType.GAUGE);
        assertThat(this.simple.find("a").meter()).isNull();
        assertThat(this.composite.find("a").meter()).isNull();
        assertThat(this.simple.get(ExportMeterNames.EXPORT_SKIPPED).functionCounter().count()).isEqualTo(1.0);
    }

    @Test
    void registerWhenPrometheusCannotShowItLeavesItOutThereOnly() {
        this.binder.bindTo(this.composite);
        this.composite.timer("a").record(Duration.ofSeconds(42));
        record("a.seconds.max", MetricType.GAUGE);
        assertThat(this.prometheus.scrape()).contains("a_seconds_max 42.0\n");
        assertThat(this.simple.get("a.seconds.max").gauge().value()).isEqualTo(1.0);
        assertThat(this.prometheus.find("a.seconds.max").meter()).isNull();
        assertThat(this.simple.get(ExportMeterNames.EXPORT_SKIPPED).functionCounter().count()).isEqualTo(1.0);
    }

    @Test
    void laterMeterOfTheSameNameTakesThePlaceOfOursInAllParts() {
        this.binder.bindTo(this.composite);
        for (MetricType type : MetricType.values()) {
            record("a." + type, type);
            this.composite.counter("a." + type).increment(42);
            assertThat(this.simple.get("a." + type).counter().count()).isEqualTo(42.0);
            assertThat(this.prometheus.get("a." + type).counter().count()).isEqualTo(42.0);
        }
        assertThat(this.prometheus.scrape()).contains("a_COUNTER_total 42.0\n");
    }

    @Test
    void laterMeterThatPrometheusCannotShowBesideOursTakesItsPlaceThereOnly() {
        this.binder.bindTo(this.composite);
        record("a.seconds.max", MetricType.GAUGE);
        this.composite.timer("a").record(Duration.ofSeconds(42));
        assertThat(this.prometheus.scrape()).contains("a_seconds_max 42.0\n");
        assertThat(this.simple.get("a.seconds.max").gauge().value()).isEqualTo(1.0);
        this.binder.close();
        assertThat(this.composite.getMeters()).singleElement()
            .satisfies((meter) -> assertThat(meter.getId().getName()).isEqualTo("a"));
    }

}
