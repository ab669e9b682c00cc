package io.threadsafemetrics;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;

import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The reference's answers to scripted calls: every expectation of
 * {@code parity/reference.json}.
 */
class ParityTests {

    static List<Scenario> scenarios() {
        List<Scenario> scenarios = new ArrayList<>();
        reference().get("scenarios").forEach((json) -> scenarios.add(new Scenario(json)));
        return scenarios;
    }

    private static JsonNode reference() {
        try (InputStream json = ParityTests.class.getResourceAsStream("/parity/reference.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(json));
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void answersAsTheReference(Scenario scenario) {
        assertThat(scenario.run()).isPositive();
    }

    @Test
    void everyExpectationIsCompared() {
        long expectations = Stream.of(reference().get("scenarios"))
            .flatMap(JsonNode::valueStream)
            .flatMap((scenario) -> scenario.get("steps").valueStream())
            .filter((step) -> step.has("expect"))
            .count();
        assertThat(scenarios().stream().mapToInt(Scenario::run).sum()).isEqualTo((int) expectations).isEqualTo(14013);
    }

    static final class Scenario {

        private final JsonNode json;

        private final ManualClock clock;

        private final ThreadSafeMetricsCollector collector;

        Scenario(JsonNode json) {
            this.json = json;
            this.clock = new ManualClock(instant(json.get("start")));
            this.collector = ThreadSafeMetricsCollector.builder()
                .clock(this.clock)
                .maxMetrics(json.get("maxMetrics").asInt())
                .build();
        }

        /** Returns the number of expectations compared. */
        int run() {
            try (this.collector) {
                int compared = 0;
                for (JsonNode step : this.json.get("steps")) {
                    run(step);
                    compared += step.has("expect") ? 1 : 0;
                }
                return compared;
            }
        }

        private void run(JsonNode step) {
            JsonNode expected = step.get("expect");
            switch (step.get("op").asString()) {
                case "advance" -> this.clock.advance(duration(step.get("seconds")));
                case "resetAll" -> this.collector.resetAllMetrics();
                case "register" -> assertThat(this.collector.registerMetric(name(step), type(step.get("type")),
                        step.get("maxValues").asInt(), duration(step.get("retentionSeconds"))))
                    .as(step::toString)
                    .isEqualTo(expected.asBoolean());
                case "unregister" -> assertThat(this.collector.unregisterMetric(name(step))).as(step::toString)
                    .isEqualTo(expected.asBoolean());
                case "collect" ->
                    assertThat(this.collector.collect(name(step), step.get("value").asDouble())).as(step::toString)
                        .isEqualTo(expected.asBoolean());
                case "aggregate" -> compareAggregate(step, expected);
                case "statistics" ->
                    compare(this.collector.getMetricStatistics(name(step)).orElse(null), expected, step);
                case "allMetrics" -> {
                    assertThat(this.collector.getAllMetrics()).containsOnlyKeys(List.copyOf(expected.propertyNames()));
                    this.collector.getAllMetrics()
                        .forEach((name, statistics) -> compare(statistics, expected.get(name), step));
                }
                case "system" -> {
                    SystemStatistics system = this.collector.getSystemStatistics();
                    assertThat(system.totalValuesCollected())
                        .isEqualTo(expected.get("total_values_collected").asLong());
                    assertThat(system.totalMetrics()).isEqualTo(expected.get("total_metrics").asInt());
                    assertThat(system.maxMetrics()).isEqualTo(expected.get("max_metrics").asInt());
                }
                default -> throw new IllegalStateException("Unknown step " + step);
            }
        }

        private void compareAggregate(JsonNode step, JsonNode expected) {
            AggregationType aggregation = AggregationType
                .valueOf(step.get("aggregation").asString().toUpperCase(Locale.ROOT));
            OptionalDouble actual = this.collector.findMetric(name(step)).map((metric) -> {
                Duration window = step.get("windowSeconds").isNull() ? metric.retentionWindow()
                        : duration(step.get("windowSeconds"));
                return step.get("percentile").isNull() ? metric.getAggregatedValue(aggregation, window)
                        : metric.getAggregatedValue(aggregation, window, step.get("percentile").asDouble());
            }).orElse(OptionalDouble.empty());
            boolean rounded = aggregation == AggregationType.SUM || aggregation == AggregationType.AVERAGE
                    || aggregation == AggregationType.RATE;
            compare(actual.isPresent() ? actual.getAsDouble() : null, expected, rounded, step);
            if (step.get("windowSeconds").isNull() && step.get("percentile").isNull()) {
                assertThat(this.collector.getMetricValue(name(step), aggregation)).as(step::toString).isEqualTo(actual);
            }
        }

        private static void compare(@Nullable MetricStatistics actual, JsonNode expected, JsonNode step) {
            if (expected.isNull() || actual == null) {
                assertThat(actual).as(step::toString).isNull();
                assertThat(expected.isNull()).as(step::toString).isTrue();
                return;
            }
            assertThat(actual.name()).isEqualTo(expected.get("name").asString());
            assertThat(actual.type()).isEqualTo(type(expected.get("type")));
            assertThat(actual.count()).as(step::toString).isEqualTo(expected.get("count").asLong());
            compare(actual.currentValue(), expected.get("current_value"), actual.type() == MetricType.COUNTER, step);
            compare(actual.totalValue(), expected.get("total_value"), true, step);
            compare(actual.minValue(), expected.get("min_value"), false, step);
            compare(actual.maxValue(), expected.get("max_value"), false, step);
            assertThat(actual.valuesStored()).as(step::toString).isEqualTo(expected.get("values_stored").asInt());
            assertThat(seconds(actual.createdTime())).as(step::toString)
                .isCloseTo(expected.get("created_time").asDouble(), within(0.0011));
            assertThat(seconds(actual.lastUpdated())).as(step::toString)
                .isCloseTo(expected.get("last_updated").asDouble(), within(0.0011));
        }

        private static void compare(@Nullable Double actual, JsonNode expected, boolean rounded, JsonNode step) {
            if (expected.isNull() || actual == null) {
                assertThat(actual).as(step::toString).isNull();
                assertThat(expected.isNull()).as(step::toString).isTrue();
                return;
            }
            double value = expected.asDouble();
            assertThat(actual).as(step::toString).isCloseTo(value, Offset.offset(rounded ? 1e-9 * Math.abs(value) : 0));
        }

        private static String name(JsonNode step) {
            return step.get("metric").asString();
        }

        private static MetricType type(JsonNode type) {
            return MetricType.valueOf(type.asString().toUpperCase(Locale.ROOT));
        }

        private static Duration duration(JsonNode seconds) {
            return Duration.ofNanos(new BigDecimal(seconds.asString()).movePointRight(9).longValueExact());
        }

        private static Instant instant(JsonNode seconds) {
            return Instant.EPOCH.plus(duration(seconds));
        }

        private static double seconds(Instant instant) {
            return instant.getEpochSecond() + instant.getNano() / 1e9;
        }

        @Override
        public String toString() {
            return this.json.get("name").asString();
        }

    }

}
