package io.threadsafemetrics.spring.autoconfigure.micrometer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

import io.micrometer.core.annotation.Timed;
import io.micrometer.observation.annotation.Observed;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A usual web application with a database, which knows nothing of the collector: what
 * Spring records by itself is asked of the endpoint.
 */
class CollectedApplicationTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final HttpClient client = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() throws Exception {
        context = new SpringApplicationBuilder(Application.class).bannerMode(Banner.Mode.OFF)
            .properties("server.port=0", "server.address=127.0.0.1", "logging.level.root=error",
                    "management.endpoints.web.exposure.include=*",
                    "management.endpoint.threadsafemetrics.show-metadata=always",
                    "management.observations.annotations.enabled=true", "spring.datasource.generate-unique-name=true",
                    "threadsafe-metrics.micrometer.collect.interval=20ms")
            .run();
        for (int i = 0; i < 20; i++) {
            assertThat(get("/orders/" + i)).isEqualTo("1");
        }
        get("/orders/bad/path");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static String get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
        HttpResponse<String> response = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        return response.body();
    }

    private static JsonNode ask(String question) throws IOException, InterruptedException {
        return JSON.readTree(get("/actuator/threadsafemetrics" + question));
    }

    /** Gauges are read by a thread of its own, and requests recorded after the answer. */
    private static JsonNode awaitAnswer(String question, Predicate<JsonNode> condition) {
        return Awaitility.await(question).until(() -> ask(question), condition);
    }

    @Test
    void requestsAnswerAnyWindowByUri() throws Exception {
        JsonNode answer = awaitAnswer("/http.server.requests?window=60s&groupBy=uri&percentile=99",
                (body) -> body.path("groups").toString().contains("/orders/{id}"));
        assertThat(answer.path("type").asString()).isEqualTo("TIMER");
        assertThat(answer.path("unit").asString()).isEqualTo("seconds");
        JsonNode orders = answer.path("groups")
            .valueStream()
            .filter((group) -> group.path("value").asString().equals("/orders/{id}"))
            .findFirst()
            .orElseThrow();
        assertThat(orders.path("window").path("count").asInt()).isEqualTo(20);
        assertThat(orders.path("window").path("percentiles").path("99").asDouble()).isPositive();
        assertThat(orders.path("window").path("exact").asBoolean()).isTrue();
    }

    @Test
    void slowestRequestLeadsToItsTrace() throws Exception {
        JsonNode slowest = awaitAnswer(
                "/http.server.requests/values?order=largest&limit=1&tag=uri:/orders/{id}".replace("{", "%7B")
                    .replace("}", "%7D"),
                (body) -> body.path("values").size() == 1)
            .path("values")
            .path(0);
        String trace = slowest.path("metadata").path("traceId").asString();
        assertThat(context.getBean(SimpleTracer.class).getSpans())
            .anyMatch((span) -> span.context().traceId().equals(trace) && span.getName().contains("/orders/{id}"));
    }

    @Test
    void annotatedMethodsAppear() throws Exception {
        assertThat(ask("/orders.load").path("statistics").path("count").asInt()).isEqualTo(20);
        assertThat(ask("/orders.find").path("statistics").path("count").asInt()).isEqualTo(20);
    }

    @Test
    void gaugesOfPoolsExecutorsAndTheJvmHaveWindows() throws Exception {
        for (String gauge : new String[] { "jdbc.connections.max", "hikaricp.connections", "jvm.memory.used",
                "executor.pool.size", "process.uptime", "http.server.requests.active.active" }) {
            awaitAnswer("/" + gauge + "?window=10s", (body) -> body.path("window").path("count").asInt() > 0);
        }
        awaitAnswer("/executor.completed", (body) -> body.path("type").asString().equals("COUNTER"));
        awaitAnswer("/hikaricp.connections.usage", (body) -> body.path("window").path("count").asInt() > 0);
    }

    @Test
    void allOfItTakesLittle() throws Exception {
        awaitAnswer("", (body) -> body.path("metrics").has("jvm.threads.live"));
        JsonNode system = ask("").path("system");
        assertThat(system.path("totalMetrics").asInt()).isBetween(50, 150);
        assertThat(system.path("estimatedMemoryBytes").asLong()).isLessThan(2 * 1024 * 1024);
        assertThat(system.path("refusedMetrics").asInt()).isZero();
        assertThat(system.path("rejectedValues").asInt()).isZero();
        assertThat(system.path("overflowedValues").asInt()).isZero();
        assertThat(system.path("collectionErrors").asInt()).isZero();
    }

    @Test
    void bootsOwnEndpointShowsWhatItDid() throws Exception {
        JsonNode answer = JSON.readTree(get("/actuator/metrics/orders.load"));
        assertThat(answer.path("measurements").path(0).path("value").asInt()).isEqualTo(20);
        JsonNode skipped = JSON.readTree(get("/actuator/metrics/threadsafe.metrics.collect.skipped"));
        assertThat(skipped.path("measurements").path(0).path("value").asInt()).isZero();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SimpleTracer tracer() {
            return new SimpleTracer();
        }

        @Bean
        Orders orders(JdbcTemplate database) {
            return new Orders(database);
        }

        @Bean
        Controller controller(Orders orders, Executor executor) {
            return new Controller(orders, executor);
        }

    }

    static class Orders {

        private final JdbcTemplate database;

        Orders(JdbcTemplate database) {
            this.database = database;
        }

        @Timed("orders.load")
        public int load() {
            return this.database.queryForObject("select 1", Integer.class);
        }

        @Observed(name = "orders.find")
        public void find() {
        }

    }

    @RestController
    static class Controller {

        private final Orders orders;

        private final Executor executor;

        Controller(Orders orders, Executor executor) {
            this.orders = orders;
            this.executor = executor;
        }

        @GetMapping("/orders/{id}")
        int order(@PathVariable String id) {
            this.executor.execute(() -> {
            });
            this.orders.find();
            return this.orders.load();
        }

    }

}
