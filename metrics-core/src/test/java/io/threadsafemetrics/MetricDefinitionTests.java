package io.threadsafemetrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a metric and a collector may be made of.
 */
class MetricDefinitionTests {

    @Test
    void factoriesHaveTheirType() {
        assertThat(List.of(MetricDefinition.counter("a"), MetricDefinition.gauge("a"), MetricDefinition.histogram("a"),
                MetricDefinition.summary("a"), MetricDefinition.timer("a"), MetricDefinition.rate("a")))
            .extracting((builder) -> builder.build().type())
            .containsExactly(MetricType.COUNTER, MetricType.GAUGE, MetricType.HISTOGRAM, MetricType.SUMMARY,
                    MetricType.TIMER, MetricType.RATE);
    }

    @Test
    void aDefinitionHasWhatItWasGiven() {
        MetricDefinition definition = MetricDefinition.timer("checkout.latency")
            .unit("s")
            .description("text")
            .maxValues(10)
            .maxTagSets(20)
            .retentionWindow(Duration.ofMinutes(5))
            .build();
        assertThat(definition.name()).isEqualTo("checkout.latency");
        assertThat(definition.unit()).isEqualTo("s");
        assertThat(definition.description()).isEqualTo("text");
        assertThat(definition.maxValues()).isEqualTo(10);
        assertThat(definition.maxTagSets()).isEqualTo(20);
        assertThat(definition.retentionWindow()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void unpairedSurrogatesAreReplaced() {
        MetricDefinition definition = MetricDefinition.gauge("n\ud800").unit("u\ud800").description("d\ud800").build();
        assertThat(definition.name()).isEqualTo("n\ufffd");
        assertThat(definition.unit()).isEqualTo("u\ufffd");
        assertThat(definition.description()).isEqualTo("d\ufffd");
    }

    @Test
    void aTimerIsInSecondsByDefault() {
        assertThat(MetricDefinition.timer("a").build().unit()).isEqualTo("seconds");
        assertThat(MetricDefinition.gauge("a").build().unit()).isNull();
    }

    @Test
    void theLongestNameHas255Characters() {
        assertThat(MetricDefinition.gauge("x".repeat(255)).build().name()).hasSize(255);
        assertThatIllegalArgumentException().isThrownBy(() -> MetricDefinition.gauge("x".repeat(256)))
            .withMessageContaining("'name' must be 1 to 255 characters and not blank but was 'xxx")
            .withMessageContaining("…' (256 characters)");
    }

    @Test
    void wrongLimitsOfADefinitionAreRefusedByName() {
        Map.<String, Runnable>of("name", () -> MetricDefinition.of(null, MetricType.GAUGE), "type",
                () -> MetricDefinition.of("a", null), "maxValues", () -> MetricDefinition.gauge("a").maxValues(0),
                "maxTagSets", () -> MetricDefinition.gauge("a").maxTagSets(0), "retentionWindow",
                () -> MetricDefinition.gauge("a").retentionWindow(Duration.ofDays(3651)))
            .forEach((part, action) -> assertThatIllegalArgumentException().as(part)
                .isThrownBy(action::run)
                .withMessageContaining("'" + part + "' must"));
    }

    @Test
    void wrongLimitsOfACollectorAreRefusedByNameWithTheirValue() {
        Map.<String, Runnable>ofEntries(
                Map.entry("maxMetrics", () -> ThreadSafeMetricsCollector.builder().maxMetrics(0)),
                Map.entry("maxValues", () -> ThreadSafeMetricsCollector.builder().maxValues(0)),
                Map.entry("maxTagSets", () -> ThreadSafeMetricsCollector.builder().maxTagSets(-1)),
                Map.entry("retentionWindow", () -> ThreadSafeMetricsCollector.builder().retentionWindow(Duration.ZERO)),
                Map.entry("idleSeriesTtl",
                        () -> ThreadSafeMetricsCollector.builder().idleSeriesTtl(Duration.ofSeconds(-1))),
                Map.entry("cleanupInterval",
                        () -> ThreadSafeMetricsCollector.builder().cleanupInterval(Duration.ofSeconds(-1))),
                Map.entry("alertInterval",
                        () -> ThreadSafeMetricsCollector.builder().alertInterval(Duration.ofSeconds(-1))),
                Map.entry("maxMemoryBytes", () -> ThreadSafeMetricsCollector.builder().maxMemoryBytes(0)),
                Map.entry("relativeError", () -> ThreadSafeMetricsCollector.builder().relativeError(Double.NaN)))
            .forEach((part, action) -> assertThatIllegalArgumentException().as(part)
                .isThrownBy(action::run)
                .withMessageContaining("'" + part + "' must be")
                .withMessageContaining("but was"));
        assertThatIllegalArgumentException().isThrownBy(() -> ThreadSafeMetricsCollector.builder().clock(null))
            .withMessage("'clock' must not be null");
        assertThatIllegalArgumentException().isThrownBy(() -> ThreadSafeMetricsCollector.builder().relativeError(0.2))
            .withMessage("'relativeError' must be between 0.001 and 0.1 but was 0.2");
    }

    @Test
    void aNewCollectorHasTheDefaultLimits() {
        try (ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.create()) {
            MetricDefinition definition = collector.metric(MetricDefinition.gauge("a").build()).definition();
            assertThat(definition.maxValues()).isEqualTo(1000);
            assertThat(definition.maxTagSets()).isEqualTo(1000);
            assertThat(definition.retentionWindow()).isEqualTo(Duration.ofMinutes(5));
            assertThat(collector.getSystemStatistics().maxMetrics()).isEqualTo(1000);
            assertThat(collector.getSystemStatistics().maxMemoryBytes()).isEqualTo(64L * 1024 * 1024);
        }
    }

    @Test
    void textOfADefinitionStaysInOneLine() {
        assertThat(MetricDefinition.gauge("a\nb\u2028c").build()).hasToString("GAUGE 'a\\u000ab\\u2028c'");
    }

}
