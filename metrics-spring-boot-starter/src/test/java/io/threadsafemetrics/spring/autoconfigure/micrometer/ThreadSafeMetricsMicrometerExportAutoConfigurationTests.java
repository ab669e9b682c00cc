package io.threadsafemetrics.spring.autoconfigure.micrometer;

import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.micrometer.ExportMeterNames;
import io.threadsafemetrics.spring.micrometer.ThreadSafeMetricsMeterBinder;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

class ThreadSafeMetricsMicrometerExportAutoConfigurationTests {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsMicrometerExportAutoConfiguration.class))
        .withBean(ThreadSafeMetricsCollector.class, ThreadSafeMetricsCollector::create);

    private final ApplicationContextRunner withBootsRegistry = this.contextRunner
        .withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

    private static void record(ThreadSafeMetricsCollector collector) {
        collector.metric(MetricDefinition.timer("orders").build()).addValue(1.0);
    }

    @Test
    void isListedAsAutoConfiguration() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
            .contains(ThreadSafeMetricsMicrometerExportAutoConfiguration.class.getName());
    }

    @Test
    void exportsByDefault() {
        this.withBootsRegistry.run((context) -> {
            record(context.getBean(ThreadSafeMetricsCollector.class));
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("orders").functionTimer().count()).isEqualTo(1.0);
            assertThat(registry.get(ExportMeterNames.EXPORT_SKIPPED).functionCounter().count()).isZero();
            assertThat(registry.find("orders.percentile").gauge()).isNull();
        });
    }

    @Test
    void exportsToEachPartOfBootsComposite() {
        this.withBootsRegistry.withConfiguration(AutoConfigurations.of(PrometheusMetricsExportAutoConfiguration.class))
            .withBean("extra", SimpleMeterRegistry.class, () -> new SimpleMeterRegistry())
            .run((context) -> {
                record(context.getBean(ThreadSafeMetricsCollector.class));
                assertThat(context.getBean(MeterRegistry.class)).isInstanceOf(CompositeMeterRegistry.class);
                assertThat(context.getBean(PrometheusMeterRegistry.class).scrape()).contains("orders_seconds_count 1\n",
                        "threadsafe_metrics_export_skipped_total 0.0");
                assertThat(context.getBean("extra", MeterRegistry.class).get("orders").functionTimer().count())
                    .isEqualTo(1.0);
            });
    }

    /**
     * The filter that this takes is there before the meters, or Micrometer would warn.
     */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void meterOfTheApplicationTakesThePlaceOfOursInBootsComposite(CapturedOutput output) {
        this.withBootsRegistry
            .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsPrometheusAutoConfiguration.class,
                    PrometheusMetricsExportAutoConfiguration.class))
            .withBean("early", Counter.class)
            .withBean("extra", SimpleMeterRegistry.class, () -> new SimpleMeterRegistry())
            .run((context) -> {
                record(context.getBean(ThreadSafeMetricsCollector.class));
                context.getBean(MeterRegistry.class).counter("orders").increment();
                assertThat(context.getBean("extra", MeterRegistry.class).counter("orders").count()).isEqualTo(1.0);
            });
        assertThat(output).doesNotContain("MeterFilter is being configured");
    }

    /** Has a meter before all binders. */
    static class Counter {

        Counter(MeterRegistry registry) {
            registry.counter("early");
        }

    }

    @ParameterizedTest
    @ValueSource(strings = { "threadsafe-metrics.micrometer.export.enabled", "threadsafe-metrics.enabled" })
    void backsOffWhenDisabled(String property) {
        this.withBootsRegistry.withPropertyValues(property + "=false")
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ThreadSafeMetricsMeterBinder.class));
    }

    @Test
    void startWhenSwitchIsNeitherTrueNorFalseFails() {
        this.withBootsRegistry.withPropertyValues("threadsafe-metrics.micrometer.export.enabled=perhaps")
            .run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("perhaps"));
    }

    @Test
    void backsOffWithoutMeterRegistry() {
        this.contextRunner
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ThreadSafeMetricsMeterBinder.class));
    }

    @Test
    void backsOffWithoutCollector() {
        new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsMicrometerExportAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class)
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ThreadSafeMetricsMeterBinder.class));
    }

    @Test
    void backsOffWithoutMicrometer() {
        this.contextRunner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("threadSafeMetricsMeterBinder"));
    }

    @Test
    void backsOffForBinderOfTheUser() {
        this.withBootsRegistry
            .withBean("mine", ThreadSafeMetricsMeterBinder.class,
                    () -> new ThreadSafeMetricsMeterBinder(ThreadSafeMetricsCollector.create()))
            .run((context) -> assertThat(context).hasNotFailed()
                .hasSingleBean(ThreadSafeMetricsMeterBinder.class)
                .hasBean("mine"));
    }

    @Test
    void percentilesAreShown() {
        this.withBootsRegistry.withPropertyValues("threadsafe-metrics.micrometer.export.percentiles=0,95,100")
            .run((context) -> {
                record(context.getBean(ThreadSafeMetricsCollector.class));
                assertThat(context.getBean(MeterRegistry.class).get("orders.percentile").gauges())
                    .extracting((gauge) -> gauge.getId().getTag("phi"))
                    .containsExactlyInAnyOrder("0", "0.95", "1");
            });
    }

    @ParameterizedTest
    @ValueSource(strings = { "-1.0", "100.1", "NaN" })
    void startFailsWhenPercentileIsOutOfRange(String percentile) {
        this.withBootsRegistry.withPropertyValues("threadsafe-metrics.micrometer.export.percentiles=50," + percentile)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .hasMessage("'threadsafe-metrics.micrometer.export.percentiles' must be from 0 to 100 but was '"
                        + percentile + "'"));
    }

    @Test
    void startFailsWhenPercentileIsNoNumber() {
        this.withBootsRegistry.withPropertyValues("threadsafe-metrics.micrometer.export.percentiles[0]=high")
            .run((context) -> assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, cause) -> {
                }))).extracting((analyzer) -> analyzer.analyze(context.getStartupFailure()))
                .filteredOn(Objects::nonNull)
                .first()
                .extracting(FailureAnalysis::getDescription, InstanceOfAssertFactories.STRING)
                .contains("Property: threadsafe-metrics.micrometer.export.percentiles[0]\n",
                        "Allowed: must be a number\n"));
    }

    @Test
    void closeLeavesNoMeterInRegistryOfTheParent() {
        try (GenericApplicationContext parent = new GenericApplicationContext()) {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            parent.registerBean(MeterRegistry.class, () -> registry);
            parent.refresh();
            for (int i = 0; i < 2; i++) { // closed and reopened
                this.contextRunner.withParent(parent).run((context) -> {
                    record(context.getBean(ThreadSafeMetricsCollector.class));
                    assertThat(registry.get("orders").functionTimer().count()).isEqualTo(1.0);
                });
                assertThat(registry.getMeters()).isEmpty();
            }
        }
    }

    @Test
    void closeLeavesNoMeterInSharedRegistry() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        this.contextRunner.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class))
            .withBean(MeterRegistry.class, () -> registry)
            .run((context) -> {
                record(context.getBean(ThreadSafeMetricsCollector.class));
                assertThat(registry.find("orders").functionTimer()).isNotNull();
            });
        assertThat(registry.getMeters()).isEmpty();
    }

}
