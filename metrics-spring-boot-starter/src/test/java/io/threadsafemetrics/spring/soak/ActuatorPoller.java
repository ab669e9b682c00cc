package io.threadsafemetrics.spring.soak;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks Actuator's own endpoints, as a Prometheus and other monitoring does.
 */
final class ActuatorPoller {

    private static final String PROTOBUF = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
            + " encoding=delimited";

    private static final String COUNTER = "\nthreadsafe_metrics_values_collected_total ";

    private final SoakClient client;

    private double counted;

    ActuatorPoller(SoakClient client) {
        this.client = client;
    }

    /** No time series twice, and no counter that goes back. */
    void scrapeText() throws Exception {
        String text = new String(found("/actuator/prometheus", "text/plain"), StandardCharsets.UTF_8);
        Set<String> seen = new HashSet<>();
        text.lines()
            .filter((line) -> !line.startsWith("#"))
            .map((line) -> line.substring(0, line.lastIndexOf(' ')))
            .forEach((series) -> assertThat(seen.add(series)).as("%s is there once", series).isTrue());
        int at = text.indexOf(COUNTER);
        assertThat(at).as("place of the counter").isNotNegative();
        double now = Double.parseDouble(text.substring(at + COUNTER.length(), text.indexOf('\n', at + 1)));
        assertThat(now).as("a counter").isGreaterThanOrEqualTo(this.counted);
        this.counted = now;
    }

    void scrapeNatively() throws Exception {
        assertThat(found("/actuator/prometheus", PROTOBUF)).isNotEmpty();
        found("/actuator/prometheus", "application/openmetrics-text; version=1.0.0");
    }

    void others() throws Exception {
        found("/actuator/metrics", "application/json");
        found("/actuator/metrics/soak.meter.timer", "application/json");
        found("/actuator/metrics/threadsafe.metrics.alerts", "application/json");
        assertThat(new String(found("/actuator/health", "application/json"), StandardCharsets.UTF_8))
            .contains("\"status\":\"UP\"");
    }

    private byte[] found(String path, String accept) throws Exception {
        HttpResponse<byte[]> response = this.client.get(path, accept);
        SoakClient.expect(response, response.statusCode() == 200);
        return response.body();
    }

}
