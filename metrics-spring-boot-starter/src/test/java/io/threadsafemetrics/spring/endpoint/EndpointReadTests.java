package io.threadsafemetrics.spring.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.AlertState;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricStatistics;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.WindowSnapshot;
import io.threadsafemetrics.spring.endpoint.EndpointServer.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** The read operations over HTTP. */
class EndpointReadTests extends EndpointContractTests {

    private static final Duration MINUTE = Duration.ofSeconds(60);

    EndpointReadTests(WebApplicationType type) {
        super(type);
    }

    private static List<String> names(JsonNode object) {
        return new ArrayList<>(object.propertyNames());
    }

    private static void assertWindow(JsonNode json, WindowSnapshot window) {
        assertThat(json.get("from").asString()).isEqualTo(window.from().toString());
        assertThat(json.get("to").asString()).isEqualTo(window.to().toString());
        assertThat(json.get("count").asLong()).isEqualTo(window.count());
        assertThat(json.get("sum").asDouble()).isEqualTo(window.sum());
        assertThat(json.get("rate").asDouble()).isEqualTo(window.rate());
        assertThat(json.get("min").asDouble()).isEqualTo(window.min().orElseThrow());
        assertThat(json.get("max").asDouble()).isEqualTo(window.max().orElseThrow());
        assertThat(json.get("average").asDouble()).isEqualTo(window.average().orElseThrow());
        assertThat(json.get("exact").asBoolean()).isEqualTo(window.exact());
        assertThat(json.get("relativeError").asDouble()).isEqualTo(window.relativeError());
        assertThat(json.get("truncated").asBoolean()).isEqualTo(window.truncated());
        json.get("percentiles")
            .properties()
            .forEach((percentile) -> assertThat(percentile.getValue().asDouble())
                .isEqualTo(window.percentile(Double.parseDouble(percentile.getKey())).orElseThrow()));
    }

