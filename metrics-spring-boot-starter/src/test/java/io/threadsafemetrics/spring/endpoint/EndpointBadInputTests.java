package io.threadsafemetrics.spring.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.threadsafemetrics.spring.endpoint.EndpointServer.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/** What HTTP answers to requests that are wrong. */
class EndpointBadInputTests extends EndpointContractTests {

    private static final List<String> PARAMETERS = List.of("name", "window", "percentile", "tag", "atMost", "groupBy",
            "limit", "order", "step", "buckets", "operation", "metric", "view", "securityContext", "unknown");

    private static final List<String> VALUES = List.of("", "0", "-1", "1", "20", "101", "1e9", "1e999", "NaN",
            "Infinity", "null", "true", "60s", "1ns", "300", "PT1M", "P1Y", "-PT1S", "9223372036854775807d",
            "99999999999999999999s", "newest", "a:b", ":", "a:", "region:eu", "region", "checkout.latency", "~",
            "values", "../..", "<script>", "\u0000", "\u202E", "'", "\"", "\\", "${7*7}", "%2F", "é🚀", "\uD800", "a,b",
            ";", "x".repeat(300), "0x1p3", "50d", "１２", "1e-400", "[]", "{}");

    EndpointBadInputTests(WebApplicationType type) {
        super(type);
    }

