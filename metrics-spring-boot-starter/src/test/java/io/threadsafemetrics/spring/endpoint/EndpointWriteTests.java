package io.threadsafemetrics.spring.endpoint;

import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.spring.endpoint.EndpointServer.Answer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/** The write operations over HTTP. */
class EndpointWriteTests extends EndpointContractTests {

    EndpointWriteTests(WebApplicationType type) {
        super(type);
    }

    private long count(String metric) {
        return this.server.collector().getMetricStatistics(metric).orElseThrow().count();
    }

    private void record(String metric) {
        this.server.collector().registerMetric(metric, MetricType.COUNTER);
        this.server.collector().collect(metric, 1);
    }

    private static void assertDone(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void resetWhenAtTheRootResetsAllMetrics() {
        record("other");
        assertDone(this.server.reset(""));
        assertThat(count("checkout.latency")).isZero();
        assertThat(count("other")).isZero();
    }

    @Test
    void resetWhenMetricsAreNamedResetsThose() {
        record("a,b");
        record("other");
        assertDone(this.server.reset("?name=checkout.latency&name=a,b"));
        assertThat(count("checkout.latency")).isZero();
        assertThat(count("a,b")).isZero();
        assertThat(count("other")).isOne();
        assertThat(this.server.reset("?name=other&name=unknown").status()).isEqualTo(404);
        assertThat(count("other")).isOne();
    }

    @Test
    void resetWhenAtAMetricResetsIt() {
        record("other");
        assertDone(this.server.reset("/other"));
        assertThat(count("other")).isZero();
        assertThat(count("checkout.latency")).isEqualTo(100);
    }

    @Test
    void deleteUnregistersTheMetric() {
        assertDone(this.server.delete("/checkout.latency"));
        assertThat(this.server.collector().findMetric("checkout.latency")).isEmpty();
        assertThat(this.server.delete("/checkout.latency").status()).isEqualTo(404);
    }

    @Test
    void writeWhenNamedByParameterTakesThatName() {
        record("a/b;c%d");
        String named = "/~?name=" + EndpointServer.encode("a/b;c%d");
        assertDone(this.server.reset(named));
        assertThat(count("a/b;c%d")).isZero();
        assertThat(count("checkout.latency")).isEqualTo(100);
        assertDone(this.server.delete(named));
        assertThat(this.server.collector().findMetric("a/b;c%d")).isEmpty();
    }

    @Test
    void deleteWhenAtTheRootIsNotAllowed() {
        assertThat(this.server.delete("").status()).isEqualTo(405);
        assertThat(this.server.reset("/checkout.latency/values").status()).isEqualTo(405);
    }

}