    @Test
    void rootShowsSystemMetricsAndAlerts() {
        this.server.collector().registerMetric("never.recorded", MetricType.GAUGE);
        this.server.collector().addAlertRule(AlertRule.builder("slow", "checkout.latency").above(0.1).build());
        this.server.collector().evaluateAlerts();
        Answer answer = this.server.get("");
        this.server.collector().removeAlertRule("slow");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).contains("json");
        assertThat(names(answer.json())).containsExactlyInAnyOrder("system", "metrics", "alerts", "access");
        assertThat(answer.at("/system/totalMetrics").asInt()).isEqualTo(2);
        assertThat(answer.at("/system/lastCleanup").asString()).startsWith("2020-01-01T");
        assertThat(names(answer.at("/metrics"))).containsExactly("checkout.latency", "never.recorded");
        MetricStatistics statistics = this.latency.getStatistics();
        JsonNode json = answer.at("/metrics/checkout.latency");
        assertThat(json.get("type").asString()).isEqualTo("TIMER");
        assertThat(json.get("count").asLong()).isEqualTo(100);
        assertThat(json.get("totalValue").asDouble()).isEqualTo(statistics.totalValue());
        assertThat(json.get("lastUpdated").asString()).isEqualTo(statistics.lastUpdated().toString());
        assertThat(json.get("memoryUsageBytes").asLong()).isEqualTo(statistics.memoryUsageBytes());
        assertThat(names(answer.at("/metrics/never.recorded"))).containsExactlyInAnyOrder("name", "type", "count",
                "totalValue", "createdTime", "lastUpdated", "valuesStored", "memoryUsageBytes", "seriesCount",
                "retentionWindow");
        assertThat(names(answer.at("/alerts/0"))).containsExactlyInAnyOrder("rule", "metric", "state", "value",
                "threshold", "since");
        assertThat(answer.at("/alerts/0/state").asString()).isEqualTo("FIRING");
    }

    @Test
    void rootShowsWhatAlertsAreAboutAlsoOfMetricsThatDoNotExist() {
        this.server.collector()
            .addAlertRule(AlertRule.builder("silent", "not.there")
                .above(0.1)
                .onNoData(AlertState.FIRING)
                .holdFor(Duration.ofMinutes(1))
                .description("No orders")
                .labels(Map.of("severity", "page"))
                .build());
        this.server.collector().evaluateAlerts();
        Answer all = this.server.get("");
        Answer named = this.server.get("?name=checkout.latency");
        this.server.collector().removeAlertRule("silent");
        assertThat(names(all.at("/alerts/0"))).containsExactlyInAnyOrder("rule", "metric", "state", "threshold",
                "since", "description", "labels");
        assertThat(all.at("/alerts/0/state").asString()).isEqualTo("PENDING");
        assertThat(all.at("/alerts/0/description").asString()).isEqualTo("No orders");
        assertThat(all.at("/alerts/0/labels/severity").asString()).isEqualTo("page");
        assertThat(named.at("/alerts")).isEmpty();
    }

    @Test
    void answerWhenTextsHaveUnpairedSurrogatesIsReadable() {
        String text = "\ud800\ude00\ud800";
        ThreadSafeMetric metric = this.server.collector()
            .metric(MetricDefinition.gauge("a" + text).unit(text).description(text).build());
        metric.addValue(1, Tags.of("k" + text, text), Map.of("k" + text, text));
        this.server.collector()
            .addAlertRule(AlertRule.builder(text, "a" + text)
                .above(0.1)
                .description(text)
                .labels(Map.of("k" + text, text))
                .build());
        this.server.collector().evaluateAlerts();
        String path = "/" + EndpointServer.encode(metric.name());
        for (String request : List.of("", path, path + "/values", path + "/timeline",
                path + "?groupBy=" + EndpointServer.encode("k\ud800\ude00\ufffd"))) {
            Answer answer = this.server.get(request);
            assertThat(answer.status()).as(request).isEqualTo(200);
            assertThatCode(answer::json).as(answer.body()).doesNotThrowAnyException();
            assertThat(answer.json().toString()).as(request).doesNotContainPattern("\\p{Cs}");
        }
        this.server.collector().removeAlertRule(text);
        this.server.collector().unregisterMetric(metric.name());
    }

    @Test
    void rootWhenMetricsAreNamedShowsTheirWindows() {
        this.server.collector().registerMetric("a,b", MetricType.COUNTER);
        this.server.collector().registerMetric("other", MetricType.COUNTER);
        this.server.collector().collect("a,b", 2);
        Answer answer = this.server.get("?name=checkout.latency&name=a,b&name=a,b&window=60s&percentile=99&atMost=0.5");
        assertThat(names(answer.at("/metrics"))).containsExactly("checkout.latency", "a,b");
        assertWindow(answer.at("/metrics/checkout.latency/window"), this.latency.window(MINUTE));
        assertThat(names(answer.at("/metrics/checkout.latency/window/percentiles"))).containsExactly("99");
        assertThat(answer.at("/metrics/checkout.latency/window/fractionAtMost").asDouble())
            .isEqualTo(this.latency.window(MINUTE).fractionAtMost(0.5).orElseThrow());
        assertThat(answer.at("/metrics/a,b/window/sum").asDouble()).isEqualTo(2);
        assertThat(this.server.get("?name=a,b").at("/metrics/a,b/window/count").asInt()).isOne();
    }

    @Test
    void rootWhenOnlyAWindowIsAskedShowsAllWindows() {
        assertWindow(this.server.get("?window=60s").at("/metrics/checkout.latency/window"),
                this.latency.window(MINUTE));
    }

    @Test
    void metricShowsWindowStatisticsAndTags() {
        JsonNode json = this.server
            .get("/checkout.latency?window=60s&percentile=50&percentile=99.90&percentile=7.0&atMost=0.8")
            .json();
        assertThat(names(json)).containsExactlyInAnyOrder("name", "type", "unit", "description", "retentionWindow",
                "window", "statistics", "availableTags", "access");
        assertThat(json.get("retentionWindow").asString()).isEqualTo("PT5M");
        assertThat(json.get("unit").asString()).isEqualTo("seconds");
        assertThat(json.get("description").asString()).isEqualTo("Time to check out");
        assertWindow(json.get("window"), this.latency.window(MINUTE));
        assertThat(names(json.get("window").get("percentiles"))).containsExactly("50", "99.9", "7");
        assertThat(json.at("/window/fractionAtMost").asDouble())
            .isEqualTo(this.latency.window(MINUTE).fractionAtMost(0.8).orElseThrow());
        assertThat(json.at("/statistics/count").asInt()).isEqualTo(100);
        assertThat(json.at("/availableTags")).hasToString("{\"region\":[\"eu\",\"us\"]}");
    }

    @Test
    void metricWhenNothingIsAskedShowsTheRetention() {
        JsonNode window = this.server.get("/checkout.latency").at("/window");
        assertWindow(window, this.latency.window(Duration.ofMinutes(5)));
        assertThat(names(window.get("percentiles"))).containsExactly("50", "95", "99");
        assertThat(names(window)).doesNotContain("fractionAtMost", "buckets");
    }

    @ParameterizedTest
    @ValueSource(strings = { "1m", "60000ms", "PT1M", "PT60S", "60s" })
    void metricWhenDurationHasAUnitReadsIt(String window) {
        assertWindow(this.server.get("/checkout.latency?window=" + window).at("/window"), this.latency.window(MINUTE));
    }

    @ParameterizedTest
    @ValueSource(strings = { "1h", "106751d", "PT9000000000000S" })
    void metricWhenWindowIsAboveTheRetentionCutsIt(String window) {
        for (String path : List.of("/checkout.latency?groupBy=region&window=", "/checkout.latency/values?window=",
                "/checkout.latency/timeline?step=300d&window=")) {
            assertThat(this.server.get(path + window).status()).isEqualTo(200);
        }
        assertWindow(this.server.get("/checkout.latency?window=" + window).at("/window"),
                this.latency.window(Duration.ofMinutes(5)));
    }

    @Test
    void metricWhenThereIsNoValueLeavesFieldsOut() {
        Answer answer = this.server.get("/checkout.latency?tag=region:mars&atMost=1");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(names(answer.at("/window"))).containsExactlyInAnyOrder("from", "to", "count", "sum", "rate",
                "percentiles", "exact", "relativeError", "truncated");
        assertThat(answer.at("/window/count").asInt()).isZero();
        assertThat(answer.at("/window/percentiles")).isEmpty();
        assertThat(answer.body()).doesNotContain("NaN", "Infinity", "null");
    }

    @Test
    void metricWhenTaggedAnswersForSeriesWithAllTags() {
        this.latency.addValue(7, Tags.of("region", "a,b:c", "uri", "/x"));
        this.latency.addValue(8);
        assertThat(this.server.get("/checkout.latency?tag=region:a,b:c").at("/window/sum").asDouble()).isEqualTo(7);
        assertThat(this.server.get("/checkout.latency?tag=region:a,b:c&tag=uri:/x").at("/window/count").asInt())
            .isOne();
        assertThat(this.server.get("/checkout.latency?tag=region:eu&tag=uri:/x").at("/window/count").asInt()).isZero();
        assertThat(this.server.get("/checkout.latency?tag=region:eu&tag=region:us").at("/window/count").asInt())
            .isZero();
        assertThat(this.server.get("/checkout.latency?tag=region:").at("/window/sum").asDouble()).isEqualTo(8);
        assertWindow(this.server.get("/checkout.latency?tag=region:eu").at("/window"),
                this.latency.window(Duration.ofMinutes(5), Tags.of("region", "eu")));
    }

    @Test
    void metricWhenGroupedShowsTheWorstGroupsFirst() {
        this.latency.addValue(7);
        this.latency.series(Tags.of("region", "asia"));
        Answer answer = this.server.get("/checkout.latency?groupBy=region&window=60s&percentile=99&percentile=1");
        assertThat(names(answer.json())).containsExactlyInAnyOrder("name", "type", "unit", "groupBy", "groups");
        assertThat(answer.at("/groups").findValuesAsString("value")).containsExactly("", "us", "eu", "asia");
        assertWindow(answer.at("/groups/1/window"), this.latency.window(MINUTE, Tags.of("region", "us")));
        assertThat(answer.at("/groups/3/window/count").asInt()).isZero();
        assertThat(this.server.get("/checkout.latency?groupBy=region&limit=2").at("/groups")).hasSize(2);
        assertThat(this.server.get("/checkout.latency?groupBy=region&tag=region:eu").at("/groups")).hasSize(1);
    }

    @Test
    void valuesShowsTheNewest() {
        Answer answer = this.server.get("/checkout.latency/values");
        assertThat(names(answer.json())).containsExactlyInAnyOrder("name", "values");
        assertThat(answer.at("/values")).hasSize(20);
        assertThat(answer.at("/values/0"))
            .hasToString("{\"value\":1.0,\"timestamp\":\"%s\",\"tags\":{\"region\":\"us\"}}"
                .formatted(this.latency.getStatistics().lastUpdated()));
    }

    @Test
    void valuesWhenOrderedAndFilteredShowsThose() {
        this.latency.addValue(0.001, Tags.of("region", "mars"));
        Map.of("largest", 1.0, "smallest", 0.001, "newest", 0.001)
            .forEach((order, first) -> assertThat(
                    this.server.get("/checkout.latency/values?limit=3&order=" + order).at("/values/0/value").asDouble())
                .as(order)
                .isEqualTo(first));
        JsonNode values = this.server.get("/checkout.latency/values?order=smallest&limit=1000&window=10s&tag=region:eu")
            .at("/values");
        assertThat(values.findValues("value")).extracting(JsonNode::asDouble)
            .containsExactly(0.91, 0.93, 0.95, 0.97, 0.99);
    }

    @Test
    void timelineShowsConsecutiveWindows() {
        Answer answer = this.server
            .get("/checkout.latency/timeline?window=60s&step=5s&percentile=99&percentile=50&tag=region:eu");
        assertThat(names(answer.json())).containsExactlyInAnyOrder("name", "points");
        List<WindowSnapshot> points = this.latency.timeline(MINUTE, Duration.ofSeconds(5), Tags.of("region", "eu"));
        assertThat(answer.at("/points")).hasSize(points.size()).hasSize(12);
        for (int i = 0; i < points.size(); i++) {
            assertWindow(answer.at("/points/" + i), points.get(i));
            assertThat(names(answer.at("/points/" + i + "/percentiles"))).containsExactly("99", "50");
        }
    }

    @Test
    void timelineWhenNoStepIsGivenHasSixtyPoints() {
        assertThat(this.server.get("/checkout.latency/timeline").at("/points")).hasSize(60);
        assertThat(this.server.get("/checkout.latency/timeline?window=90s").at("/points")).hasSize(60);
        assertThat(this.server.get("/checkout.latency/timeline?window=1ns").at("/points")).hasSize(1);
        assertThat(this.server.get("/checkout.latency/timeline?step=300ms").at("/points")).hasSize(1000);
    }

    @Test
    void timelineWhenBucketsAreAskedAddsThem() {
        JsonNode point = this.server.get("/checkout.latency/timeline?window=60s&step=60s&buckets=true").at("/points/0");
        assertThat(names(point.at("/buckets/0"))).containsExactlyInAnyOrder("lower", "upper", "count");
        assertThat(point.get("buckets").findValues("count").stream().mapToLong(JsonNode::asLong).sum())
            .isEqualTo(point.get("count").asLong());
        assertThat(this.server.get("/checkout.latency/timeline?buckets=false").at("/points/0").has("buckets"))
            .isFalse();
    }

    @Test
    void metricWhenNumbersAreHugeStaysFinite() {
        this.server.collector().registerMetric("huge", MetricType.GAUGE);
        for (double value : new double[] { Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE }) {
            this.server.collector().collect("huge", value);
        }
        for (String path : List.of("/huge?atMost=1e308", "/huge/timeline?buckets=true", "?name=huge")) {
            assertThat(this.server.get(path).body()).doesNotContain("NaN", "Infinity", "null");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "a/b", "a;b", "100%", "%2F", "a//b", "..", "~", "a?b&c=d#e", "<script>alert(1)</script>",
            "\"quoted\"'\\", "größe 🚀", "\u202Ertl", "__proto__", "a,b", " padded ", "\u0000\u0007" })
    void metricWhenAskedByParameterTakesAnyName(String name) {
        this.server.collector().registerMetric(name, MetricType.SUMMARY);
        this.server.collector().collect(name, 3, Map.of(name, name));
        String asked = "~?name=" + EndpointServer.encode(name);
        Answer answer = this.server.get("/" + asked);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/name").asString()).isEqualTo(name);
        assertThat(answer.at("/window/sum").asDouble()).isEqualTo(3);
        assertThat(answer.at("/availableTags").get(name).get(0).asString()).isEqualTo(name);
        String rest = asked.substring(1);
        assertThat(this.server.get("/~/values" + rest).at("/values/0/tags").get(name).asString()).isEqualTo(name);
        assertThat(this.server.get("/~/timeline" + rest).at("/points")).isNotEmpty();
        assertThat(this.server.get(rest).at("/metrics").get(name).get("count").asInt()).isOne();
        String tag = "&tag=" + EndpointServer.encode(name + ":" + name);
        assertThat(this.server.get("/~" + rest + tag).at("/window/count").asInt()).isOne();
    }

    @Test
    void metricWhenNameIsEncodedInThePathFindsIt() {
        this.server.collector().registerMetric("größe 🚀 \"x\"", MetricType.SUMMARY);
        assertThat(this.server.get("/" + EndpointServer.encode("größe 🚀 \"x\"")).status()).isEqualTo(200);
    }

    @Test
    void metricWhenParameterIsUnknownIgnoresIt() {
        assertThat(this.server.get("/checkout.latency?foo=bar&_=1").status()).isEqualTo(200);
    }

}
