package io.threadsafemetrics.spring.alert;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** By which labels an Alertmanager knows an alert. */
class AlertLabelsTests {

    private static AlertRule rule(UnaryOperator<AlertRule.Builder> parts) {
        return parts.apply(AlertRule.builder("slow", "pay").above(0.5)).build();
    }

    private static Map<String, String> labels(UnaryOperator<AlertRule.Builder> parts) {
        return new AlertLabels(Map::of).of(rule(parts));
    }

    @Test
    void labelsAreOfTheRuleItsTagsAndTheProcess() {
        AlertLabels labels = new AlertLabels(() -> Map.of("application", "shop", "instance", "a:1"));
        assertThat(labels.of(rule((parts) -> parts.tags(Tags.of("region", "eu")).labels(Map.of("severity", "page")))))
            .containsExactlyInAnyOrderEntriesOf(Map.of("alertname", "slow", "metric", "pay", "region", "eu", "severity",
                    "page", "application", "shop", "instance", "a:1"));
    }

    @ParameterizedTest
    @CsvSource({ "http.route, http_route", "a-b, a_b", "2xx, _2xx", "größe, gr__e", "'', _", "' ', _", "a:b, a_b",
            "__name__, __name__" })
    void labelHasANameThatAlertmanagerTakes(String name, String valid) {
        assertThat(labels((parts) -> parts.labels(Map.of(name, "x")))).containsEntry(valid, "x")
            .allSatisfy((key, value) -> assertThat(key).matches("[a-zA-Z_][a-zA-Z0-9_]*"));
    }

    @Test
    void labelsWhoseNamesBecomeEqualAreAllThere() {
        assertThat(labels((parts) -> parts.labels(Map.of("a.b", "1", "a-b", "2", "a_b", "3"))
            .tags(Tags.of("a b", "4", "metric", "5", "alertname", "6"))))
            .containsExactlyInAnyOrderEntriesOf(Map.of("alertname", "slow", "a_b", "2", "a_b_2", "1", "a_b_3", "3",
                    "a_b_4", "4", "metric", "5", "alertname_2", "6", "metric_2", "pay"));
    }

    @Test
    void labelWithoutAValueIsLeftOut() {
        assertThat(labels((parts) -> parts.tags(Tags.of("region", "")).labels(Map.of("severity", ""))))
            .containsOnlyKeys("alertname", "metric");
    }

    @Test
    void labelsOfTheProcessAreAskedForOnce() {
        AtomicInteger asked = new AtomicInteger();
        AlertLabels labels = new AlertLabels(() -> Map.of("instance", "a:" + asked.incrementAndGet()));
        AlertRule rule = rule((parts) -> parts);
        assertThat(labels.of(rule)).isEqualTo(labels.of(rule)).containsEntry("instance", "a:1");
    }

}
