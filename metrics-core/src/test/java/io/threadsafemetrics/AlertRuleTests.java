package io.threadsafemetrics;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a rule may be made of.
 */
class AlertRuleTests {

    private static AlertRule.Builder builder() {
        return AlertRule.builder("rule", "metric");
    }

    @Test
    void aRuleHasTheDefaults() {
        AlertRule rule = builder().above(5).build();
        assertThat(rule.name()).isEqualTo("rule");
        assertThat(rule.metric()).isEqualTo("metric");
        assertThat(rule.tags()).isEqualTo(Tags.empty());
        assertThat(rule.aggregation()).isEqualTo(AggregationType.AVERAGE);
        assertThat(rule.percentile()).isEqualTo(95);
        assertThat(rule.window()).isNull();
        assertThat(rule.above()).hasValue(5);
        assertThat(rule.below()).isEmpty();
        assertThat(rule.resolveAt()).isEqualTo(5);
        assertThat(rule.minCount()).isEqualTo(1);
        assertThat(rule.holdFor()).isEqualTo(Duration.ZERO);
        assertThat(rule.repeatEvery()).isNull();
        assertThat(rule.onNoData()).isEqualTo(AlertState.OK);
        assertThat(rule.description()).isNull();
        assertThat(rule.labels()).isEmpty();
    }

    @Test
    void unpairedSurrogatesAreReplaced() {
        AlertRule rule = AlertRule.builder("r\ud800", "m\ud800")
            .above(5)
            .description("d\ud800")
            .labels(Map.of("k\ud800", "v\ud800"))
            .build();
        assertThat(rule.name()).isEqualTo("r\ufffd");
        assertThat(rule.metric()).isEqualTo("m\ufffd");
        assertThat(rule.description()).isEqualTo("d\ufffd");
        assertThat(rule.labels()).containsExactly(Map.entry("k\ufffd", "v\ufffd"));
    }

