package io.threadsafemetrics.sample.page;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.sample.OwnAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The page of the sample, in a browser. Nothing is recorded but what a test does. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = { "sample.traffic.enabled=false", "sample.replay.enabled=false",
                "threadsafe-metrics.micrometer.collect.enabled=false",
                "management.endpoint.threadsafemetrics.access=unrestricted" })
@ExtendWith(BrowserExtension.class)
class PageIT {

    private static final List<String> PERCENTILES = List.of("50", "95", "99");

    private static final String WIDE = "&window=5m&every=5s";

    @Autowired
    private ThreadSafeMetricsCollector collector;

    private final Browser browser;

    private final RestClient client;

    private final String root;

    private ThreadSafeMetric latency;

    PageIT(Browser browser, @Autowired OwnAddress address) {
        this.browser = browser;
        this.root = address.management() + "/threadsafemetrics";
        this.client = RestClient.create(this.root);
    }

    @BeforeEach
    void record() {
        this.collector.getAllMetrics().keySet().forEach(this.collector::unregisterMetric);
        this.latency = this.collector
            .metric(MetricDefinition.timer("checkout.latency").description("Time to check out").build());
        for (int i = 1; i <= 200; i++) {
            this.latency.addValue(i / 1000.0, Tags.of("region", (i % 4 == 0) ? "us" : "eu"),
                    Map.of("order", "order-" + i));
        }
        ThreadSafeMetric size = this.collector.metric(MetricDefinition.histogram("upload.size").unit("bytes").build());
        Stream.of(1024, 2048, 1_500_000).forEach(size::addValue);
        this.collector.metric(MetricDefinition.gauge("never.recorded").build());
    }

    @Test
    void overviewShowsTheFiguresOfTheJson() {
        this.browser.open(this.root, "#" + WIDE);
        this.browser.until("windows", () -> this.browser.texts("td.p99").contains("199 ms"));
        JsonNode json = json("?window=5m");
        assertThat(this.browser.figure("#values")).isEqualTo(json.at("/system/totalValuesCollected").asString());
        assertThat(this.browser.figure("#rejectedValues")).isEqualTo(json.at("/system/rejectedValues").asString());
        assertThat(this.browser.figure("#metrics")).isEqualTo("3");
        assertThat(this.browser.texts("tbody th")).containsExactly("checkout.latency", "never.recorded", "upload.size");
        assertRow(1, json.at("/metrics/checkout.latency"));
        assertRow(2, json.at("/metrics/never.recorded"));
        assertRow(3, json.at("/metrics/upload.size"));
        assertThat(this.browser.texts("td.max")).containsExactly("200 ms", "–", "1.43 MiB");
    }

    private void assertRow(int row, JsonNode metric) {
        String cells = "tbody tr:nth-child(" + row + ") td.";
        PERCENTILES.forEach((p) -> assertFigure(cells + "p" + p, metric.at("/window/percentiles/" + p)));
        assertFigure(cells + "max", metric.at("/window/max"));
        assertFigure(cells + "rate", metric.at("/window/rate"));
        assertFigure(cells + "last", metric.at("/currentValue"));
        assertFigure(cells + "memory", metric.at("/memoryUsageBytes"));
    }

    private void assertFigure(String parent, JsonNode expected) {
        assertNumber(this.browser.figure(parent + " data"), expected);
    }

    private static void assertNumber(String actual, JsonNode expected) {
        if (expected.isMissingNode()) {
            assertThat(actual).isEmpty();
        }
        else {
            assertThat(Double.parseDouble(actual)).isEqualTo(expected.asDouble(), within(1e-9));
        }
    }

    @Test
    void metricShowsTheFiguresOfTheJson() {
        this.browser.open(this.root, "#metric=checkout.latency&by=region" + WIDE);
        JsonNode window = json("/checkout.latency?window=5m").at("/window");
        Stream.of("count", "rate", "average", "min", "max")
            .forEach((figure) -> assertNumber(this.browser.figure("#" + figure), window.at("/" + figure)));
        PERCENTILES.forEach((p) -> assertNumber(this.browser.figure("#p" + p), window.at("/percentiles/" + p)));
        assertThat(this.browser.text("#trust")).contains("percentiles are exact");
        assertThat(this.browser.text("h1 + .badge")).isEqualTo("timer");
        assertThat(this.browser.text(".description")).isEqualTo("Time to check out");
        assertThat(this.browser.all(".plot canvas")).hasSize(2);
    }

    @Test
    void metricShowsGroupsAndValuesOfTheJson() {
        this.browser.open(this.root, "#metric=checkout.latency&by=region" + WIDE);
        JsonNode groups = json("/checkout.latency?groupBy=region&window=5m").at("/groups");
        assertThat(this.browser.texts(".groups tbody th")).containsExactly(groups.at("/0/value").asString(),
                groups.at("/1/value").asString());
        for (int i = 0; i < 2; i++) {
            String row = ".groups tbody tr:nth-child(" + (i + 1) + ") td:nth-of-type(";
            assertFigure(row + "2)", groups.at("/" + i + "/window/count"));
            assertFigure(row + "6)", groups.at("/" + i + "/window/percentiles/99"));
        }
        JsonNode values = json("/checkout.latency/values?order=largest&limit=20&window=5m").at("/values");
        assertThat(this.browser.all(".values tbody tr")).hasSize(20);
        assertThat(this.browser.texts(".values tbody tr:first-child td:last-child")).containsExactly("orderorder-200");
        assertFigure(".values tbody tr:nth-child(3) td:first-child", values.at("/2/value"));
    }

