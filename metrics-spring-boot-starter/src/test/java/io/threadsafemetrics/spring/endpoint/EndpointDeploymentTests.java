package io.threadsafemetrics.spring.endpoint;

import java.net.http.HttpResponse;

import io.threadsafemetrics.spring.endpoint.EndpointServer.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/** The endpoint over HTTP under other settings than the default. */
class EndpointDeploymentTests {

    @ParameterizedTest
    @EnumSource(names = { "SERVLET", "REACTIVE" })
    void writeWhenAccessIsTheDefaultIsNotAllowed(WebApplicationType type) {
        try (EndpointServer server = EndpointServer.start(type)) {
            assertReadOnly(server);
        }
    }

    @Test
    void writeWhenMorePermittedThanTheMaximumIsNotAllowed() {
        try (EndpointServer server = EndpointServer.start(WebApplicationType.SERVLET,
                "management.endpoint.threadsafemetrics.access=unrestricted",
                "management.endpoints.access.max-permitted=read-only")) {
            assertReadOnly(server);
        }
    }

    private static void assertReadOnly(EndpointServer server) {
        server.latency();
        assertThat(server.get("").at("/access").asString()).isEqualTo("READ_ONLY");
        assertThat(server.reset("").status()).isEqualTo(405);
        assertThat(server.reset("/checkout.latency").status()).isEqualTo(405);
        assertThat(server.delete("/checkout.latency").status()).isEqualTo(405);
        assertThat(server.get("/checkout.latency").at("/statistics/count").asInt()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({ "SERVLET, always, true", "REACTIVE, always, true", "REACTIVE, when-authorized, false" })
    void valuesShowsMetadataAsConfigured(WebApplicationType type, String show, boolean shown) {
        try (EndpointServer server = EndpointServer.start(type,
                "management.endpoint.threadsafemetrics.show-metadata=" + show)) {
            server.latency();
            Answer answer = server.get("/checkout.latency/values?limit=1");
            assertThat(answer.at("/values/0").has("metadata")).isEqualTo(shown);
            assertThat(answer.at("/values/0/metadata/order").asInt()).isEqualTo(shown ? 100 : 0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "SERVLET", "REACTIVE" })
    void metricWhenBasePathAndPortAreOthersIsThere(WebApplicationType type) {
        try (EndpointServer server = EndpointServer.startAt("/manage/threadsafemetrics", type,
                "management.endpoints.web.base-path=/manage", "management.server.port=0",
                "management.server.address=127.0.0.1",
                // it and that of Netty, both on the tests' class path, exclude each other
                "spring.autoconfigure.exclude=org.springframework.boot.tomcat.autoconfigure.actuate.web.server."
                        + "TomcatReactiveManagementContextAutoConfiguration")) {
            server.latency();
            assertThat(server.context().getEnvironment().getProperty("local.management.port"))
                .isNotEqualTo(server.context().getEnvironment().getProperty("local.server.port"));
            assertThat(server.get("/checkout.latency?window=60s").at("/name").asString()).isEqualTo("checkout.latency");
            assertThat(server.get("/~/values?name=checkout.latency").at("/values")).hasSize(20);
            assertThat(server.get("/unknown").at("/status").asInt()).isEqualTo(404);
            assertIsThePage(server);
        }
    }

    @ParameterizedTest
    @CsvSource({ "SERVLET, server.servlet.context-path=/shop", "SERVLET, spring.mvc.servlet.path=/shop",
            "REACTIVE, spring.webflux.base-path=/shop" })
    void pageWhenTheApplicationHasAPrefixIsThere(WebApplicationType type, String prefix) {
        try (EndpointServer server = EndpointServer.startAt("/shop/manage/figures", type, prefix,
                "management.endpoints.web.base-path=/manage",
                "management.endpoints.web.path-mapping.threadsafemetrics=figures")) {
            assertIsThePage(server);
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "SERVLET", "REACTIVE" })
    void pageWhenSwitchedOffIsJsonToABrowser(WebApplicationType type) {
        try (EndpointServer server = EndpointServer.start(type, "threadsafe-metrics.page.enabled=false")) {
            HttpResponse<String> response = browse(server);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow()).contains("json");
            assertThat(response.headers().firstValue("Content-Security-Policy")).hasValue(EndpointGuard.STRICT_POLICY);
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "SERVLET", "REACTIVE" })
    void pageWhenTheEndpointIsNotExposedIsAbsent(WebApplicationType type) {
        try (EndpointServer server = EndpointServer.start(type, "management.endpoints.web.exposure.include=health")) {
            HttpResponse<String> response = browse(server);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).doesNotContain("uPlot");
        }
    }

    @Test
    void writeWhenCorsIsConfiguredIsForCorsToJudge() {
        try (EndpointServer server = EndpointServer.start(WebApplicationType.SERVLET,
                "management.endpoint.threadsafemetrics.access=unrestricted",
                "management.endpoints.web.cors.allowed-origins=http://admin.example",
                "management.endpoints.web.cors.allowed-methods=GET,DELETE")) {
            server.latency();
            assertThat(delete(server, "http://evil.example").statusCode()).isEqualTo(403);
            assertThat(delete(server, "http://admin.example").statusCode()).isEqualTo(204);
        }
    }

    private static HttpResponse<String> delete(EndpointServer server, String origin) {
        return server.exchange("DELETE", "/checkout.latency", "", "Sec-Fetch-Site", "cross-site", "Origin", origin);
    }

    private static HttpResponse<String> browse(EndpointServer server) {
        return server.exchange("GET", "", "", "Accept", "text/html,*/*;q=0.8");
    }

    private static void assertIsThePage(EndpointServer server) {
        HttpResponse<String> response = browse(server);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("uPlot");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("'sha256-");
        assertThat(response.headers().allValues("Vary")).contains("Accept");
    }

    @Test
    void metricWhenBodiesAreWrittenByTheApplicationsMapperLeavesFieldsOut() {
        try (EndpointServer server = EndpointServer.start(WebApplicationType.SERVLET,
                "management.endpoints.jackson.isolated-json-mapper=false")) {
            server.latency().reset();
            assertThat(server.get("?name=checkout.latency").body()).doesNotContain("null");
            assertThat(server.get("/checkout.latency?groupBy=x").body()).doesNotContain("null");
        }
    }

}
