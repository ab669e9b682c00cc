package io.threadsafemetrics.sample.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.sample.OwnAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes from names, tags and metadata is text, whatever it looks like. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = { "sample.traffic.enabled=false", "sample.replay.enabled=false",
                "management.endpoint.threadsafemetrics.access=unrestricted" })
@ExtendWith(BrowserExtension.class)
class PageHostileNamesIT {

    private static final String IMAGE = "<img src=x onerror=alert(1)>";

    private static final String RIGHT_TO_LEFT = "مقياس \u202Eالطلبات";

    static final List<String> names = List.of(IMAGE, "__proto__", "constructor", RIGHT_TO_LEFT, "a/b;c%25?d#e&f=g+h",
            "~", "..", "x".repeat(255), "</script><script>alert(1)</script>", "{{script}}");

    private final Browser browser;

    private final String root;

    @Autowired
    private ThreadSafeMetricsCollector collector;

    PageHostileNamesIT(Browser browser, @Autowired OwnAddress address) {
        this.browser = browser;
        this.root = address.management() + "/threadsafemetrics";
    }

    @ParameterizedTest
    @FieldSource("names")
    void nameIsTextInEachView(String name) {
        this.collector.metric(MetricDefinition.timer(name).description(IMAGE).build()).addValue(0.5);
        this.browser.open(this.root, "#q=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
        this.browser.until("the name", () -> this.browser.texts("tbody th").contains(name));
        this.browser.run("Array.from(document.querySelectorAll('tbody th a')).find((link) => "
                + "link.textContent === arguments[0]).click()", name);
        this.browser.until("its view", () -> this.browser.texts("h1").contains(name));
        this.browser.until("its figures", () -> this.browser.texts("#count").contains("1"));
        assertThat(this.browser.text(".description")).isEqualTo(IMAGE);
        assertNothingWasMadeOfIt();
        this.collector.unregisterMetric(name);
    }

    @Test
    void tagsAndMetadataAreText() {
        ThreadSafeMetric metric = this.collector.metric(MetricDefinition.timer("hostile").build());
        String huge = "y".repeat(10_000);
        metric.addValue(0.1, Tags.of("<b>key</b>", IMAGE), Map.of("__proto__", huge, "<i>", IMAGE));
        metric.addValue(0.2, Tags.of("__proto__", RIGHT_TO_LEFT), Map.of("toString", RIGHT_TO_LEFT));
        metric.addValue(0.3, Tags.of("huge", huge));
        this.browser.open(this.root, "#metric=hostile&by=__proto__");
        assertThat(this.browser.texts(".groups tbody th")).containsExactlyInAnyOrder(RIGHT_TO_LEFT, "without the tag");
        assertThat(this.browser.texts(".values .pairs dd")).contains(IMAGE, RIGHT_TO_LEFT, "true")
            .anySatisfy((text) -> assertThat(text).contains("… 1024 characters", "y".repeat(1024)));
        assertThat(this.browser.texts(".values .pairs dt")).contains("<b>key</b>", "__proto__", "overflow", "<i>",
                "toString");
        this.browser.choose("#tag", "<b>key</b>:" + IMAGE);
        this.browser.until("one value", () -> this.browser.figure("#count").equals("1"));
        assertThat(this.browser.text(".chip")).contains("<b>key</b>:" + IMAGE);
        assertNothingWasMadeOfIt();
    }

    private void assertNothingWasMadeOfIt() {
        assertThat(this.browser.all("img, iframe, b, i, body script ~ script ~ script")).isEmpty();
        assertThat(this.browser.run("return document.documentElement.scrollWidth - innerWidth <= 0")).isEqualTo(true);
    }

}
