package io.threadsafemetrics.sample;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Asks the sample as a user would, while its traffic and its replay run.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.traffic.pause=50ms")
@AutoConfigureRestTestClient
class SampleApplicationIT {

    private static final String ENDPOINT = "/actuator/threadsafemetrics";

    @Autowired
    private RestTestClient client;

    @BeforeEach
    void waitForTraffic() {
        await().atMost(Duration.ofSeconds(60))
            .until(() -> get(ENDPOINT + "/payments.duration?groupBy=region").read("$.groups.length()").equals(3));
    }

    @Test
    void endpointShowsAllMetrics() {
        Map<String, Object> metrics = get(ENDPOINT).read("$.metrics");
        assertThat(metrics).containsKeys("orders.placed", "orders.amount", "orders.duration", "payments.duration",
                "stock.level", "replay.latency");
    }

    @Test
    void endpointShowsThePercentilesAndTheWindowInTheUrl() {
        for (String metric : List.of("payments.duration", "orders.duration", "orders.amount", "replay.latency")) {
            DocumentContext answer = get(ENDPOINT + "/" + metric + "?window=30s&percentile=50&percentile=99.9");
            assertThat(answer.<Integer>read("$.window.count")).isPositive();
            double median = number(answer, "$.window.percentiles['50']");
            double high = number(answer, "$.window.percentiles['99.9']");
            assertThat(median).isBetween(number(answer, "$.window.min"), high);
            assertThat(high).isBetween(median, number(answer, "$.window.max"));
            assertThat(number(answer, "$.window.average")).isBetween(number(answer, "$.window.min"),
                    number(answer, "$.window.max"));
        }
    }

    @Test
    void endpointShowsTheReplayInTheRangeOfItsFile() {
        DocumentContext answer = get(ENDPOINT + "/replay.latency?window=30s&atMost=100");
        assertThat(answer.<String>read("$.unit")).isEqualTo("milliseconds");
        assertThat(number(answer, "$.window.min")).isGreaterThan(22);
        assertThat(number(answer, "$.window.max")).isLessThan(100);
        assertThat(number(answer, "$.window.fractionAtMost")).isEqualTo(1);
    }

    @Test
    void endpointShowsWhichPaymentsWereSlow() {
        DocumentContext answer = get(ENDPOINT + "/payments.duration/values?order=largest&limit=3");
        List<Number> values = answer.read("$.values[*].value");
        assertThat(values).extracting(Number::doubleValue).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        List<String> orders = answer.read("$.values[*].metadata.orderId");
        assertThat(orders).hasSameSizeAs(values).doesNotHaveDuplicates();
    }

    @Test
    void endpointShowsATimeline() {
        DocumentContext answer = get(ENDPOINT + "/replay.latency/timeline?window=1m&step=10s&percentile=99");
        assertThat(answer.<List<Object>>read("$.points[?(@.count > 0)].percentiles['99']")).isNotEmpty();
    }

    @Test
    void endpointWhenMetricIsUnknownAnswersNotFound() {
        this.client.get().uri(ENDPOINT + "/no-such-metric").exchange().expectStatus().isNotFound();
    }

    @Test
    void endpointWhenWindowHasNoUnitSaysSo() {
        this.client.get()
            .uri(ENDPOINT + "/replay.latency?window=300")
            .exchange()
            .expectStatus()
            .isBadRequest()
            .expectBody(String.class)
            .value((body) -> assertThat(body).contains("window", "300"));
    }

    @Test
    void prometheusHasTheMetrics() {
        this.client.get()
            .uri("/actuator/prometheus")
            .accept(MediaType.TEXT_PLAIN)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(String.class)
            .value((body) -> assertThat(body).containsPattern("(?m)^orders_placed_total\\{.*region=\"eu\"")
                .containsPattern("(?m)^stock_level\\{.*item=\"tea\"")
                .containsPattern("(?m)^payments_duration_seconds_count\\{")
                .containsPattern("(?m)^threadsafe_metrics_"));
    }

    @Test
    void healthHasTheCollector() {
        assertThat(get("/actuator/health").<Map<String, Object>>read("$.components")).containsKey("threadsafemetrics");
    }

    @Test
    void ordersWhenUnknownOrMalformedAreRefused() {
        this.client.get().uri("/orders/none").exchange().expectStatus().isNotFound();
        this.client.post().uri("/orders/none/pay").exchange().expectStatus().isNotFound();
        order("{\"item\":\"tea\",\"quantity\":0,\"region\":\"eu\"}", HttpStatus.BAD_REQUEST);
        order("{\"item\":\"tea\",\"quantity\":1,\"region\":\"mars\"}", HttpStatus.BAD_REQUEST);
        order("{\"quantity\":1,\"region\":\"eu\"}", HttpStatus.BAD_REQUEST);
        order("{\"item\":\"tea\",\"quantity\":1000,\"region\":\"eu\"}", HttpStatus.CONFLICT);
        order("{\"item\":\"tea\",\"quantity\":1,\"region\":\"eu\"}", HttpStatus.CREATED);
    }

    private void order(String body, HttpStatus expected) {
        this.client.post()
            .uri("/orders")
            .contentType(MediaType.APPLICATION_JSON)
            .body(body)
            .exchange()
            .expectStatus()
            .isEqualTo(expected);
    }

    private static double number(DocumentContext answer, String path) {
        return answer.<Number>read(path).doubleValue();
    }

    private DocumentContext get(String path) {
        String body = this.client.get()
            .uri(path)
            .accept(MediaType.APPLICATION_JSON)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody();
        return JsonPath.parse(body);
    }

}
