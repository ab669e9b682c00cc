package io.threadsafemetrics.spring.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What a wrong property tells the one who set it. */
class InvalidPropertiesTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsAutoConfiguration.class));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            max-metrics       | 0                    | be at least 1
            max-metrics       | -1                   | be at least 1
            max-values        | 0                    | be at least 1
            max-values        | -5                   | be at least 1
            retention-window  | 0s                   | be longer than zero and at most PT87600H
            retention-window  | -5m                  | be longer than zero and at most PT87600H
            retention-window  | 3651d                | be longer than zero and at most PT87600H
            max-tag-sets      | 0                    | be at least 1
            max-tag-sets      | -1                   | be at least 1
            idle-series-ttl   | -1s                  | be between zero and PT87600H
            idle-series-ttl   | 3651d                | be between zero and PT87600H
            cleanup-interval  | -1s                  | be between zero and PT87600H
            cleanup-interval  | 3651d                | be between zero and PT87600H
            max-memory        | 0                    | be at least 65536
            max-memory        | 63KB                 | be at least 65536
            max-memory        | -1MB                 | be at least 65536
            relative-error    | 0                    | be between 0.001 and 0.1
            relative-error    | 0.2                  | be between 0.001 and 0.1
            relative-error    | NaN                  | be between 0.001 and 0.1
            alert-interval    | -1s                  | be between zero and PT87600H
            alert-interval    | 3651d                | be between zero and PT87600H
            """)
    void startWhenLimitIsOutOfRangeFails(String property, String value, String allowed) {
        assertFailure("threadsafe-metrics." + property, allowed, "threadsafe-metrics." + property + "=" + value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            enabled          | perhaps    | true or false
            max-metrics      | many       | a whole number of at most 2147483647
            max-values       | 3000000000 | a whole number of at most 2147483647
            max-tag-sets     | 1.5        | a whole number of at most 2147483647
            retention-window | soon       | a duration with a unit, such as 90s, 5m or PT1M30S
            idle-series-ttl  | 1x         | a duration with a unit
            cleanup-interval | 1 minute   | a duration with a unit
            alert-interval   | five       | a duration with a unit
            max-memory       | big        | a size with a unit, such as 64MB
            relative-error   | 1%         | a number
            clock            | sundial    | PRECISE, COARSE
            metrics.[a].type | clock      | COUNTER, GAUGE, HISTOGRAM, SUMMARY, TIMER, RATE
            alerts.[a].aggregation | MEDIAN | SUM, AVERAGE, MIN, MAX, COUNT, PERCENTILE, RATE
            alerts.[a].on-no-data  | MAYBE  | OK or FIRING
            alerts.[a].above       | high   | a number
            alerts.[a].min-count   | few    | a whole number of at most 9223372036854775807
            """)
    void startWhenTextIsNoValueFails(String property, String value, String allowed) {
        String name = "threadsafe-metrics." + property;
        this.runner.withPropertyValues(name + "=" + value).run((context) -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = analyze(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains("Property: " + name)
                .contains("Value: \"" + value + "\"")
                .contains("Allowed: must be " + allowed);
            assertThat(analysis.getAction()).contains(name);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max-values       | 0     | be at least 1
            max-tag-sets     | -1    | be at least 1
            retention-window | 0s    | be longer than zero and at most PT87600H
            retention-window | -1s   | be longer than zero and at most PT87600H
            """)
    void startWhenLimitOfMetricIsOutOfRangeFails(String property, String value, String allowed) {
        String name = "threadsafe-metrics.metrics.[a.b]." + property;
        assertFailure(name, allowed, "threadsafe-metrics.metrics.[a.b].type=timer", name + "=" + value);
    }

    @Test
    void startWhenMetricHasNoTypeFails() {
        assertFailure("threadsafe-metrics.metrics.[a.b].type", "be COUNTER, GAUGE, HISTOGRAM, SUMMARY, TIMER or RATE",
                "threadsafe-metrics.metrics.[a.b].unit=orders");
    }

    @Test
    void startWhenMetricNameIsBlankFails() {
        assertFailure("threadsafe-metrics.metrics.[ ]", "be 1 to 255 characters and not blank",
                "threadsafe-metrics.metrics.[ ].type=timer");
    }

    @Test
    void startWhenMetricNameIsTooLongFails() {
        String name = "threadsafe-metrics.metrics.[" + "a".repeat(256) + "]";
        assertFailure(name, "be 1 to 255 characters and not blank", name + ".type=timer");
    }

    @Test
    void startWhenMetricNameWithDotsIsNotInBracketsFails() {
        assertFailure("threadsafe-metrics.metrics.checkout", "threadsafe-metrics.metrics.[a.name]",
                "threadsafe-metrics.metrics.checkout.latency.type=timer");
    }

    @ParameterizedTest
    @CsvSource({ "metrics.[a.b], timer, type", "metrics.a, timer, type", "alerts.[too.slow], p99 > 1, metric" })
    void startWhenTextIsInPlaceOfPropertiesFails(String property, String text, String inner) {
        String name = "threadsafe-metrics." + property;
        this.runner.withPropertyValues(name + "=" + text).run((context) -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = analyze(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains("Property: " + name + "\n",
                    "Allowed: must have properties of its own, such as '" + name + "." + inner + "'\n");
            assertThat(analysis.getAction()).contains("'" + name + "'");
        });
    }

    @Test
    void startWhenThereIsNoRoomForTheMetricsFails() {
        assertFailure("threadsafe-metrics.metrics.[b]", "have room beside the other metrics",
                "threadsafe-metrics.max-metrics=1", "threadsafe-metrics.metrics.a.type=timer",
                "threadsafe-metrics.metrics.b.type=timer");
    }

    @Test
    void startWhenMetricHasAnotherTypeInTheUsersCollectorFails() {
        ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.create();
        collector.metric(MetricDefinition.gauge("a").build());
        this.runner.withBean(ThreadSafeMetricsCollector.class, () -> collector)
            .withPropertyValues("threadsafe-metrics.metrics.a.type=timer")
            .run((context) -> {
                assertThat(context).hasFailed();
                assertThat(analyze(context.getStartupFailure()).getDescription())
                    .contains("Property: threadsafe-metrics.metrics.[a].type", "Value: \"TIMER\"", "be GAUGE");
            });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            percentile   | -1       | be between 0.0 and 100.0
            percentile   | 101      | be between 0.0 and 100.0
            percentile   | NaN      | be between 0.0 and 100.0
            window       | 0s       | be longer than zero and at most PT87600H
            window       | -1s      | be longer than zero and at most PT87600H
            window       | 6m       | be at most the retention of 'm' (PT5M)
            above        | NaN      | be a finite number
            above        | Infinity | be a finite number
            below        | 1        | not be set where 'above' is (0.5)
            resolve-at   | 0.6      | be at most 'above' (0.5)
            resolve-at   | NaN      | be a finite number
            min-count    | 0        | be at least 1
            hold-for     | -1s      | be between zero and PT87600H
            repeat-every | 0s       | be longer than zero and at most PT87600H
            repeat-every | -1s      | be longer than zero and at most PT87600H
            on-no-data   | PENDING  | be OK or FIRING
            on-no-data   | RESOLVED | be OK or FIRING
            metric       | ' '      | be 1 to 255 characters and not blank
            tags.[ ]     | x        | of keys that are not blank
            """)
    void startWhenRuleIsWrongFails(String property, String value, String allowed) {
        String name = "threadsafe-metrics.alerts.[too.slow]." + property;
        assertFailure(name.replace(".[ ]", ""), allowed, "threadsafe-metrics.metrics.m.type=timer",
                "threadsafe-metrics.alerts.[too.slow].metric=m", "threadsafe-metrics.alerts.[too.slow].above=0.5",
                name + "=" + value);
    }

    @Test
    void startWhenRuleHasNoMetricFails() {
        assertFailure("threadsafe-metrics.alerts.[slow].metric", "be the name of a metric",
                "threadsafe-metrics.alerts.slow.above=1");
    }

    @Test
    void startWhenRuleHasNoThresholdFails() {
        assertFailure("threadsafe-metrics.alerts.[slow].above", "be a finite number where 'below' is not set",
                "threadsafe-metrics.alerts.slow.metric=m");
    }

    @Test
    void startWhenRuleResolvesOnTheWrongSideOfBelowFails() {
        assertFailure("threadsafe-metrics.alerts.[slow].resolve-at", "be at least 'below' (1.0)",
                "threadsafe-metrics.alerts.slow.metric=m", "threadsafe-metrics.alerts.slow.below=1",
                "threadsafe-metrics.alerts.slow.resolve-at=0.5");
    }

    @Test
    void startWhenRuleHasPercentileForAnotherAggregationFails() {
        assertFailure("threadsafe-metrics.alerts.[slow].aggregation", "be PERCENTILE where 'percentile' is set",
                "threadsafe-metrics.alerts.slow.metric=m", "threadsafe-metrics.alerts.slow.above=1",
                "threadsafe-metrics.alerts.slow.aggregation=max", "threadsafe-metrics.alerts.slow.percentile=99");
    }

    @Test
    void startWhenRuleNameIsBlankFails() {
        assertFailure("threadsafe-metrics.alerts.[ ]", "be 1 to 255 characters and not blank",
                "threadsafe-metrics.alerts.[ ].metric=m", "threadsafe-metrics.alerts.[ ].above=1");
    }

    @Test
    void startWhenRuleNameWithDotsIsNotInBracketsFails() {
        assertFailure("threadsafe-metrics.alerts.too", "threadsafe-metrics.alerts.[a.name]",
                "threadsafe-metrics.alerts.too.slow.metric=m");
    }

    @ParameterizedTest
    @CsvSource({ "alerts.[too.slow].hold, 10s", "alerts.slow.lables.severity, page", "metrics.m.max-value, 5",
            "alerts.slow.deep.er, 1" })
    void startWhenPropertyOfRuleOrMetricIsUnknownFails(String property, String value) {
        assertFailure("threadsafe-metrics." + property, "be spelled as a property that there is",
                "threadsafe-metrics.metrics.m.type=timer", "threadsafe-metrics.alerts.slow.metric=m",
                "threadsafe-metrics.alerts.slow.above=1", "threadsafe-metrics.alerts.[too.slow].metric=m",
                "threadsafe-metrics.alerts.[too.slow].above=1", "threadsafe-metrics." + property + "=" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = { "window=", "repeatEvery=5m", "HOLDFOR=5m", "hold_for=5m", "description=", "labels.a.b=c",
            "labels.[a.b].[c]=", "tags.http.route=", "min-count=2" })
    void startWhenPropertyOfRuleIsEmptyOrSpelledAsBootAllowsSucceeds(String property) {
        this.runner
            .withPropertyValues("threadsafe-metrics.alerts.slow.metric=m", "threadsafe-metrics.alerts.slow.above=1",
                    "threadsafe-metrics.alerts.slow." + property)
            .run((context) -> assertThat(context).hasNotFailed());
    }

    @Test
    void startWhenLabelsOfRuleAreEmptySucceeds() {
        assumeThat(SpringBootVersion.getVersion()).as("Spring Boot 4.0 makes no map of an empty text")
            .doesNotStartWith("4.0.");
        this.runner
            .withPropertyValues("threadsafe-metrics.alerts.slow.metric=m", "threadsafe-metrics.alerts.slow.above=1",
                    "threadsafe-metrics.alerts.slow.labels=")
            .run((context) -> assertThat(context).hasNotFailed());
    }

    /** As older documentation has it: HOLD_FOR in place of HOLDFOR. */
    @Test
    void startWhenRuleIsDeclaredByEnvironmentVariablesSucceeds() {
        this.runner
            .withInitializer((context) -> context.getEnvironment()
                .getPropertySources()
                .replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment",
                        Map.of("THREADSAFEMETRICS_ALERTS_SLOW_METRIC", "m", "THREADSAFEMETRICS_ALERTS_SLOW_ABOVE", "1",
                                "THREADSAFEMETRICS_ALERTS_SLOW_HOLD_FOR", "3s"))))
            .run((context) -> assertThat(context.getBean(ThreadSafeMetricsCollector.class).getAlertRules())
                .anySatisfy((rule) -> assertThat(rule.holdFor()).hasSeconds(3)));
    }

    @Test
    void startWhenLimitIsOutOfRangeFailsBesideTheUsersCollectorToo() {
        this.runner.withBean(ThreadSafeMetricsCollector.class, ThreadSafeMetricsCollector::create)
            .withPropertyValues("threadsafe-metrics.max-values=0")
            .run((context) -> assertThat(context).hasFailed());
    }

    @Test
    void startWhenRuleLooksBackFurtherThanTheDeclaredMetricFails() {
        assertFailure("threadsafe-metrics.alerts.[slow].window", "be at most the retention of 'm' (PT10S)",
                "threadsafe-metrics.metrics.m.type=timer", "threadsafe-metrics.metrics.m.retention-window=10s",
                "threadsafe-metrics.alerts.slow.metric=m", "threadsafe-metrics.alerts.slow.above=1",
                "threadsafe-metrics.alerts.slow.window=11s");
    }

    private void assertFailure(String property, String allowed, String... properties) {
        this.runner.withPropertyValues(properties).run((context) -> {
            assertThat(context).hasFailed();
            assertThat(stackTrace(context.getStartupFailure())).contains("'" + property + "' must ").contains(allowed);
            FailureAnalysis analysis = analyze(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains("Property: " + property + "\n")
                .containsPattern("Value: (\".*\"|not set)\n")
                .containsPattern("Allowed: must .+\n")
                .contains(allowed);
            assertThat(analysis.getAction()).contains("'" + property + "'");
        });
    }

    /** The analysis as a start shows it: of the first analyzer that has one. */
    private static FailureAnalysis analyze(Throwable failure) {
        List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
            .load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, cause) -> {
            }));
        return analyzers.stream()
            .map((analyzer) -> analyzer.analyze(failure))
            .filter((analysis) -> analysis != null)
            .findFirst()
            .orElseThrow();
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

}
