package io.threadsafemetrics.spring.autoconfigure;

import java.time.Duration;
import java.time.Instant;

import io.threadsafemetrics.AggregationType;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.SystemStatistics;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.AlertState;
import io.threadsafemetrics.Tags;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/** What the properties and the user's beans make of the collector. */
class ThreadSafeMetricsAutoConfigurationTests {

    private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations
        .of(ThreadSafeMetricsAutoConfiguration.class);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AUTO_CONFIGURATIONS);

    @Test
    void collectorWhenNoPropertyIsSetHasTheDefaults() {
        this.runner.run((context) -> {
            ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
            SystemStatistics statistics = collector.getSystemStatistics();
            assertThat(statistics.maxMetrics()).isEqualTo(1000);
            assertThat(statistics.maxMemoryBytes()).isEqualTo(64 * 1024 * 1024);
            assertThat(statistics.totalMetrics()).isZero();
            MetricDefinition definition = collector.metric(MetricDefinition.timer("any").build()).definition();
            assertThat(definition.maxValues()).isEqualTo(1000);
            assertThat(definition.maxTagSets()).isEqualTo(1000);
            assertThat(definition.retentionWindow()).isEqualTo(Duration.ofMinutes(5));
        });
    }

    @Test
    void collectorWhenServletApplicationIsThere() {
        new WebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
            .run((context) -> assertThat(context).hasSingleBean(ThreadSafeMetricsCollector.class));
    }

    @Test
    void collectorWhenReactiveApplicationIsThere() {
        new ReactiveWebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
            .run((context) -> assertThat(context).hasSingleBean(ThreadSafeMetricsCollector.class));
    }

    @Test
    void limitsWhenSetByPropertyAreTheCollectors() {
        this.runner
            .withPropertyValues("threadsafe-metrics.max-metrics=7", "threadsafe-metrics.max-values=8",
                    "threadsafe-metrics.retention-window=90s", "threadsafe-metrics.max-tag-sets=9",
                    "threadsafe-metrics.max-memory=1MB")
            .run((context) -> {
                ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
                assertThat(collector.getSystemStatistics().maxMetrics()).isEqualTo(7);
                assertThat(collector.getSystemStatistics().maxMemoryBytes()).isEqualTo(1024 * 1024);
                MetricDefinition definition = collector.metric(MetricDefinition.timer("any").build()).definition();
                assertThat(definition.maxValues()).isEqualTo(8);
                assertThat(definition.retentionWindow()).isEqualTo(Duration.ofSeconds(90));
                assertThat(definition.maxTagSets()).isEqualTo(9);
            });
    }

    @Test
    void relativeErrorWhenSetByPropertyBoundsTheAnswers() {
        this.runner.withPropertyValues("threadsafe-metrics.relative-error=0.05", "threadsafe-metrics.max-values=1")
            .run((context) -> {
                ThreadSafeMetric metric = context.getBean(ThreadSafeMetricsCollector.class)
                    .metric(MetricDefinition.timer("any").build());
                for (int i = 1; i <= 10; i++) {
                    metric.addValue(i);
                }
                assertThat(metric.window(Duration.ofMinutes(1)).relativeError()).isBetween(0.02, 0.05);
            });
    }

    @Test
    void durationWhenItHasNoUnitIsInSeconds() {
        this.runner
            .withPropertyValues("threadsafe-metrics.retention-window=300", "threadsafe-metrics.metrics.[a].type=timer",
                    "threadsafe-metrics.metrics.[a].retention-window=60")
            .run((context) -> {
                ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
                assertThat(collector.metric(MetricDefinition.timer("any").build()).definition().retentionWindow())
                    .isEqualTo(Duration.ofSeconds(300));
                assertThat(collector.findMetric("a").orElseThrow().definition().retentionWindow())
                    .isEqualTo(Duration.ofSeconds(60));
            });
    }

    @Test
    void metricWhenDeclaredByPropertyExistsAtStart() {
        this.runner
            .withPropertyValues("threadsafe-metrics.metrics.[checkout.latency].type=timer",
                    "threadsafe-metrics.metrics.[checkout.latency].description=How long a checkout takes",
                    "threadsafe-metrics.metrics.[checkout.latency].max-values=50",
                    "threadsafe-metrics.metrics.[checkout.latency].max-tag-sets=5",
                    "threadsafe-metrics.metrics.[checkout.latency].retention-window=10m",
                    "threadsafe-metrics.metrics.queue.type=gauge", "threadsafe-metrics.metrics.queue.unit=orders")
            .run((context) -> {
                ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
                MetricDefinition definition = collector.findMetric("checkout.latency").orElseThrow().definition();
                assertThat(definition.type()).isEqualTo(MetricType.TIMER);
                assertThat(definition.unit()).isEqualTo("seconds");
                assertThat(definition.description()).isEqualTo("How long a checkout takes");
                assertThat(definition.maxValues()).isEqualTo(50);
                assertThat(definition.maxTagSets()).isEqualTo(5);
                assertThat(definition.retentionWindow()).isEqualTo(Duration.ofMinutes(10));
                assertThat(collector.findMetric("queue").orElseThrow().definition().unit()).isEqualTo("orders");
            });
    }

    @Test
    void ruleWhenDeclaredByPropertyIsEvaluated() {
        this.runner.withBean(ThreadSafeMetricsCollectorCustomizer.class, ManualClockCustomizer::new)
            .withPropertyValues(rule("metric=orders"), rule("tags.region=eu"), rule("aggregation=percentile"),
                    rule("percentile=99"), rule("window=60s"), rule("above=0.5"), rule("resolve-at=0.4"),
                    rule("min-count=2"), rule("hold-for=30s"), rule("repeat-every=10m"), rule("on-no-data=firing"),
                    rule("description=Too slow"), rule("labels.team=shop"), "threadsafe-metrics.alert-interval=0",
                    "threadsafe-metrics.metrics.orders.type=timer")
            .run((context) -> {
                ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
                AlertRule rule = collector.evaluateAlerts().get(0).rule();
                assertThat(rule.name()).isEqualTo("too.slow");
                assertThat(rule.metric()).isEqualTo("orders");
                assertThat(rule.tags()).isEqualTo(Tags.of("region", "eu"));
                assertThat(rule.aggregation()).isEqualTo(AggregationType.PERCENTILE);
                assertThat(rule.percentile()).isEqualTo(99);
                assertThat(rule.window()).isEqualTo(Duration.ofSeconds(60));
                assertThat(rule.above()).hasValue(0.5);
                assertThat(rule.below()).isEmpty();
                assertThat(rule.resolveAt()).isEqualTo(0.4);
                assertThat(rule.minCount()).isEqualTo(2);
                assertThat(rule.holdFor()).isEqualTo(Duration.ofSeconds(30));
                assertThat(rule.repeatEvery()).isEqualTo(Duration.ofMinutes(10));
                assertThat(rule.onNoData()).isEqualTo(AlertState.FIRING);
                assertThat(rule.description()).isEqualTo("Too slow");
                assertThat(rule.labels()).containsEntry("team", "shop");
            });
    }

    private static String rule(String property) {
        return "threadsafe-metrics.alerts.[too.slow]." + property;
    }

    @Test
    void collectorWhenDisabledIsAbsentWithAllElse() {
        this.runner.withPropertyValues("threadsafe-metrics.enabled=false", "threadsafe-metrics.max-values=0")
            .run((context) -> {
                assertThat(context).hasNotFailed();
                assertThat(context.getBeanDefinitionNames())
                    .noneMatch((name) -> name.toLowerCase().replace("-", "").contains("threadsafemetrics"));
            });
    }

    @Test
    void collectorWhenUserHasOneBacksOffButGetsWhatIsDeclared() {
        this.runner.withUserConfiguration(OwnCollector.class)
            .withPropertyValues("threadsafe-metrics.max-metrics=7", "threadsafe-metrics.metrics.queue.type=gauge",
                    "threadsafe-metrics.metrics.taken.type=counter", "threadsafe-metrics.metrics.taken.max-values=3")
            .run((context) -> {
                assertThat(context).hasSingleBean(ThreadSafeMetricsCollector.class).hasBean("ownCollector");
                ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
                assertThat(collector.getSystemStatistics().maxMetrics()).isEqualTo(3);
                assertThat(collector.findMetric("queue")).isPresent();
                assertThat(collector.findMetric("taken").orElseThrow().definition().maxValues()).isEqualTo(1000);
            });
    }

    @Test
    void customizersWhenSeveralChangeTheBuilderInOrderAfterTheProperties() {
        this.runner.withUserConfiguration(Customizers.class)
            .withPropertyValues("threadsafe-metrics.max-metrics=7", "threadsafe-metrics.max-values=8")
            .run((context) -> {
                ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
                assertThat(collector.getSystemStatistics().maxMetrics()).isEqualTo(2);
                assertThat(collector.metric(MetricDefinition.gauge("any").build()).definition().maxValues())
                    .isEqualTo(8);
            });
    }

    @Test
    void contextWhenThereAreTwoCollectorsStarts() {
        this.runner.withUserConfiguration(OwnCollector.class)
            .withBean("another", ThreadSafeMetricsCollector.class, ThreadSafeMetricsCollector::create)
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CollectorLifecycle.class));
    }

    @Test
    void clockWhenCoarseTicksOnAThreadOfTheCollector() {
        this.runner.withPropertyValues("threadsafe-metrics.clock=coarse")
            .run((context) -> assertThat(CollectorThreads.live()).isNotEmpty());
        CollectorThreads.awaitNone();
    }

    private static final class ManualClockCustomizer implements ThreadSafeMetricsCollectorCustomizer {

        @Override
        public void customize(ThreadSafeMetricsCollector.Builder builder) {
            builder.clock(new ManualClock(Instant.EPOCH));
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class OwnCollector {

        @Bean
        ThreadSafeMetricsCollector ownCollector() {
            ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder().maxMetrics(3).build();
            collector.registerMetric("taken", MetricType.COUNTER);
            return collector;
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        @Bean
        @Order(2)
        ThreadSafeMetricsCollectorCustomizer last() {
            return (builder) -> builder.maxMetrics(2);
        }

        @Bean
        @Order(1)
        ThreadSafeMetricsCollectorCustomizer first() {
            return (builder) -> builder.maxMetrics(1);
        }

    }

}
