package io.threadsafemetrics.spring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.threadsafemetrics.spring.Fuzz;
import io.threadsafemetrics.spring.autoconfigure.alert.ThreadSafeMetricsAlertLogAutoConfiguration;
import io.threadsafemetrics.spring.autoconfigure.alert.ThreadSafeMetricsAlertWebhookAutoConfiguration;
import io.threadsafemetrics.spring.autoconfigure.endpoint.ThreadSafeMetricsEndpointAutoConfiguration;
import io.threadsafemetrics.spring.autoconfigure.health.ThreadSafeMetricsHealthAutoConfiguration;
import io.threadsafemetrics.spring.autoconfigure.micrometer.ThreadSafeMetricsMicrometerCollectAutoConfiguration;
import io.threadsafemetrics.spring.autoconfigure.micrometer.ThreadSafeMetricsMicrometerExportAutoConfiguration;
import io.threadsafemetrics.spring.autoconfigure.micrometer.ThreadSafeMetricsPrometheusAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.Generate;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the properties say, the application starts, or says which one is wrong and
 * what is allowed.
 */
class PropertiesFuzzTests {

    /**
     * A metric and a rule that are complete, so that one wrong property of theirs is met.
     */
    private static final Map<String, Object> COMPLETE = Map.of("threadsafe-metrics.metrics.m.type", "timer",
            "threadsafe-metrics.alerts.r.metric", "m", "threadsafe-metrics.alerts.r.above", "1");

    /** Of these, Boot refuses a wrong value in its own words. */
    private static final Set<String> READ_BY_BOOT = Set.of("management.endpoint.threadsafemetrics.access",
            "management.health.threadsafemetrics.enabled");

    /**
     * What Boot says of a list without its first element, or with a name as an index:
     * which elements these are. It is the same for all lists of an application, so it is
     * left to Boot.
     */
    private static final String NO_ELEMENT_OF_ITS_LIST = "were left unbound.";

