package io.threadsafemetrics.sample.page;

import java.util.List;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.sample.OwnAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** The overview with no metric, and with a thousand. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = { "sample.traffic.enabled=false", "sample.replay.enabled=false",
                "threadsafe-metrics.micrometer.collect.enabled=false", "threadsafe-metrics.max-metrics=2000",
                "management.endpoint.threadsafemetrics.access=unrestricted" })
@ExtendWith(BrowserExtension.class)
class PageManyMetricsIT {

    private static final int METRICS = 1000;

    private static final int PAGE = 50;

    private final Browser browser;

    private final String root;

    @Autowired
    private ThreadSafeMetricsCollector collector;

    PageManyMetricsIT(Browser browser, @Autowired OwnAddress address) {
        this.browser = browser;
        this.root = address.management() + "/threadsafemetrics";
    }

    @BeforeEach
    void removeAll() {
        this.collector.getAllMetrics().keySet().forEach(this.collector::unregisterMetric);
    }

    private void addAll() {
        for (int i = 0; i < METRICS; i++) {
            this.collector.metric(MetricDefinition.gauge("level." + i).build()).addValue(i);
        }
    }

    @Test
    void overviewWhenThereIsNoMetricSaysSo() {
        this.browser.open(this.root, "");
        assertThat(this.browser.one(".empty").getText()).startsWith("No metric yet.");
        assertThat(this.browser.one("table").isDisplayed()).isFalse();
        this.collector.metric(MetricDefinition.gauge("first").build()).addValue(1);
        this.browser.until("the first metric", () -> this.browser.texts("tbody th").contains("first"));
    }

    @Test
    void overviewAsksOnceARefreshAndForWindowsOfTheRowsShown() {
        addAll();
        this.browser.open(this.root, "#page=2");
        this.browser.until("trends", () -> this.browser.all("path.spark-line[d^=M]").size() == PAGE);
        assertThat(this.browser.texts("tbody th")).hasSize(PAGE).startsWith("level.50").endsWith("level.99");
        List<String> questions = this.browser.questions();
        assertThat(questions).isNotEmpty().allSatisfy((question) -> {
            assertThat(question).contains("name=level.50&", "name=level.99&").doesNotContain("name=level.100&");
            assertThat(question.split("name=")).hasSize(PAGE + 1);
        });
        assertThat(this.browser.requests().stream().filter((url) -> url.startsWith(this.root)).toList())
            .hasSizeLessThanOrEqualTo(questions.size() + 3);
    }

    @Test
    void overviewWhenSortedByAWindowsFigureKnowsAll() {
        addAll();
        this.browser.open(this.root, "#sort=-p99");
        this.browser.until("the worst first", () -> this.browser.texts("tbody th").indexOf("level.999") == 0);
        assertThat(this.browser.texts("tbody th")).startsWith("level.999", "level.998", "level.997");
    }

    @Test
    void overviewWhenFilteredShowsWhatMatches() {
        addAll();
        this.browser.open(this.root, "");
        this.browser.one("#filter").sendKeys("LEVEL.77");
        this.browser.until("the matches", () -> this.browser.texts("tbody th").size() == 11);
        assertThat(this.browser.address()).contains("q=LEVEL.77");
        this.browser.until("their windows", () -> this.browser.texts("td.p99").contains("779"));
        this.browser.one("#filter").sendKeys("nothing");
        this.browser.until("no match", () -> this.browser.one(".empty").getText().startsWith("No metric matches"));
    }

}
