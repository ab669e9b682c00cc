package io.threadsafemetrics.spring.endpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/** The page over HTTP, as far as no browser is needed to see it. */
class EndpointPageTests extends EndpointContractTests {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static final int MOST_COMPRESSED_BYTES = 150 * 1024;

    EndpointPageTests(WebApplicationType type) {
        super(type);
    }

    @ParameterizedTest
    @ValueSource(strings = { BROWSER, "text/html" })
    void rootWhenABrowserAsksIsThePage(String accept) {
        HttpResponse<String> response = get("", accept);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(response.body()).startsWith("<!DOCTYPE html>").contains("uPlot");
    }

    @ParameterizedTest
    @ValueSource(strings = { "*/*", "application/json", "application/json, text/plain, */*", "application/*",
            "application/json, text/html;q=0.1" })
    void rootWhenAnythingElseAsksIsJson(String accept) {
        HttpResponse<String> response = get("", accept);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).contains("json");
        assertThat(response.headers().allValues("Vary")).contains("Accept");
    }

    @Test
    void rootWhenNothingIsSaidToBeAcceptedIsJson() {
        assertThat(this.server.get("").at("/metrics/checkout.latency/count").asInt()).isEqualTo(100);
    }

    @Test
    void metricWhenABrowserAsksIsJson() {
        HttpResponse<String> response = get("/checkout.latency", BROWSER);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).contains("json");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void pageIsServedUnderAPolicyThatAllowsOnlyItsOwnParts() {
        HttpResponse<String> response = get("", BROWSER);
        String policy = response.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'", "connect-src 'self'", "'sha256-")
            .doesNotContain("unsafe-", "http:", "https:", "*");
        assertThat(response.headers().allValues("Vary")).contains("Accept");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    }

    @Test
    void pageBringsAllItNeedsAndItsLicences() {
        String page = get("", BROWSER).body();
        assertThat(page).contains("The MIT License", "Leon Sorokin").doesNotContain("{{", "}}<");
        assertThat(page).doesNotContainPattern("<(script|img|iframe|link|source)[^>]*\\s(src|href)=[\"'](?!data:)")
            .doesNotContainPattern("@import|url\\(")
            .doesNotContainPattern("<[a-z][^>]*\\s(on[a-z]+|style)=");
    }

    @Test
    void pageIsLight() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream stream = new GZIPOutputStream(compressed)) {
            stream.write(get("", BROWSER).body().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(compressed.size()).isBetween(20_000, MOST_COMPRESSED_BYTES);
    }

    @ParameterizedTest
    @CsvSource({ "POST, cross-site", "POST, same-site", "DELETE, cross-site", "PUT, unknown" })
    void writeWhenAnotherSiteMakesABrowserSendItIsRefused(String method, String site) {
        HttpResponse<String> response = this.server.exchange(method, "/checkout.latency", "{\"operation\":\"reset\"}",
                "Content-Type", "application/json", "Sec-Fetch-Site", site);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("Sec-Fetch-Site");
        assertThat(this.latency.getStatistics().count()).isEqualTo(100);
    }

    @Test
    void writeWhenThePageOrNoBrowserSendsItIsDone() {
        assertThat(this.server
            .exchange("POST", "/checkout.latency", "{\"operation\":\"reset\"}", "Content-Type", "application/json",
                    "Sec-Fetch-Site", "same-origin")
            .statusCode()).isEqualTo(204);
        assertThat(this.latency.getStatistics().count()).isZero();
        assertThat(this.server.delete("/checkout.latency").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded" })
    void writeWhenAFormOfAnotherSiteCouldSendItIsRefused(String contentType) {
        assertThat(this.server
            .exchange("POST", "?operation=reset", "{\"operation\":\"reset\"}", "Content-Type", contentType)
            .statusCode()).isEqualTo(415);
        assertThat(this.latency.getStatistics().count()).isEqualTo(100);
    }

    @Test
    void readWhenAnotherSiteLinksToItIsAnswered() {
        assertThat(this.server.exchange("GET", "", "", "Accept", BROWSER, "Sec-Fetch-Site", "cross-site").statusCode())
            .isEqualTo(200);
    }

    @Test
    void answersSayWhatMayBeDone() {
        assertThat(this.server.get("").at("/access").asString()).isEqualTo("UNRESTRICTED");
        assertThat(this.server.get("/checkout.latency").at("/access").asString()).isEqualTo("UNRESTRICTED");
    }

    private HttpResponse<String> get(String path, String accept) {
        return this.server.exchange("GET", path, "", "Accept", accept);
    }

}