    private final List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
        .load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, cause) -> {
        }));

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
        .withPropertyValues("management.endpoints.web.exposure.include=threadsafemetrics",
                "threadsafe-metrics.alerts-log.enabled=false")
        .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsAutoConfiguration.class,
                ThreadSafeMetricsAlertLogAutoConfiguration.class, ThreadSafeMetricsAlertWebhookAutoConfiguration.class,
                ThreadSafeMetricsHealthAutoConfiguration.class, ThreadSafeMetricsEndpointAutoConfiguration.class,
                ThreadSafeMetricsMicrometerCollectAutoConfiguration.class,
                ThreadSafeMetricsMicrometerExportAutoConfiguration.class,
                ThreadSafeMetricsPrometheusAutoConfiguration.class, MetricsAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class));

    @Test
    void anyPropertiesAreAppliedOrTheWrongOneIsNamed() {
        Fuzz.check(100, properties(),
                (properties) -> this.runner
                    .withInitializer((context) -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("fuzz", properties)))
                    .run((context) -> {
                        if (context.getStartupFailure() != null) {
                            assertExplained(context.getStartupFailure(), properties);
                        }
                    }));
    }

    private void assertExplained(Throwable failure, Map<String, Object> properties) {
        FailureAnalysis analysis = this.analyzers.stream()
            .map((analyzer) -> analyzer.analyze(failure))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
        assertThat(analysis).as(() -> "analysis of " + rootOf(failure)).isNotNull();
        String description = analysis.getDescription();
        assertThat(description).matches("(?s).*Property: (threadsafe-metrics|management)\\..*");
        if (!description.contains(NO_ELEMENT_OF_ITS_LIST)
                && properties.keySet().stream().noneMatch((name) -> name.startsWith("management."))) {
            assertThat(description).matches("(?s).*Allowed: must .+");
        }
        assertThat(analysis.getAction()).isNotBlank();
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static Gen<Map<String, Object>> properties() {
        List<Gen<Map.Entry<String, Object>>> gens = ConfigurationMetadataTests.read()
            .path("properties")
            .valueStream()
            .filter((property) -> !READ_BY_BOOT.contains(property.path("name").asString()))
            .map(PropertiesFuzzTests::property)
            .toList();
        Gen<Map.Entry<String, Object>> one = Generate.pick(gens).flatMap((gen) -> gen);
        return one.zip(Fuzz.some(one, 3), Fuzz.oneOf(Map.<String, Object>of(), COMPLETE), (first, more, base) -> {
            Map<String, Object> all = new LinkedHashMap<>(base);
            Stream.concat(Stream.of(first), more.stream())
                .forEach((property) -> all.put(property.getKey(), property.getValue()));
            return all;
        }).describedAs(PropertiesFuzzTests::shown);
    }

    private static String shown(Map<String, Object> properties) {
        return properties.entrySet()
            .stream()
            .map((property) -> property.getKey() + "=" + property.getValue())
            .map(Fuzz::shown)
            .collect(Collectors.joining("\n"));
    }

    private static Gen<Map.Entry<String, Object>> property(JsonNode property) {
        String name = property.path("name").asString();
        String type = property.path("type").asString();
        Gen<Object> values = Fuzz.mostly(values(name, type), Fuzz.texts()).map((text) -> text);
        return names(name, type).zip(values, Map::entry);
    }

    private static Gen<String> names(String name, String type) {
        Gen<String> own = Fuzz.mostly(Fuzz.oneOf(name.contains(".metrics.") ? "m" : "r"),
                Fuzz.any(Fuzz.oneOf("other", "[a.b]", "a.b", "[ ]", "[]", "A_b", "[a][b]", "é"),
                        Fuzz.texts().map((text) -> "[" + text.replaceAll("[\\[\\]]", "") + "]")));
        Gen<String> suffix = type.startsWith("java.util.Map") ? Fuzz.oneOf("", ".k", ".[k]", ".[a.b]", "[0]", ".k.l")
                : type.startsWith("java.util.") ? Fuzz.oneOf("", "[0]", "[1]", "[a]") : Fuzz.oneOf("");
        return own.zip(suffix, (key, rest) -> name.replace("*", key) + rest);
    }

    private static Gen<String> values(String name, String type) {
        if (name.endsWith(".url")) {
            return Fuzz.any(
                    Fuzz.oneOf("", " ", "false", "http://localhost:1", "localhost:9093", "http://alert_manager:9093",
                            "http://[::1]:1", "http://a:pw@h:1/p", "http://é", "http://a.b-:1", "http://-",
                            "http://a..b", "http://a b", "http://localhost:99999", "https://", "//a", "http://[",
                            "http://a:1/%zz", "http://%41:1", "file:/x", "http://a:1?q", "jdbc:x", "http://1.2.3.4.5",
                            "http://256.256.256.256:1", "http://xn--:1"),
                    Fuzz.texts().map((text) -> "http://" + text), Fuzz.texts().map((text) -> "http://a:1/" + text));
        }
        return switch (type) {
            case "java.time.Duration" -> Fuzz.durations();
            case "java.lang.Integer", "java.lang.Long", "java.lang.Double" -> Fuzz.numbers();
            case "java.util.List<java.lang.Double>" ->
                Fuzz.some(Fuzz.numbers(), 3).map((numbers) -> String.join(",", numbers));
            case "java.lang.Boolean" -> Fuzz.oneOf("true", "false", "TRUE", "on", "1", "yes", "", " ", "null", "no ");
            case "org.springframework.util.unit.DataSize" ->
                Fuzz.numbers().zip(Fuzz.oneOf("KB", "B", "MB", "GB", "TB", "", "kb", "PB"), String::concat);
            default -> Fuzz.any(Fuzz.oneOf("timer", "GAUGE", "rate", "average", "percentile", "max", "precise",
                    "coarse", "ok", "firing", "pending", "m", "down", "never", "always", "when-authorized", "", "*",
                    "a.*,b", ",", "m,,*"), Fuzz.texts());
        };
    }

}
