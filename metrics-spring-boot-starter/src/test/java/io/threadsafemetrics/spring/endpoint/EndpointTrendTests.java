package io.threadsafemetrics.spring.endpoint;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.spring.endpoint.EndpointServer.Answer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/** Several metrics with their trends in one request. */
class EndpointTrendTests extends EndpointContractTests {

    EndpointTrendTests(WebApplicationType type) {
        super(type);
    }

    @Test
    void metricsWhenAStepIsGivenHaveTheTimelineInColumns() {
        JsonNode trend = this.server.get("?name=checkout.latency&window=20s&step=5s&percentile=50&percentile=90")
            .at("/metrics/checkout.latency/trend");
        JsonNode points = this.server.get("/checkout.latency/timeline?window=20s&step=5s&percentile=90").at("/points");
        assertThat(points.size()).isEqualTo(4);
        assertThat(trend.at("/from")).isEqualTo(points.at("/0/from"));
        for (int i = 0; i < points.size(); i++) {
            assertThat(trend.at("/to/" + i)).isEqualTo(points.at("/" + i + "/to"));
            assertThat(trend.at("/count/" + i)).isEqualTo(points.at("/" + i + "/count"));
            assertThat(trend.at("/average/" + i)).isEqualTo(points.at("/" + i + "/average"));
            assertThat(trend.at("/highestPercentile/" + i)).isEqualTo(points.at("/" + i + "/percentiles/90"));
        }
    }

    @Test
    void metricsWhenAPointHasNoValuesSayNull() {
        this.latency.reset();
        JsonNode trend = this.server.get("?name=checkout.latency&window=20s&step=10s")
            .at("/metrics/checkout.latency/trend");
        assertThat(trend.at("/count/0").asInt()).isZero();
        assertThat(trend.at("/average/0").isNull()).isTrue();
        assertThat(trend.at("/highestPercentile/1").isNull()).isTrue();
    }

    @Test
    void metricsWhenSeveralAreShownHaveTheirUnitAndRetention() {
        for (String query : new String[] { "", "?name=checkout.latency" }) {
            JsonNode metric = this.server.get(query).at("/metrics/checkout.latency");
            assertThat(metric.at("/unit").asString()).isEqualTo("seconds");
            assertThat(metric.at("/retentionWindow").asString()).isEqualTo("PT5M");
            assertThat(metric.has("trend")).isFalse();
        }
    }

    @Test
    void metricsWhenTooManyPointsAreAskedOfThemTogetherAreRefused() {
        IntStream.range(0, 100).forEach((i) -> this.server.collector().registerMetric("m" + i, MetricType.GAUGE));
        String names = IntStream.range(0, 100).mapToObj((i) -> "&name=m" + i).collect(Collectors.joining());
        assertThat(this.server.get("?window=20s&step=100ms" + names).status()).isEqualTo(200);
        Answer refused = this.server.get("?window=20s&step=99ms" + names);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/parameter").asString()).isEqualTo("step");
        assertThat(refused.at("/message").asString()).contains("1/200 of the window", "99ms");
        assertThat(this.server.get("?window=20s&step=99ms&name=m1").status()).isEqualTo(200);
    }

    @Test
    void metricsWhenTheStepHasNoUnitAreRefused() {
        assertThat(this.server.get("?name=checkout.latency&step=5").at("/parameter").asString()).isEqualTo("step");
    }

}
