package io.threadsafemetrics.spring.endpoint;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.ReflectionException;

import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.WindowSnapshot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

/** The endpoint over JMX, in an application without a web server. */
class EndpointJmxTests {

    private static EndpointServer server;

    private ThreadSafeMetric latency;

    private static EndpointServer start(String... properties) {
        String[] all = List.of(List.of("spring.jmx.enabled=true"), List.of(properties))
            .stream()
            .flatMap(List::stream)
            .toArray(String[]::new);
        return EndpointServer.start(WebApplicationType.NONE, all);
    }

    @BeforeAll
    static void startServer() {
        server = start("management.endpoint.threadsafemetrics.access=unrestricted");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void recordValues() {
        this.latency = server.latency();
    }

    private static Object invoke(EndpointServer server, String operation, Object... arguments) throws JMException {
        String[] signature = Collections.nCopies(arguments.length, String.class.getName()).toArray(String[]::new);
        return server.context()
            .getBean(MBeanServer.class)
            .invoke(new ObjectName("org.springframework.boot:type=Endpoint,name=Threadsafemetrics"), operation,
                    arguments, signature);
    }

    @SuppressWarnings("unchecked") // JSON objects arrive as maps with text keys
    private static Map<String, Object> ask(String operation, Object... arguments) throws JMException {
        return (Map<String, Object>) invoke(server, operation, arguments);
    }

    private static void assertWindow(Object json, WindowSnapshot window) {
        assertThat(json).asInstanceOf(MAP)
            .containsEntry("from", window.from().toString())
            .containsEntry("sum", window.sum())
            .containsEntry("max", window.max().orElseThrow())
            .doesNotContainValue(null);
        assertThat(((Map<?, ?>) json).get("count")).hasToString(String.valueOf(window.count()));
    }

    @Test
    void metricsShowsAll() throws JMException {
        server.collector().registerMetric("never.recorded", MetricType.GAUGE);
        Map<String, Object> answer = ask("metrics", null, null, null, null, null);
        assertThat(answer).containsOnlyKeys("system", "metrics", "alerts", "access");
        assertThat(answer.get("metrics")).asInstanceOf(MAP).containsOnlyKeys("checkout.latency", "never.recorded");
        assertThat(answer.get("metrics")).asInstanceOf(MAP)
            .extractingByKey("never.recorded", MAP)
            .doesNotContainKeys("currentValue", "window");
    }

    @Test
    void metricsWhenNamedShowsTheirWindows() throws JMException {
        server.collector().registerMetric("a,b", MetricType.GAUGE);
        Map<String, Object> answer = ask("metrics", "checkout.latency,a\\,b", "60s", "", "", "");
        assertThat(answer.get("metrics")).asInstanceOf(MAP).containsOnlyKeys("checkout.latency", "a,b");
        assertWindow(((Map<?, ?>) ((Map<?, ?>) answer.get("metrics")).get("checkout.latency")).get("window"),
                this.latency.window(Duration.ofSeconds(60)));
    }

    @Test
    void metricShowsItsWindow() throws JMException {
        this.latency.addValue(7, Tags.of("region", "a,b"));
        Map<String, Object> answer = ask("metric", "checkout.latency", "60s", "50,99.9", "region:eu", "0.5");
        assertWindow(answer.get("window"), this.latency.window(Duration.ofSeconds(60), Tags.of("region", "eu")));
        assertThat(answer.get("window")).asInstanceOf(MAP)
            .containsKey("fractionAtMost")
            .extractingByKey("percentiles", MAP)
            .containsOnlyKeys("50", "99.9");
        assertThat(ask("metric", "checkout.latency", null, null, "region:a\\,b", null).get("window")).asInstanceOf(MAP)
            .containsEntry("sum", 7.0);
    }

    @Test
    void groupsShowsTheWorstFirst() throws JMException {
        assertThat(ask("groups", "checkout.latency", "region", null, null, null, null, "1").get("groups"))
            .asInstanceOf(LIST)
            .singleElement(MAP)
            .containsEntry("value", "us");
    }

    @Test
    void valuesShowsNoMetadata() throws JMException {
        assertThat(ask("values", "checkout.latency", "largest", "1", "60s", "region:eu").get("values"))
            .asInstanceOf(LIST)
            .singleElement(MAP)
            .containsEntry("value", 0.99)
            .doesNotContainKey("metadata");
    }

    @ParameterizedTest
    @CsvSource({ "always, true", "when-authorized, false" })
    void valuesWhenMetadataIsAlwaysShownShowsIt(String show, boolean shown) throws JMException {
        server.close();
        try (EndpointServer other = start("management.endpoint.threadsafemetrics.show-metadata=" + show)) {
            other.latency();
            Object answer = invoke(other, "values", "checkout.latency", null, "1", null, null);
            assertThat(((Map<?, ?>) answer).get("values")).asInstanceOf(LIST)
                .singleElement(MAP)
                .satisfies((value) -> assertThat(value.get("metadata")).isEqualTo(shown ? Map.of("order", 100) : null));
        }
        startServer();
    }

    @Test
    void timelineShowsConsecutiveWindows() throws JMException {
        Object points = ask("timeline", "checkout.latency", "60s", "5s", "99", "", "", "true").get("points");
        assertThat(points).asInstanceOf(LIST).hasSize(12);
        List<WindowSnapshot> windows = this.latency.timeline(Duration.ofSeconds(60), Duration.ofSeconds(5),
                Tags.empty());
        assertWindow(((List<?>) points).get(0), windows.get(0));
        assertThat(((List<?>) points).get(0)).asInstanceOf(MAP).containsKey("buckets");
    }

    @Test
    void writesResetAndUnregister() throws JMException {
        server.collector().registerMetric("other", MetricType.GAUGE);
        server.collector().collect("other", 1);
        invoke(server, "reset", "other");
        assertThat(server.collector().getMetricStatistics("other").orElseThrow().count()).isZero();
        assertThat(this.latency.getStatistics().count()).isEqualTo(100);
        invoke(server, "resetAll");
        assertThat(this.latency.getStatistics().count()).isZero();
        invoke(server, "unregister", "other");
        assertThat(server.collector().findMetric("other")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "reset", "unregister" })
    void writeWhenReadOnlyDoesNotExist(String operation) {
        server.close();
        try (EndpointServer readOnly = start()) {
            readOnly.latency();
            assertThatException().isThrownBy(() -> invoke(readOnly, operation, "checkout.latency"))
                .withMessageContaining("no operation named " + operation);
        }
        startServer();
    }

    @Test
    void metricWhenUnknownSaysSo() {
        for (String operation : List.of("reset", "unregister")) {
            assertThatExceptionOfType(ReflectionException.class).isThrownBy(() -> invoke(server, operation, "unknown"))
                .withMessage("'metric' must be the name of a registered metric but was 'unknown'")
                .withCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void parameterWhenWrongSaysSo() {
        assertThatExceptionOfType(ReflectionException.class)
            .isThrownBy(() -> invoke(server, "metric", "checkout.latency", "300", null, null, null))
            .withMessage("'window' must be a duration longer than zero with a unit,"
                    + " such as 500ms, 90s, 5m or PT1M30S but was '300'");
        assertThatExceptionOfType(ReflectionException.class)
            .isThrownBy(() -> invoke(server, "groups", "checkout.latency", "", null, null, null, null, null))
            .withMessageStartingWith("'groupBy' must be a tag key");
        assertThatException().isThrownBy(() -> invoke(server, "metric", null, null, null, null, null))
            .isNotInstanceOf(MBeanException.class)
            .withMessageContaining("metric");
    }

}