    @Test
    void metricWhenGroupIsClickedIsFilteredByIt() {
        this.browser.open(this.root, "#metric=checkout.latency&by=region" + WIDE);
        this.browser.click(".groups tbody tr:first-child button");
        this.browser.until("50 values", () -> this.browser.figure("#count").equals("50"));
        assertThat(this.browser.address()).contains("tag=region%3Aus");
        this.browser.click(".chip");
        this.browser.until("200 values", () -> this.browser.figure("#count").equals("200"));
    }

    @Test
    void metricWhenLeftLetsGoOfItsCharts() {
        this.browser.open(this.root, "#metric=checkout.latency" + WIDE);
        this.browser.click("nav a");
        this.browser.until("the overview", () -> this.browser.texts("tbody th").contains("upload.size"));
        this.browser.until("no chart", () -> this.browser.run("return uPlot.sync('charts').plots.length").equals(0L));
    }

    @Test
    void windowWhenPickedIsInTheAddress() {
        this.browser.open(this.root, "#metric=checkout.latency&every=5s");
        this.browser.click(".segments button:first-child");
        assertThat(this.browser.address()).contains("window=10s");
        this.browser.one("#window").sendKeys("soon", Keys.ENTER);
        assertThat(this.browser.one("#window").getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(this.browser.address()).contains("window=10s");
        this.browser.one("#window").clear();
        this.browser.one("#window").sendKeys("90s", Keys.ENTER);
        this.browser.until("90 s", () -> this.browser.text("#trust").contains("(1 min 30 s)"));
        assertThat(this.browser.address()).contains("window=90s");
    }

    @Test
    void windowsOfferedWhenRetentionIsNotWholeSecondsEndWithIt() {
        this.collector.metric(MetricDefinition.gauge("short.lived").retentionWindow(Duration.ofMillis(90_500)).build());
        this.browser.open(this.root, "#metric=short.lived");
        this.browser.click(".segments button:last-child");
        this.browser.untilText(".segments [aria-pressed=true]", "1 min 30.5 s");
        assertThat(this.browser.address()).contains("window=90500ms");
    }

    @Test
    void overviewWhenPausedStandsStill() {
        this.browser.open(this.root, "#every=1s");
        this.browser.click("#pause");
        this.browser.untilText("#status", "Paused");
        this.latency.addValue(9);
        int asked = this.browser.questions().size();
        this.browser.click("#pause");
        this.browser.until("the new value", () -> this.browser.texts("td.max").contains("9 s"));
        assertThat(this.browser.questions().size()).isGreaterThan(asked);
    }

    @Test
    void overviewIsUsedWithTheKeyboard() {
        this.browser.open(this.root, "#" + WIDE);
        this.browser.run("document.querySelector('th.memory button').focus()");
        this.browser.one("th.memory button").sendKeys(Keys.ENTER);
        this.browser.until("sorted",
                () -> "descending".equals(this.browser.one("th.memory").getDomAttribute("aria-sort")));
        assertThat(this.browser.texts("tbody th").get(0)).isEqualTo("checkout.latency");
        this.browser.one("tbody tr:first-child a").sendKeys(Keys.ENTER);
        this.browser.untilText("h1", "checkout.latency");
        assertThat(this.browser.run("return document.activeElement.id")).isEqualTo("main");
    }

    @ParameterizedTest
    @CsvSource({ "1280, light", "1280, dark", "390, light", "390, dark" })
    void everyViewIsAccessible(int width, String colorScheme) {
        this.browser.look(width, colorScheme);
        for (String state : List.of("#" + WIDE, "#metric=checkout.latency&by=region&tag=region:eu" + WIDE)) {
            this.browser.open(this.root, state);
            assertThat(this.browser.seriousIssues()).as(state).isEmpty();
            assertThat(this.browser.run("return document.documentElement.scrollWidth - innerWidth <= 0"))
                .as("fits " + width)
                .isEqualTo(true);
        }
    }

    @Test
    void trendOfALevelHoldsTheValueReadLast() {
        this.collector.metric(MetricDefinition.gauge("disk.free").build()).addValue(7);
        this.browser.open(this.root, "#q=disk.free&window=10s");
        this.browser.until("a line", () -> this.browser.run("""
                return document.querySelector('path.spark-line').getAttribute('d')
                """).toString().contains("L"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "#window=5m", "#metric=checkout.latency&by=region&window=5m" })
    void refreshWhenEveryFigureGrowsMovesNothing(String state) {
        this.collector.addAlertRule(AlertRule.builder("slow", "checkout.latency").above(0).build());
        this.latency.addValue(Double.NaN); // for the rule about refused values
        this.collector.evaluateAlerts();
        this.browser.open(this.root, state);
        this.browser.until("a trend", () -> !this.browser.all("path.spark-line[d], .values tbody tr").isEmpty());
        this.browser
            .run("""
                    window.moved = [];
                    new PerformanceObserver((list) => list.getEntries().forEach(({ sources }) => sources.forEach(({ node }) =>
                        window.moved.push(node?.outerHTML ?? node?.textContent)))).observe({ type: 'layout-shift' });
                    """);
        for (int i = 0; i < 2000; i++) {
            this.latency.addValue(1234.5, Tags.of("region", "us"), Map.of("order", "order-" + i));
            this.latency.addValue(Double.NaN);
        }
        this.collector.evaluateAlerts();
        this.browser.untilText("body", "20.6 min");
        int asked = this.browser.questions().size();
        this.browser.until("a refresh", () -> this.browser.questions().size() > asked + 4);
        assertThat(this.browser.run("return window.moved")).isEqualTo(List.of());
    }

    private JsonNode json(String pathAndQuery) {
        String body = this.client.get()
            .uri(this.root + pathAndQuery)
            .accept(MediaType.APPLICATION_JSON)
            .retrieve()
            .body(String.class);
        return new JsonMapper().readTree(body);
    }

}
