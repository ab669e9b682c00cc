package io.threadsafemetrics.spring.absent;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Run by the Surefire execution {@code jersey}, whose class path has Jersey instead of
 * Spring MVC.
 */
class JerseyTests {

    private static ConfigurableApplicationContext context;

    private static URI endpoint;

    @BeforeAll
    static void start() {
        context = new SpringApplicationBuilder(AbsentApplication.Application.class)
            .properties("server.port=0", "management.endpoints.web.exposure.include=threadsafemetrics",
                    "management.endpoint.threadsafemetrics.access=unrestricted")
            .run();
        ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
        collector.registerMetric("orders", MetricType.COUNTER);
        collector.collect("orders", 2);
        endpoint = URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port")
                + "/actuator/threadsafemetrics/");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(endpoint.resolve(path));
    }

    @Test
    void classOfSpringMvcIsAbsent() {
        assertThatExceptionOfType(ClassNotFoundException.class)
            .isThrownBy(() -> Class.forName("org.springframework.web.servlet.DispatcherServlet"));
    }

    @Test
    void metricShowsItsWindow() throws Exception {
        HttpResponse<String> answer = send(get("orders?window=60s&percentile=50&percentile=99.9"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"count\":1,\"sum\":2.0")
            .contains("\"percentiles\":{\"50\":2.0,\"99.9\":2.0}");
    }

    @Test
    void parameterWhenWrongSaysSo() throws Exception {
        HttpResponse<String> answer = send(get("orders?window=300"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"parameter\":\"window\"");
    }

    @Test
    void rootWhenNothingIsSaidOfWhatIsAcceptedShowsJson() throws Exception {
        assertThat(send(get("../threadsafemetrics")).body()).startsWith("{\"system\":{");
    }

    @ParameterizedTest
    @ValueSource(strings = { "*/*", "application/json" })
    void rootWhenJsonIsAcceptedShowsIt(String accepted) throws Exception {
        assertThat(send(get("../threadsafemetrics").header("Accept", accepted)).body()).startsWith("{\"system\":{");
    }

    @Test
    void rootForABrowserShowsThePageWithItsPolicy() throws Exception {
        HttpResponse<String> page = send(get("../threadsafemetrics").header("Accept", "text/html,*/*;q=0.8"));
        assertThat(page.body()).startsWith("<!DOCTYPE html>");
        assertThat(page.headers().firstValue("Content-Security-Policy")).get()
            .asString()
            .contains("script-src 'sha256-");
    }

    @Test
    void writeWhenAnotherSiteMakesABrowserSendItIsRefused() throws Exception {
        HttpResponse<String> answer = send(get("orders").header("Sec-Fetch-Site", "cross-site")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"operation\":\"reset\"}")));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(send(get("orders")).body()).contains("\"totalValue\":2.0");
    }

}
