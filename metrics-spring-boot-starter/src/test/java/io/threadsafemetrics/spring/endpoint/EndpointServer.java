package io.threadsafemetrics.spring.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with the endpoint on a real port, and a client of it. */
final class EndpointServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;

    private final String root;

    private EndpointServer(ConfigurableApplicationContext context, String root) {
        this.context = context;
        this.root = root;
    }

    static EndpointServer start(WebApplicationType type, String... properties) {
        return startAt("/actuator/threadsafemetrics", type, properties);
    }

    static EndpointServer startAt(String root, WebApplicationType type, String... properties) {
        List<String> all = new ArrayList<>(
                List.of("server.port=0", "management.endpoints.web.exposure.include=threadsafemetrics",
                        "management.endpoints.jmx.exposure.include=threadsafemetrics", "logging.level.root=error",
                        "logging.level.org.apache.catalina=off", "threadsafe-metrics.micrometer.collect.enabled=false",
                        "threadsafe-metrics.alerts-builtin.memory.enabled=false",
                        "threadsafe-metrics.alerts-builtin.rejected.enabled=false",
                        "threadsafe-metrics.alerts-builtin.overflow.enabled=false"));
        all.addAll(List.of(properties));
        return new EndpointServer(new SpringApplicationBuilder(Application.class).web(type)
            .bannerMode(Banner.Mode.OFF)
            .properties(all.toArray(String[]::new))
            .run(), root);
    }

    ThreadSafeMetricsCollector collector() {
        return this.context.getBean(ThreadSafeMetricsCollector.class);
    }

    ManualClock clock() {
        return this.context.getBean(ManualClock.class);
    }

    ConfigurableApplicationContext context() {
        return this.context;
    }

    /**
     * Starts anew with a timer of 100 values, one a second: 0.01 to 1.00 s, region eu for
     * the odd and us for the even hundredths.
     */
    ThreadSafeMetric latency() {
        collector().getAllMetrics().keySet().forEach(collector()::unregisterMetric);
        ThreadSafeMetric metric = collector()
            .metric(MetricDefinition.timer("checkout.latency").description("Time to check out").build());
        for (int i = 1; i <= 100; i++) {
            clock().advance(Duration.ofSeconds(1));
            metric.addValue(i / 100.0, Tags.of("region", (i % 2 == 1) ? "eu" : "us"), Map.of("order", i));
        }
        return metric;
    }

    int port() {
        String management = this.context.getEnvironment().getProperty("local.management.port");
        String port = (management != null) ? management
                : this.context.getEnvironment().getRequiredProperty("local.server.port");
        return Integer.parseInt(port);
    }

    String root() {
        return this.root;
    }

    Answer get(String pathAndQuery) {
        return send(request(pathAndQuery).GET().build());
    }

    Answer delete(String pathAndQuery) {
        return send(request(pathAndQuery).DELETE().build());
    }

    Answer post(String pathAndQuery, String body) {
        return send(request(pathAndQuery).header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
    }

    Answer reset(String pathAndQuery) {
        return post(pathAndQuery, "{\"operation\":\"reset\"}");
    }

    /**
     * Sends a request with headers of its own.
     * @param headers names and values in turn
     */
    HttpResponse<String> exchange(String method, String pathAndQuery, String body, String... headers) {
        HttpRequest.Builder request = request(pathAndQuery).method(method, BodyPublishers.ofString(body));
        return exchange((headers.length > 0) ? request.headers(headers).build() : request.build());
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + this.root + pathAndQuery))
            .timeout(Duration.ofSeconds(60));
    }

    private Answer send(HttpRequest request) {
        HttpResponse<String> response = exchange(request);
        return new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return this.client.send(request, BodyHandlers.ofString());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(request.uri().toString(), ex);
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Sends a request line as it is, also one that is no URI.
     * @return the HTTP status
     */
    int rawGet(String pathAndQuery) {
        try (Socket socket = new Socket("localhost", port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                .write(("GET " + this.root + pathAndQuery + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            String head = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(head.substring(9));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(pathAndQuery, ex);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        this.context.close();
    }

    record Answer(int status, String contentType, String body) {

        JsonNode json() {
            return JSON.readTree(this.body);
        }

        JsonNode at(String pointer) {
            return json().at(pointer);
        }

    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        ManualClock manualClock() {
            return new ManualClock();
        }

        @Bean
        ThreadSafeMetricsCollector collector(ManualClock clock) {
            return ThreadSafeMetricsCollector.builder()
                .clock(clock)
                .cleanupInterval(Duration.ZERO)
                .alertInterval(Duration.ZERO)
                .build();
        }

    }

}