    @Test
    void aRuleHasWhatItWasGiven() {
        Map<String, String> labels = new HashMap<>(Map.of("team", "a"));
        AlertRule rule = builder().below(5)
            .tags(Tags.of("k", "v"))
            .aggregation(AggregationType.PERCENTILE)
            .percentile(99)
            .window(Duration.ofSeconds(30))
            .resolveAt(6)
            .minCount(10)
            .holdFor(Duration.ofSeconds(1))
            .repeatEvery(Duration.ofSeconds(2))
            .onNoData(AlertState.FIRING)
            .description("text")
            .labels(labels)
            .build();
        labels.put("team", "b");
        assertThat(rule.below()).hasValue(5);
        assertThat(rule.above()).isEmpty();
        assertThat(rule.tags()).isEqualTo(Tags.of("k", "v"));
        assertThat(rule.aggregation()).isEqualTo(AggregationType.PERCENTILE);
        assertThat(rule.percentile()).isEqualTo(99);
        assertThat(rule.window()).isEqualTo(Duration.ofSeconds(30));
        assertThat(rule.resolveAt()).isEqualTo(6);
        assertThat(rule.minCount()).isEqualTo(10);
        assertThat(rule.holdFor()).isEqualTo(Duration.ofSeconds(1));
        assertThat(rule.repeatEvery()).isEqualTo(Duration.ofSeconds(2));
        assertThat(rule.onNoData()).isEqualTo(AlertState.FIRING);
        assertThat(rule.description()).isEqualTo("text");
        assertThat(rule.labels()).isEqualTo(Map.of("team", "a"));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> rule.labels().clear());
    }

    @Test
    void aRuleNeedsOneThreshold() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder().build())
            .withMessage("rule 'rule' must have either 'above' or 'below' but had neither");
        assertThatIllegalArgumentException().isThrownBy(() -> builder().above(1).below(1).build())
            .withMessage("rule 'rule' must have either 'above' or 'below' but had both");
    }

    @Test
    void wrongPartsAreRefusedByName() {
        Map.<String, Runnable>ofEntries(Map.entry("name", () -> AlertRule.builder(" ", "metric")),
                Map.entry("metric", () -> AlertRule.builder("rule", "x".repeat(256))),
                Map.entry("above", () -> builder().above(Double.NaN)),
                Map.entry("below", () -> builder().below(Double.POSITIVE_INFINITY)),
                Map.entry("resolveAt", () -> builder().above(1).resolveAt(1.1).build()),
                Map.entry("percentile", () -> builder().percentile(101)),
                Map.entry("window", () -> builder().window(Duration.ZERO)),
                Map.entry("minCount", () -> builder().minCount(0)),
                Map.entry("holdFor", () -> builder().holdFor(Duration.ofSeconds(-1))),
                Map.entry("repeatEvery", () -> builder().repeatEvery(Duration.ZERO)),
                Map.entry("onNoData", () -> builder().onNoData(AlertState.PENDING)))
            .forEach((part, action) -> assertThatIllegalArgumentException().as(part)
                .isThrownBy(action::run)
                .withMessageContaining("'" + part + "' must be")
                .withMessageContaining("but was"));
    }

    @Test
    void resolveAtBeyondTheThresholdIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder().above(5).resolveAt(6).build())
            .withMessage("'resolveAt' must be at most 'above' (5.0) but was 6.0");
        assertThatIllegalArgumentException().isThrownBy(() -> builder().below(5).resolveAt(4).build())
            .withMessage("'resolveAt' must be at least 'below' (5.0) but was 4.0");
    }

    @Test
    void toStringSaysWhatFires() {
        assertThat(builder().above(5).percentile(99).build())
            .hasToString("AlertRule['rule': PERCENTILE of 'metric' above 5.0]");
        assertThat(builder().below(5).build()).hasToString("AlertRule['rule': AVERAGE of 'metric' below 5.0]");
    }

    @Test
    void missingPartsAreRefusedByName() {
        Map.<String, Runnable>of("tags", () -> builder().tags(null), "aggregation", () -> builder().aggregation(null),
                "window", () -> builder().window(null), "holdFor", () -> builder().holdFor(null), "onNoData",
                () -> builder().onNoData(null), "labels", () -> builder().labels(null), "repeatEvery",
                () -> builder().repeatEvery(null))
            .forEach((part, action) -> assertThatIllegalArgumentException().as(part)
                .isThrownBy(action::run)
                .withMessageContaining("'" + part + "' must"));
    }

    @Test
    void labelsWithNullsAreRefusedByName() {
        Map<String, String> labels = new HashMap<>();
        labels.put("team", null);
        assertThatIllegalArgumentException().isThrownBy(() -> builder().labels(labels))
            .withMessageContaining("'labels' must");
    }

    @Test
    void rulesAreEqualIfAllTheirPartsAre() {
        AlertRule rule = builder().above(5).build();
        assertThat(rule).isEqualTo(builder().above(5).aggregation(AggregationType.AVERAGE).minCount(1).build())
            .hasSameHashCodeAs(builder().above(5).build());
        Stream.<UnaryOperator<AlertRule.Builder>>of((other) -> other.resolveAt(4), (other) -> other.minCount(2),
                (other) -> other.tags(Tags.of("a", "b")), (other) -> other.aggregation(AggregationType.MAX),
                (other) -> other.percentile(99), (other) -> other.window(Duration.ofSeconds(1)),
                (other) -> other.holdFor(Duration.ofSeconds(1)), (other) -> other.repeatEvery(Duration.ofSeconds(1)),
                (other) -> other.onNoData(AlertState.FIRING), (other) -> other.description("text"),
                (other) -> other.labels(Map.of("a", "b")))
            .forEach((part) -> assertThat(part.apply(builder().above(5)).build()).isNotEqualTo(rule));
        assertThat(builder().below(5).build()).isNotEqualTo(rule);
        assertThat(builder().above(6).build()).isNotEqualTo(rule);
        assertThat(AlertRule.builder("other", "metric").above(5).build()).isNotEqualTo(rule);
        assertThat(AlertRule.builder("rule", "other").above(5).build()).isNotEqualTo(rule);
    }

    @Test
    void textOfARuleStaysInOneLine() {
        assertThat(AlertRule.builder("a\nb\u202Ec", "m\r").above(1).build())
            .hasToString("AlertRule['a\\u000ab\\u202ec': AVERAGE of 'm\\u000d' above 1.0]");
    }

}
