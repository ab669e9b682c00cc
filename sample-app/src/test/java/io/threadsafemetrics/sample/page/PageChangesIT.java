package io.threadsafemetrics.sample.page;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.sample.OwnAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** Reset and unregister from the page, which asks before. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = { "sample.traffic.enabled=false", "sample.replay.enabled=false",
                "management.endpoint.threadsafemetrics.access=unrestricted" })
@ExtendWith(BrowserExtension.class)
class PageChangesIT {

    private static final String NAME = "to/be changed";

    private static final String STATE = "#metric=to%2Fbe+changed";

    private final Browser browser;

    private final String root;

    @Autowired
    private ThreadSafeMetricsCollector collector;

    private ThreadSafeMetric metric;

    PageChangesIT(Browser browser, @Autowired OwnAddress address) {
        this.browser = browser;
        this.root = address.management() + "/threadsafemetrics";
    }

    @BeforeEach
    void record() {
        this.metric = this.collector.metric(MetricDefinition.timer(NAME).build());
        this.metric.addValue(1);
    }

    @Test
    void resetWhenConfirmedForgetsTheValues() {
        this.browser.open(this.root, STATE);
        this.browser.click(".heading .danger:first-child");
        assertThat(this.browser.text("dialog h2")).isEqualTo("Reset " + NAME);
        assertThat(this.browser.seriousIssues()).isEmpty();
        this.browser.click("dialog .danger");
        this.browser.until("no value", () -> this.browser.figure("#count").equals("0"));
        assertThat(this.metric.getStatistics().count()).isZero();
        assertThat(this.browser.all("dialog")).isEmpty();
    }

    @Test
    void resetWhenCancelledForgetsNothing() {
        this.browser.open(this.root, STATE);
        this.browser.click(".heading .danger:first-child");
        this.browser.click("dialog button:not(.danger)");
        assertThat(this.browser.all("dialog")).isEmpty();
        assertThat(this.metric.getStatistics().count()).isPositive();
    }

    @Test
    void unregisterWhenConfirmedLeavesForTheOverview() {
        this.browser.open(this.root, STATE);
        this.browser.click(".heading .danger:last-child");
        this.browser.click("dialog .danger");
        this.browser.until("the overview", () -> !this.browser.all("table.metrics").isEmpty());
        assertThat(this.collector.findMetric(NAME)).isEmpty();
    }

    @Test
    void resetAllWhenConfirmedForgetsAllValues() {
        this.browser.open(this.root, "");
        this.browser.click(".toolbar .danger");
        this.browser.click("dialog .danger");
        this.browser.until("done", () -> this.browser.all("dialog").isEmpty());
        assertThat(this.metric.getStatistics().count()).isZero();
    }

}
