package io.threadsafemetrics.spring.autoconfigure.health;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsAutoConfiguration;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsCollectorCustomizer;
import io.threadsafemetrics.spring.health.ThreadSafeMetricsHealthIndicator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** What Actuator's health is told of the collector. */
class ThreadSafeMetricsHealthAutoConfigurationTests {

    private static final String STATUS = "threadsafe-metrics.health.firing-status=";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withBean(ThreadSafeMetricsCollectorCustomizer.class,
                () -> (builder) -> builder.clock(new ManualClock(Instant.EPOCH)))
        .withPropertyValues("threadsafe-metrics.metrics.orders.type=gauge",
                "threadsafe-metrics.alerts.many.metric=orders", "threadsafe-metrics.alerts.many.above=10",
                "threadsafe-metrics.alerts.many.on-no-data=ok",
                "threadsafe-metrics.alerts-builtin.rejected.enabled=false")
        .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsAutoConfiguration.class,
                ThreadSafeMetricsHealthAutoConfiguration.class, HealthContributorAutoConfiguration.class,
                HealthContributorRegistryAutoConfiguration.class));

    @Test
    void contributorWhenNothingFiresIsUpWithDetails() {
        this.runner.withPropertyValues(STATUS + "down").run((context) -> {
            ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
            collector.collect("unknown", 1);
            collector.collect("orders", 5);
            collector.evaluateAlerts();
            Health health = context.getBean(ThreadSafeMetricsHealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("totalMetrics", 1)
                .containsEntry("maxMetrics", 1000)
                .containsEntry("estimatedMemoryBytes", collector.getSystemStatistics().estimatedMemoryBytes())
                .containsEntry("maxMemoryBytes", 64L * 1024 * 1024)
                .containsEntry("rejectedValues", 1L)
                .containsEntry("refusedMetrics", 0L)
                .containsEntry("droppedAlerts", 0L)
                .containsEntry("firingAlerts", List.of());
        });
    }

    @Test
    void contributorWhenRuleFiresStaysUpAndTellsTheRule() {
        this.runner.run((context) -> {
            fire(context.getBean(ThreadSafeMetricsCollector.class));
            Health health = context.getBean(ThreadSafeMetricsHealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("firingAlerts", List.of(Map.of("rule", "many", "metric",
                    "orders", "value", 11.0, "threshold", 10.0, "since", "1970-01-01T00:00:00Z")));
        });
    }

    @ParameterizedTest
    @CsvSource({ "DOWN, DOWN", "down, DOWN", "out-of-service, OUT_OF_SERVICE", "Slow, Slow" })
    void contributorWhenRuleFiresHasTheStatusOfTheProperty(String property, String code) {
        this.runner.withPropertyValues(STATUS + property).run((context) -> {
            fire(context.getBean(ThreadSafeMetricsCollector.class));
            assertThat(context.getBean(ThreadSafeMetricsHealthIndicator.class).health().getStatus())
                .isEqualTo(new Status(code));
        });
    }

    @Test
    void contributorWhenRuleAboutTheCollectorFiresStaysUpAndTellsTheRule() {
        this.runner.withPropertyValues(STATUS + "down", "threadsafe-metrics.alerts-builtin.rejected.enabled=true")
            .run((context) -> {
                ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
                collector.collect("unknown", 1);
                collector.evaluateAlerts();
                Health health = context.getBean(ThreadSafeMetricsHealthIndicator.class).health();
                assertThat(firingAlert(health)).containsEntry("rule", "threadsafe-metrics-rejected");
                assertThat(health.getStatus()).isEqualTo(Status.UP);
                fire(collector);
                assertThat(context.getBean(ThreadSafeMetricsHealthIndicator.class).health().getStatus())
                    .isEqualTo(Status.DOWN);
            });
    }

    @Test
    void contributorWhenRuleIsPendingStaysUp() {
        this.runner.withPropertyValues(STATUS + "down", "threadsafe-metrics.alerts.many.hold-for=1m").run((context) -> {
            fire(context.getBean(ThreadSafeMetricsCollector.class));
            Health health = context.getBean(ThreadSafeMetricsHealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("firingAlerts", List.of());
        });
    }

    @Test
    void contributorWhenThereIsNoDataLeavesTheValueOut() {
        this.runner.withPropertyValues("threadsafe-metrics.alerts.many.on-no-data=firing").run((context) -> {
            context.getBean(ThreadSafeMetricsCollector.class).evaluateAlerts();
            assertThat(firingAlert(context.getBean(ThreadSafeMetricsHealthIndicator.class).health()))
                .containsEntry("rule", "many")
                .doesNotContainKey("value");
        });
    }

    @Test
    void contributorWhenTheSumLeavesTheRangeOfADoubleShowsAFiniteValue() {
        this.runner.withPropertyValues("threadsafe-metrics.alerts.many.aggregation=sum").run((context) -> {
            ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
            collector.collect("orders", Double.MAX_VALUE);
            collector.collect("orders", Double.MAX_VALUE);
            collector.evaluateAlerts();
            assertThat(firingAlert(context.getBean(ThreadSafeMetricsHealthIndicator.class).health()))
                .containsEntry("value", Double.MAX_VALUE);
        });
    }

    @Test
    void contributorWhenRegisteredHasTheNameOfTheEndpoint() {
        this.runner.run((context) -> assertThat(
                context.getBean(HealthContributorRegistry.class).getContributor("threadsafemetrics"))
            .isInstanceOf(ThreadSafeMetricsHealthIndicator.class));
    }

    @Test
    void contributorWhenDisabledIsAbsent() {
        this.runner.withPropertyValues("management.health.threadsafemetrics.enabled=false")
            .run((context) -> assertThat(context).hasNotFailed()
                .doesNotHaveBean(ThreadSafeMetricsHealthIndicator.class));
    }

    @Test
    void contributorWhenStarterIsDisabledIsAbsentEvenWithTheUsersCollector() {
        this.runner.withPropertyValues("threadsafe-metrics.enabled=false")
            .withBean(ThreadSafeMetricsCollector.class, ThreadSafeMetricsCollector::create)
            .run((context) -> assertThat(context).hasNotFailed()
                .doesNotHaveBean(ThreadSafeMetricsHealthIndicator.class));
    }

    @Test
    void contributorWhenHealthIsAbsentIsAbsent() {
        this.runner.withClassLoader(new FilteredClassLoader(Health.class))
            .run((context) -> assertThat(context).hasNotFailed()
                .hasSingleBean(ThreadSafeMetricsCollector.class)
                .doesNotHaveBean("threadsafemetricsHealthIndicator"));
    }

    @Test
    void contributorWhenUserHasOneBacksOff() {
        this.runner
            .withBean("threadsafemetricsHealthIndicator", HealthIndicator.class, () -> () -> Health.down().build())
            .run((context) -> assertThat(context).hasNotFailed()
                .doesNotHaveBean(ThreadSafeMetricsHealthIndicator.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            down           | DOWN           | 503
            out-of-service | OUT_OF_SERVICE | 503
            unknown        | UP             | 200
            Slow           | UP             | 200
            """)
    void applicationWhenRuleFiresHasTheStatusIfBootRanksIt(String property, String code, int http) {
        this.runner.withConfiguration(AutoConfigurations.of(HealthEndpointAutoConfiguration.class))
            .withPropertyValues(STATUS + property)
            .run((context) -> assertApplicationHealth(context, code, http));
    }

    @Test
    void applicationWhenRuleFiresHasTheUsersStatusIfItIsRankedAndMapped() {
        this.runner.withConfiguration(AutoConfigurations.of(HealthEndpointAutoConfiguration.class))
            .withPropertyValues(STATUS + "Slow", "management.endpoint.health.status.order=Slow,UP",
                    "management.endpoint.health.status.http-mapping.Slow=429")
            .run((context) -> assertApplicationHealth(context, "Slow", 429));
    }

    private static void assertApplicationHealth(ApplicationContext context, String code, int http) {
        fire(context.getBean(ThreadSafeMetricsCollector.class));
        Status status = context.getBean(HealthEndpoint.class).health().getStatus();
        assertThat(status.getCode()).isEqualTo(code);
        assertThat(context.getBean(HttpCodeStatusMapper.class).getStatusCode(status)).isEqualTo(http);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " " })
    void contributorWhenStatusIsBlankStaysUp(String blank) {
        this.runner.withPropertyValues(STATUS + blank).run((context) -> {
            fire(context.getBean(ThreadSafeMetricsCollector.class));
            assertThat(context.getBean(ThreadSafeMetricsHealthIndicator.class).health().getStatus())
                .isEqualTo(Status.UP);
        });
    }

    private static void fire(ThreadSafeMetricsCollector collector) {
        collector.collect("orders", 11);
        assertThat(collector.evaluateAlerts()).hasSize(1);
    }

    @SuppressWarnings("unchecked") // the details have no type
    private static Map<String, Object> firingAlert(Health health) {
        return ((List<Map<String, Object>>) health.getDetails().get("firingAlerts")).get(0);
    }

}
