package io.threadsafemetrics.spring.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.threadsafemetrics.AlertEvent;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.AlertState;
import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** The alert rules that are there by themselves. */
class BuiltInRulesTests {

    private final ManualClock clock = new ManualClock();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsAutoConfiguration.class))
        .withBean(ThreadSafeMetricsCollectorCustomizer.class, () -> (builder) -> builder.clock(this.clock))
        .withPropertyValues("threadsafe-metrics.alert-interval=0", "threadsafe-metrics.max-memory=1MB");

    private static List<String> names(ThreadSafeMetricsCollector collector) {
        return collector.getAlertRules().stream().map(AlertRule::name).toList();
    }

    private List<String> evaluate(ThreadSafeMetricsCollector collector) {
        this.clock.advance(Duration.ofSeconds(5));
        return collector.evaluateAlerts().stream().map((event) -> event.rule().name() + " " + event.state()).toList();
    }

    @Test
    void rulesAreThereAndQuietByDefault() {
        this.runner.run((context) -> {
            ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
            assertThat(names(collector)).containsExactly(BuiltInRules.MEMORY, BuiltInRules.REJECTED,
                    BuiltInRules.OVERFLOW);
            for (int i = 0; i < 100; i++) {
                collector.metric(MetricDefinition.timer("a").build()).addValue(i);
                assertThat(evaluate(collector)).isEmpty();
            }
            assertThat(collector.getActiveAlerts()).isEmpty();
            assertThat(collector.getAllMetrics()).containsOnlyKeys("a");
        });
    }

    @ParameterizedTest
    @CsvSource({ "memory," + BuiltInRules.MEMORY, "rejected," + BuiltInRules.REJECTED,
            "overflow," + BuiltInRules.OVERFLOW })
    void ruleWhenSwitchedOffIsNotThere(String property, String rule) {
        this.runner.withPropertyValues("threadsafe-metrics.alerts-builtin." + property + ".enabled=false")
            .run((context) -> assertThat(names(context.getBean(ThreadSafeMetricsCollector.class))).hasSize(2)
                .doesNotContain(rule));
    }

    @Test
    void ruleWhenOneOfItsNameIsDeclaredGivesWay() {
        this.runner
            .withPropertyValues("threadsafe-metrics.alerts.threadsafe-metrics-memory.metric=" + AlertRule.MEMORY_USAGE,
                    "threadsafe-metrics.alerts.threadsafe-metrics-memory.above=0.5")
            .run((context) -> assertThat(context.getBean(ThreadSafeMetricsCollector.class).getAlertRules()).hasSize(3)
                .filteredOn((rule) -> rule.name().equals(BuiltInRules.MEMORY))
                .extracting(AlertRule::threshold)
                .containsExactly(0.5));
    }

    @Test
    void rejectedWhenValuesAreRefusedFiresForFiveMinutes() {
        this.runner.run((context) -> {
            ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
            collector.collect("unknown", 1);
            assertThat(evaluate(collector)).containsExactly(BuiltInRules.REJECTED + " FIRING");
            for (int seconds = 5; seconds <= 300; seconds += 5) {
                assertThat(evaluate(collector)).isEmpty();
            }
            assertThat(evaluate(collector)).containsExactly(BuiltInRules.REJECTED + " RESOLVED");
        });
    }

    @Test
    void overflowWhenATagSetIsRefusedFiresForFiveMinutes() {
        this.runner.withPropertyValues("threadsafe-metrics.max-tag-sets=1").run((context) -> {
            ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
            ThreadSafeMetric metric = collector.metric(MetricDefinition.gauge("a").build());
            metric.addValue(1, Tags.of("id", "1"));
            assertThat(evaluate(collector)).isEmpty();
            metric.addValue(1, Tags.of("id", "2"));
            assertThat(evaluate(collector)).containsExactly(BuiltInRules.OVERFLOW + " FIRING");
            this.clock.advance(Duration.ofMinutes(5));
            assertThat(evaluate(collector)).containsExactly(BuiltInRules.OVERFLOW + " RESOLVED");
        });
    }

    @Test
    void memoryWhenMostOfTheBudgetIsTakenFires() {
        this.runner
            .withPropertyValues("threadsafe-metrics.max-tag-sets=1000000",
                    "threadsafe-metrics.alerts-builtin.overflow.enabled=false")
            .run((context) -> {
                ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
                ThreadSafeMetric metric = collector.metric(MetricDefinition.gauge("a").build());
                for (int i = 0; i < 10_000; i++) {
                    metric.addValue(1, Tags.of("id", "" + i));
                }
                List<AlertEvent> events = collector.evaluateAlerts();
                assertThat(events).extracting((event) -> event.rule().name()).containsExactly(BuiltInRules.MEMORY);
                assertThat(events.get(0).state()).isEqualTo(AlertState.FIRING);
                assertThat(events.get(0).value()).isGreaterThan(0.9);
                collector.unregisterMetric("a");
                assertThat(evaluate(collector)).containsExactly(BuiltInRules.MEMORY + " RESOLVED");
            });
    }

}
