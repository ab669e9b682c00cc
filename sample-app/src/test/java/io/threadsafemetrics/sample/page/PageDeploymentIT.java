package io.threadsafemetrics.sample.page;

import java.util.List;
import java.util.stream.Stream;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.sample.SampleApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** The page under other addresses, on another server, and where it gets no answer. */
@ExtendWith(BrowserExtension.class)
class PageDeploymentIT {

    private final Browser browser;

    PageDeploymentIT(Browser browser) {
        this.browser = browser;
    }

    @ParameterizedTest
    @EnumSource(names = { "SERVLET", "REACTIVE" })
    void pageWorksUnderThePrefixesOfTheApplicationAndOfAProxy(WebApplicationType type) {
        try (ConfigurableApplicationContext context = start(type); Proxy proxy = new Proxy(server(context))) {
            for (String server : List.of(server(context), proxy.address())) {
                assertShowsBothViews(server + "/shop/manage/figures");
            }
        }
    }

    private void assertShowsBothViews(String root) {
        this.browser.open(root, "");
        this.browser.until("a trend", () -> !this.browser.all("path.spark-line[d^=M]").isEmpty());
        this.browser.run("Array.from(document.querySelectorAll('tbody th a')).find((link) => "
                + "link.textContent === 'shop.latency').click()");
        this.browser.until("the metric", () -> this.browser.figure("#count").equals("10"));
        assertThat(this.browser.text("#max")).isEqualTo("10 ms");
        assertThat(this.browser.texts(".values tbody tr")).hasSize(10).allMatch((row) -> row.contains("not shown"));
        assertThat(this.browser.all(".danger").stream().filter((button) -> button.isDisplayed())).isEmpty();
        this.browser.verifyClean();
    }

    @Test
    void pageWhenItGetsNoAnswerSaysWhy() {
        try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET)) {
            Proxy proxy = new Proxy(server(context));
            String root = proxy.address() + "/shop/manage/figures";
            proxy.refusal = 401;
            this.browser.openInTrouble(root, "Sign in to see the metrics.");
            proxy.refusal = 403;
            this.browser.openInTrouble(root, "You are not allowed to see the metrics.");
            proxy.refusal = 0;
            this.browser.openInTrouble(root + "#metric=gone", "There is no such metric.");
            this.browser.open(root, "");
            proxy.close();
            this.browser.untilText("#trouble", "The service does not answer.");
            assertThat(this.browser.text("#trouble")).contains("The figures below are of");
            assertThat(this.browser.texts("tbody th")).contains("shop.latency");
            assertThat(this.browser.console()).isNotEmpty()
                .allMatch((line) -> line.contains("Failed to load resource"));
            this.browser.leave();
        }
    }

    private static String server(ConfigurableApplicationContext context) {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    private static ConfigurableApplicationContext start(WebApplicationType type) {
        Class<?> application = (type == WebApplicationType.SERVLET) ? SampleApplication.class
                : ReactiveApplication.class;
        ConfigurableApplicationContext context = new SpringApplicationBuilder(application).web(type)
            // without what Micrometer brings in, which may fill a page of the table
            .run(Stream
                .of("server.port=0", "sample.traffic.enabled=false", "sample.replay.enabled=false",
                        "server.servlet.context-path=/shop", "spring.webflux.base-path=/shop",
                        "management.endpoints.web.base-path=/manage",
                        "management.endpoints.web.path-mapping.threadsafemetrics=figures",
                        "management.endpoint.threadsafemetrics.show-metadata=never",
                        "threadsafe-metrics.micrometer.collect.enabled=false")
                .map((property) -> "--" + property)
                .toArray(String[]::new));
        ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
        for (int i = 1; i <= 10; i++) {
            collector.metric(MetricDefinition.timer("shop.latency").build())
                .addValue(i / 1000.0, Tags.of("region", "eu"));
        }
        return context;
    }

    /** The sample itself needs a servlet container. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class ReactiveApplication {

    }

}
