package io.threadsafemetrics.spring.soak;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks what the page asks: {@code overview.js} and {@code metric.js} say what and when.
 */
final class PagePoller {

    private static final int PAGE_SIZE = 50;

    private static final List<String> WINDOW = List.of("window", "1m", "percentile", "50", "percentile", "95",
            "percentile", "99");

    private static final List<String> TREND = List.of("step", "2000ms");

    private final SoakClient client;

    PagePoller(SoakClient client) {
        this.client = client;
    }

    void page() throws Exception {
        HttpResponse<byte[]> page = this.client.get("/actuator/threadsafemetrics", "text/html");
        SoakClient.expect(page, page.statusCode() == 200);
    }

    /** All metrics, then those that are shown. */
    void overview() throws Exception {
        JsonNode all = SoakClient.json(this.client.ask(""));
        checkSystem(all.path("system"));
        List<String> shown = new ArrayList<>(all.path("metrics").propertyNames());
        Collections.shuffle(shown);
        List<String> question = new ArrayList<>();
        shown.stream().limit(PAGE_SIZE).forEach((name) -> question.addAll(List.of("name", name)));
        question.addAll(WINDOW);
        question.addAll(TREND);
        JsonNode some = SoakClient.json(this.client.ask("", question.toArray(String[]::new)));
        some.path("metrics").forEach((metric) -> checkWindow(metric.path("window")));
        SoakClient.json(this.client.ask("", WINDOW.toArray(String[]::new))); // sorted
    }

    /** One metric, by its four questions at once. */
    void metric(String name, String groupBy) throws Exception {
        CompletableFuture<HttpResponse<byte[]>> whole = this.client.ask("/~", "name", name, "window", "1m");
        CompletableFuture<HttpResponse<byte[]>> timeline = this.client.ask("/~/timeline", "name", name, "window", "1m",
                "step", "667ms");
        CompletableFuture<HttpResponse<byte[]>> values = this.client.ask("/~/values", "name", name, "window", "1m",
                "order", "largest", "limit", "20");
        CompletableFuture<HttpResponse<byte[]>> groups = this.client.ask("/~", "name", name, "window", "1m", "groupBy",
                groupBy);
        checkWindow(SoakClient.json(whole).path("window"));
        SoakClient.json(timeline).path("points").forEach(PagePoller::checkWindow);
        assertThat(SoakClient.json(values).path("values").size()).isLessThanOrEqualTo(20);
        SoakClient.json(groups).path("groups").forEach((group) -> checkWindow(group.path("window")));
    }

    private static void checkSystem(JsonNode system) {
        assertThat(system.path("estimatedMemoryBytes").asLong()).as("bytes")
            .isBetween(1L, system.path("maxMemoryBytes").asLong());
    }

    private static void checkWindow(JsonNode window) {
        if (window.path("count").asLong() > 0) {
            assertThat(window.path("percentiles").path("99").asDouble()).as("p99 in " + window)
                .isBetween(window.path("min").asDouble(), window.path("max").asDouble());
        }
    }

}
