package io.threadsafemetrics.spring.endpoint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.threadsafemetrics.spring.endpoint.EndpointServer.Answer;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for all answers of the endpoint. */
final class AnswerCheck {

    private static final int MAX_ELEMENTS = 1000;

    private AnswerCheck() {
    }

    /** A refusal that says what is wrong. */
    static void problem(Answer answer) {
        assertThat(new ArrayList<>(answer.json().propertyNames())).containsExactlyInAnyOrder("status", "parameter",
                "message");
        assertThat(answer.at("/status").asInt()).isEqualTo(answer.status());
        assertThat(answer.at("/message").asString()).startsWith("'" + answer.at("/parameter").asString() + "' must ")
            .contains(" but was ");
    }

    /** Figures that do not contradict each other. */
    static void figures(JsonNode json) {
        if (json.has("from") && json.has("count") && json.path("count").isNumber()) {
            window(json);
        }
        elements(json, "points");
        elements(json, "values");
        elements(json, "groups");
        consecutive(json.path("points"));
        json.forEach(AnswerCheck::figures);
    }

    private static void elements(JsonNode json, String name) {
        assertThat(json.path(name).size()).as(name).isLessThanOrEqualTo(MAX_ELEMENTS);
    }

    private static void consecutive(JsonNode points) {
        for (int i = 1; i < points.size(); i++) {
            assertThat(points.at("/" + i + "/from")).isEqualTo(points.at("/" + (i - 1) + "/to"));
        }
    }

    private static void window(JsonNode window) {
        long count = window.path("count").asLong();
        assertThat(count).isNotNegative();
        assertThat(Instant.parse(window.path("from").asString()))
            .isBeforeOrEqualTo(Instant.parse(window.path("to").asString()));
        assertThat(window.path("rate").asDouble()).isNotNegative();
        assertThat(window.path("relativeError").asDouble()).isBetween(0.0,
                window.path("exact").asBoolean() ? 0.0 : 1.0);
        assertThat(window.path("fractionAtMost").asDouble(0)).isBetween(0.0, 1.0);
        assertThat(window.has("min")).isEqualTo(count > 0);
        if (count == 0) {
            assertThat(window.path("percentiles").size()).isZero();
            return;
        }
        List<Double> within = new ArrayList<>(List.of(window.path("average").asDouble()));
        window.path("percentiles").forEach((percentile) -> within.add(percentile.asDouble()));
        assertThat(within).allSatisfy(
                (figure) -> assertThat(figure).isBetween(window.path("min").asDouble(), window.path("max").asDouble()));
        if (window.has("buckets")) {
            assertThat(window.path("buckets").valueStream().mapToLong((bucket) -> bucket.path("count").asLong()).sum())
                .isEqualTo(count);
        }
    }

}