    private static void assertProblem(Answer answer, int status, String parameter, String value) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(new ArrayList<>(answer.json().propertyNames())).containsExactlyInAnyOrder("status", "parameter",
                "message");
        assertThat(answer.at("/status").asInt()).isEqualTo(status);
        assertThat(answer.at("/parameter").asString()).isEqualTo(parameter);
        assertThat(answer.at("/message").asString()).startsWith("'" + parameter + "' must ")
            .endsWith("but was " + value);
    }

    @ParameterizedTest
    @ValueSource(strings = { "300", "-300", "0", "0s", "-1s", "-PT1S", "", "abc", "1x", "1 s", "NaN", "P1Y", "1.5s",
            "99999999999999999999s", "PT9999999999999999999S", "9223372036854775807d" })
    void windowWhenWrongIsRefused(String window) {
        String query = "?window=" + EndpointServer.encode(window);
        for (String path : List.of("", "/checkout.latency", "/checkout.latency/values", "/checkout.latency/timeline")) {
            assertProblem(this.server.get(path + query), 400, "window", "'" + window + "'");
        }
        assertThat(this.server.get(query).at("/message").asString())
            .contains("a duration longer than zero with a unit");
        assertProblem(this.server.get("/checkout.latency" + query + "&groupBy=region"), 400, "window",
                "'" + window + "'");
    }

    @ParameterizedTest
    @CsvSource({ "/checkout.latency?percentile=, -1", "/checkout.latency?percentile=, 101",
            "/checkout.latency?percentile=, 100.0000001", "/checkout.latency?percentile=, NaN",
            "/checkout.latency?percentile=, abc", "/checkout.latency?percentile=, ''",
            "/checkout.latency?percentile=, 1e1", "/checkout.latency?percentile=, '50,99'",
            "/checkout.latency?percentile=, 50d", "/checkout.latency?atMost=, NaN", "/checkout.latency?atMost=, ''",
            "/checkout.latency?atMost=, Infinity", "/checkout.latency?atMost=, 1e999", "/checkout.latency?atMost=, abc",
            "/checkout.latency?atMost=, 0x1p3", "/checkout.latency?tag=, region", "/checkout.latency?tag=, :eu",
            "/checkout.latency?tag=, ' :eu'", "/checkout.latency?tag=, ''", "/checkout.latency?groupBy=, ''",
            "/checkout.latency?groupBy=region&limit=, 0", "/checkout.latency?groupBy=region&limit=, 1001",
            "/checkout.latency/values?limit=, 0", "/checkout.latency/values?limit=, 1001",
            "/checkout.latency/values?limit=, abc", "/checkout.latency/values?limit=, 1.0",
            "/checkout.latency/values?limit=, 99999999999", "/checkout.latency/values?order=, foo",
            "/checkout.latency/values?order=, NEWEST", "/checkout.latency/values?order=, ''",
            "/checkout.latency/timeline?step=, 0s", "/checkout.latency/timeline?step=, -1s",
            "/checkout.latency/timeline?step=, 5", "/checkout.latency/timeline?step=, abc",
            "/checkout.latency/timeline?window=60s&step=, 59ms", "/checkout.latency/timeline?step=, 1ns",
            "/checkout.latency/timeline?buckets=, yes", "/checkout.latency/timeline?buckets=, ''" })
    void parameterWhenWrongIsRefused(String path, String value) {
        String parameter = path.substring(Math.max(path.lastIndexOf('?'), path.lastIndexOf('&')) + 1,
                path.length() - 1);
        assertProblem(this.server.get(path + EndpointServer.encode(value)), 400, parameter, "'" + value + "'");
    }

    @ParameterizedTest
    @CsvSource({ "?window=1m&window=2m, window", "/checkout.latency?atMost=1&atMost=1, atMost",
            "/checkout.latency?groupBy=a&groupBy=b, groupBy",
            "/checkout.latency/values?order=newest&order=newest, order",
            "/checkout.latency/values?limit=1&limit=2, limit", "/checkout.latency/timeline?step=5s&step=5s, step",
            "/checkout.latency/timeline?buckets=true&buckets=true, buckets",
            "/~?name=checkout.latency&name=checkout.latency, name" })
    void parameterWhenGivenTwiceIsRefused(String path, String parameter) {
        Answer answer = this.server.get(path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/parameter").asString()).isEqualTo(parameter);
        assertThat(answer.at("/message").asString()).contains("must be given once");
    }

    private static String repeated(String pair, int times) {
        return IntStream.range(0, times).mapToObj((i) -> pair + i).collect(Collectors.joining("&"));
    }

    @Test
    void parameterWhenGivenTooOftenIsRefused() {
        assertThat(this.server.get("/checkout.latency?" + repeated("percentile=", 20)).status()).isEqualTo(200);
        assertProblem(this.server.get("/checkout.latency?" + repeated("percentile=", 21)), 400, "percentile",
                "'21 times'");
        assertThat(this.server.get("/checkout.latency?" + repeated("tag=k:", 32)).status()).isEqualTo(200);
        assertProblem(this.server.get("/checkout.latency?" + repeated("tag=k:", 33)), 400, "tag", "'33 times'");
    }

    @Test
    void tagWhenTooLongIsRefusedRatherThanTakenForTheOverflowSeries() {
        String tag = "k:" + "x".repeat(257);
        assertProblem(this.server.get("/checkout.latency?tag=" + tag), 400, "tag",
                "'" + tag.substring(0, 64) + "…' (259 characters)");
    }

    @Test
    void valueWhenItIsShownIsCutBetweenCharacters() {
        assertProblem(this.server.get("/" + "x".repeat(63) + EndpointServer.encode("🚀")), 404, "metric",
                "'" + "x".repeat(63) + "…' (65 characters)");
    }

    @Test
    void operationWhenItHasAnUnpairedSurrogateIsShownReadably() {
        assertProblem(this.server.post("", "{\"operation\":\"\\ud800\"}"), 400, "operation", "'\ufffd'");
    }

    @Test
    void metricWhenUnknownIsNotFound() {
        assertProblem(this.server.get("/unknown"), 404, "metric", "'unknown'");
        assertProblem(this.server.get("/unknown/values"), 404, "metric", "'unknown'");
        assertProblem(this.server.get("?name=checkout.latency&name=unknown"), 404, "name", "'unknown'");
        assertProblem(this.server.get("/~?name=unknown"), 404, "name", "'unknown'");
        assertProblem(this.server.get("/~?name="), 404, "name", "''");
        assertProblem(this.server.get("/%20"), 404, "metric", "' '");
        assertProblem(this.server.get("/checkout.latency/unknown"), 404, "view", "'unknown'");
        assertProblem(this.server.reset("/unknown"), 404, "metric", "'unknown'");
        assertProblem(this.server.delete("/unknown"), 404, "metric", "'unknown'");
        assertProblem(this.server.get("/~"), 400, "name", "not given");
    }

    @Test
    void metricWhenNameIsLongIsNotFound() {
        String name = "x".repeat(3000);
        String shown = "'" + "x".repeat(64) + "…' (3000 characters)";
        assertProblem(this.server.get("/" + name), 404, "metric", shown);
        assertProblem(this.server.get("?name=" + name), 404, "name", shown);
        assertThat(this.server.rawGet("?name=" + "x".repeat(10_000))).isBetween(400, 431);
    }

    @Test
    void operationWhenUnknownIsRefused() {
        assertProblem(this.server.post("", "{\"operation\":\"drop\"}"), 400, "operation", "'drop'");
        assertProblem(this.server.post("/checkout.latency", "{\"operation\":\"RESET\"}"), 400, "operation", "'RESET'");
        assertProblem(this.server.post("", "{\"operation\":null}"), 400, "operation", "not given");
        assertProblem(this.server.post("/checkout.latency", "{}"), 400, "operation", "not given");
        assertProblem(this.server.post("", ""), 400, "operation", "not given");
        for (String body : List.of("[]", "{", "reset", "{\"operation\":[\"reset\"]}", "{\"operation\":{}}")) {
            assertThat(this.server.post("", body).status()).as(body).isEqualTo(400);
        }
        assertThat(this.latency.getStatistics().count()).isEqualTo(100);
    }

    /** Spring fails on one that has no boundary. */
    @Test
    void requestWhenItSaysToBeMultipartNeverFails() {
        assertThat(this.server.exchange("GET", "/checkout.latency", "", "Content-Type", "multipart/form-data")
            .statusCode()).isIn(200, 415);
    }

    @Test
    void anyRequestNeverFails() {
        Random random = new Random(20_261_122);
        List<String> paths = List.of("", "/checkout.latency", "/checkout.latency/values", "/checkout.latency/timeline",
                "/~", "/~/values", "/~/timeline");
        for (int i = 0; i < 400; i++) {
            StringBuilder request = new StringBuilder(paths.get(random.nextInt(paths.size())));
            for (int p = random.nextInt(6); p > 0; p--) {
                request.append(request.indexOf("?") < 0 ? '?' : '&')
                    .append(PARAMETERS.get(random.nextInt(PARAMETERS.size())));
                if (random.nextInt(20) > 0) {
                    request.append('=').append(EndpointServer.encode(VALUES.get(random.nextInt(VALUES.size()))));
                }
            }
            Answer answer = (i % 8 == 0) ? this.server.reset(request.toString()) : this.server.get(request.toString());
            assertThat(answer.status()).as(request.toString()).isIn(200, 204, 400, 404, 405);
            assertThat(answer.body()).as(request.toString()).doesNotContain("\tat ", "Exception");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "/%zz", "/%", "/..", "/../..", "//", "/checkout.latency/", "/a%2Fb", "/a%5Cb", "/a;b=c",
            "/a|b", "/%00", "/%FF", "?window=%zz", "?tag=%FF", "?tag", "?window", "?tag&tag=a:b", "?&&=", "?=1",
            "/checkout.latency?metric", "/checkout.latency?metric=a&metric=b", "/checkout.latency/values/more" })
    void anyRequestLineNeverFails(String pathAndQuery) {
        assertThat(this.server.rawGet(pathAndQuery)).isBetween(200, 499);
    }

}
