package io.threadsafemetrics.spring.autoconfigure.micrometer;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.micrometer.ClashFreePrometheusRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ThreadSafeMetricsPrometheusAutoConfigurationTests {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsPrometheusAutoConfiguration.class,
                ThreadSafeMetricsMicrometerExportAutoConfiguration.class, MetricsAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
                PrometheusMetricsExportAutoConfiguration.class))
        .withBean(ThreadSafeMetricsCollector.class, ThreadSafeMetricsCollector::create);

    private static void record(AssertableApplicationContext context) {
        context.getBean(ThreadSafeMetricsCollector.class)
            .metric(MetricDefinition.timer("orders").build())
            .addValue(1.0);
    }

    @Test
    void isListedAsAutoConfiguration() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
            .contains(ThreadSafeMetricsPrometheusAutoConfiguration.class.getName());
    }

    @Test
    void seriesAreShownByTheRegistryOfPrometheus() {
        this.contextRunner.run((context) -> {
            record(context);
            assertThat(context.getBean(PrometheusRegistry.class)).isInstanceOf(ClashFreePrometheusRegistry.class);
            assertThat(context.getBean(PrometheusRegistry.class).scrape().stream())
                .anyMatch((snapshot) -> snapshot.getMetadata().getPrometheusName().equals("orders_seconds"));
            assertThat(context.getBean(PrometheusMeterRegistry.class).find("orders").meter()).isNull();
        });
    }

    @Test
    void otherPartsOfTheCompositeGetMeters(CapturedOutput output) {
        this.contextRunner.withBean("extra", SimpleMeterRegistry.class, () -> new SimpleMeterRegistry())
            .run((context) -> {
                record(context);
                assertThat(context.getBean(MeterRegistry.class)).isInstanceOf(CompositeMeterRegistry.class);
                assertThat(context.getBean(MeterRegistry.class).get("orders").functionTimer()).isNotNull();
                assertThat(context.getBean("extra", MeterRegistry.class).get("orders").functionTimer().count())
                    .isEqualTo(1.0);
                assertThat(context.getBean(PrometheusMeterRegistry.class).find("orders").meter()).isNull();
                assertThat(context.getBean(PrometheusMeterRegistry.class).scrape())
                    .contains("orders_seconds_count 1\n");
            });
        assertThat(output).doesNotContain("MeterFilter is being configured after");
    }

    @Test
    void whatCameInFromMicrometerIsShownOnce() {
        this.contextRunner
            .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsMicrometerCollectAutoConfiguration.class))
            .run((context) -> {
                record(context);
                context.getBean(MeterRegistry.class).timer("requests").record(Duration.ofSeconds(2));
                ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
                assertThat(collector.getMetricStatistics("requests").orElseThrow().count()).isEqualTo(1);
                assertThat(collector.findMetric("orders").orElseThrow().series()).hasSize(1);
                assertThat(context.getBean(PrometheusMeterRegistry.class).scrape().lines())
                    .contains("requests_seconds_count 1", "orders_seconds_count 1",
                            "threadsafe_metrics_export_skipped_total 0.0")
                    .doesNotHaveDuplicates();
            });
    }

    @Test
    void registryOfTheUserIsUsedAndLeftClean() {
        PrometheusRegistry mine = new PrometheusRegistry();
        for (int i = 0; i < 2; i++) { // closed and reopened
            this.contextRunner.withBean(PrometheusRegistry.class, () -> mine).run((context) -> {
                record(context);
                assertThat(context).hasSingleBean(PrometheusRegistry.class);
                assertThat(mine.scrape().stream())
                    .anyMatch((snapshot) -> snapshot.getMetadata().getPrometheusName().equals("orders_seconds"));
            });
            assertThat(mine.scrape().stream())
                .noneMatch((snapshot) -> snapshot.getMetadata().getPrometheusName().startsWith("orders"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "threadsafe-metrics.micrometer.export.enabled", "threadsafe-metrics.enabled",
            "management.prometheus.metrics.export.enabled", "management.defaults.metrics.export.enabled" })
    void backsOffWhenDisabled(String property) {
        this.contextRunner.withPropertyValues(property + "=false")
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ClashFreePrometheusRegistry.class));
    }

    @Test
    void backsOffWithoutPrometheus() {
        this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.prometheusmetrics", "io.prometheus"))
            .run((context) -> {
                assertThat(context).hasNotFailed().doesNotHaveBean("threadSafeMetricsPrometheusRegistry");
                record(context);
                assertThat(context.getBean(MeterRegistry.class).get("orders").functionTimer().count()).isEqualTo(1.0);
            });
    }

}
