package io.threadsafemetrics.spring.autoconfigure.micrometer;

import java.util.Map;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleTracer;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.ValueQuery;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsAutoConfiguration;
import io.threadsafemetrics.spring.micrometer.ThreadSafeMetricsMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
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

import static org.assertj.core.api.Assertions.assertThat;

class ThreadSafeMetricsMicrometerCollectAutoConfigurationTests {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsAutoConfiguration.class,
                ThreadSafeMetricsMicrometerCollectAutoConfiguration.class,
                ThreadSafeMetricsMicrometerExportAutoConfiguration.class, MetricsAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

    private static MeterRegistry registry(AssertableApplicationContext context) {
        return context.getBean(MeterRegistry.class);
    }

    private static ThreadSafeMetricsCollector collector(AssertableApplicationContext context) {
        return context.getBean(ThreadSafeMetricsCollector.class);
    }

    @Test
    void isListedAsAutoConfiguration() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
            .contains(ThreadSafeMetricsMicrometerCollectAutoConfiguration.class.getName());
    }

    @Test
    void collectsBesideBootsSimpleRegistry() {
        this.contextRunner.run((context) -> {
            assertThat(context).hasSingleBean(SimpleMeterRegistry.class)
                .hasSingleBean(ThreadSafeMetricsMeterRegistry.class);
            assertThat(registry(context)).isInstanceOf(CompositeMeterRegistry.class);
            registry(context).counter("orders").increment(2);
            assertThat(collector(context).getMetricValue("orders")).hasValue(2);
            assertThat(context.getBean(SimpleMeterRegistry.class).get("orders").counter().count()).isEqualTo(2);
        });
    }

    @Test
    void collectsBesidePrometheusWithoutTheSimpleRegistry() {
        this.contextRunner.withConfiguration(AutoConfigurations.of(PrometheusMetricsExportAutoConfiguration.class))
            .run((context) -> {
                registry(context).counter("orders").increment(2);
                assertThat(context).doesNotHaveBean(SimpleMeterRegistry.class);
                assertThat(collector(context).getMetricValue("orders")).hasValue(2);
                assertThat(context.getBean(PrometheusMeterRegistry.class).scrape()).containsOnlyOnce("orders_total 2");
            });
    }

    @Test
    void whatComesInIsNotSentOut() {
        this.contextRunner.run((context) -> {
            collector(context).registerMetric("own", MetricType.COUNTER);
            collector(context).collect("own", 1);
            registry(context).timer("orders").record(() -> {
            });
            assertThat(registry(context).get("own").functionCounter().count()).isEqualTo(1);
            assertThat(registry(context).find("orders").meters()).hasSize(1);
            assertThat(registry(context).find("orders.max").meters()).isEmpty();
            assertThat(context.getBean(ThreadSafeMetricsMeterRegistry.class).getMeters())
                .extracting((meter) -> meter.getId().getName())
                .contains("orders")
                .doesNotContain("own")
                .noneMatch((name) -> name.startsWith("threadsafe.metrics"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "threadsafe-metrics.micrometer.collect.enabled", "threadsafe-metrics.enabled",
            "management.defaults.metrics.export.enabled" })
    void backsOffWhenDisabled(String property) {
        this.contextRunner.withPropertyValues(property + "=false", "management.simple.metrics.export.enabled=true")
            .run((context) -> assertThat(context).hasNotFailed()
                .doesNotHaveBean(ThreadSafeMetricsMeterRegistry.class)
                .doesNotHaveBean("threadSafeMetricsTracingMetadata")
                .hasSingleBean(MeterRegistry.class));
    }

    @Test
    void startWhenSwitchIsNeitherTrueNorFalseFails() {
        this.contextRunner.withPropertyValues("threadsafe-metrics.micrometer.collect.enabled=perhaps")
            .run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("perhaps"));
    }

    @Test
    void backsOffWithoutMicrometer() {
        this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer"))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("threadSafeMetricsMeterRegistry"));
    }

    @Test
    void backsOffWithoutCollector() {
        new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
                    ThreadSafeMetricsMicrometerCollectAutoConfiguration.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ThreadSafeMetricsMeterRegistry.class));
    }

    @Test
    void backsOffForRegistryOfTheUser() {
        this.contextRunner
            .withBean("mine", ThreadSafeMetricsMeterRegistry.class,
                    () -> ThreadSafeMetricsMeterRegistry.builder(ThreadSafeMetricsCollector.create()).build())
            .run((context) -> assertThat(context).hasNotFailed()
                .hasSingleBean(ThreadSafeMetricsMeterRegistry.class)
                .hasBean("mine"));
    }

    @Test
    void feedsACollectorOfTheUser() {
        ThreadSafeMetricsCollector mine = ThreadSafeMetricsCollector.create();
        this.contextRunner.withBean("mine", ThreadSafeMetricsCollector.class, () -> mine).run((context) -> {
            registry(context).counter("orders").increment(2);
            assertThat(mine.getMetricValue("orders")).hasValue(2);
        });
    }

    @Test
    void closeLeavesNothingInACollectorOfTheParent() {
        ThreadSafeMetricsCollector parents = ThreadSafeMetricsCollector.create();
        for (int i = 0; i < 2; i++) { // closed and reopened
            this.contextRunner
                .withBean("mine", ThreadSafeMetricsCollector.class, () -> parents,
                        (definition) -> definition.setDestroyMethodName("toString"))
                .run((context) -> {
                    registry(context).timer("orders").record(() -> {
                    });
                    assertThat(parents.getAllMetrics()).containsKey("orders");
                    assertThat(parents.getMetricStatistics("orders").orElseThrow().count()).isEqualTo(1);
                });
            assertThat(parents.getAllMetrics()).isEmpty();
        }
        parents.close();
    }

    @Test
    void settingsOfSpringForMetersAreHonoured() {
        this.contextRunner
            .withPropertyValues("management.metrics.enable.jvm=false", "management.metrics.tags.app=shop",
                    "threadsafe-metrics.micrometer.collect.exclude=*.secret,b*")
            .run((context) -> {
                for (String name : new String[] { "jvm.threads", "orders.secret", "b", "orders" }) {
                    registry(context).counter(name).increment();
                }
                assertThat(collector(context).getAllMetrics()).containsOnlyKeys("orders");
                assertThat(collector(context).findMetric("orders").orElseThrow().availableTags().get("app"))
                    .containsExactly("shop");
                assertThat(context.getBean(SimpleMeterRegistry.class).find("orders.secret").counter()).isNotNull();
            });
    }

    @Test
    void includeIsAListOfPatterns() {
        this.contextRunner.withPropertyValues("threadsafe-metrics.micrometer.collect.include=http.*,orders")
            .run((context) -> {
                for (String name : new String[] { "http.server.requests", "orders", "orders.b" }) {
                    registry(context).counter(name).increment();
                }
                assertThat(collector(context).getAllMetrics()).containsOnlyKeys("http.server.requests", "orders");
            });
    }

    @Test
    void gaugesAreReadAtTheInterval() {
        this.contextRunner.withPropertyValues("threadsafe-metrics.micrometer.collect.interval=10ms").run((context) -> {
            Gauge.builder("level", () -> 7).register(registry(context));
            Awaitility.await().untilAsserted(() -> assertThat(collector(context).getMetricValue("level")).hasValue(7));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            interval=-1s    | interval' must be between zero and PT87600H but was 'PT-1S'
            interval=3651d  | interval' must be between zero and PT87600H but was 'PT87624H'
            include=a,,b    | include' must not hold a blank pattern but was '[a, , b]'
            exclude[0]=     | exclude' must not hold a blank pattern but was '[]'
            """)
    void startWhenSettingIsNotAllowedFails(String property, String message) {
        this.contextRunner.withPropertyValues("threadsafe-metrics.micrometer.collect." + property)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .hasMessage("'threadsafe-metrics.micrometer.collect." + message));
    }

    @Test
    void idsOfTheCurrentSpanAreKeptBesideItsValues() {
        SimpleTracer tracer = new SimpleTracer();
        this.contextRunner.withBean(Tracer.class, () -> tracer).run((context) -> {
            registry(context).timer("orders").record(() -> {
            });
            Span span = tracer.nextSpan().start();
            try (Tracer.SpanInScope scope = tracer.withSpan(span)) {
                registry(context).timer("orders").record(() -> {
                });
            }
            assertThat(collector(context).findMetric("orders").orElseThrow().values(ValueQuery.newest(10)))
                .extracting("metadata")
                .containsExactly(Map.of("traceId", span.context().traceId(), "spanId", span.context().spanId()),
                        Map.of());
        });
    }

    @Test
    void tracerMayDependOnTheRegistry() {
        this.contextRunner.withBean(DependentTracer.class).run((context) -> assertThat(context).hasNotFailed());
    }

    @Test
    void collectsWithoutTracing() {
        this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.tracing")).run((context) -> {
            registry(context).timer("orders").record(() -> {
            });
            assertThat(collector(context).getAllMetrics()).containsKey("orders");
        });
    }

    static class DependentTracer extends SimpleTracer {

        DependentTracer(ObjectProvider<MeterRegistry> registries) {
            registries.getObject().counter("spans").increment();
        }

    }

}
