package io.threadsafemetrics.spring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What an IDE is told of the properties. */
class ConfigurationMetadataTests {

    private static final String PREFIX = ThreadSafeMetricsProperties.PREFIX;

    private final JsonNode metadata = read();

    private final Map<String, JsonNode> properties = properties();

    @Test
    void propertiesAllHaveADescription() {
        assertThat(this.properties).isNotEmpty().allSatisfy((name, property) -> {
            assertThat(property.path("description").asString("")).as(name).endsWith(".").isNotBlank();
            assertThat(property.path("type").asString("")).as(name).isNotBlank();
        });
    }

    @Test
    void propertiesWhenComparedWithTheRecordsAreTheSame() {
        assertThat(named(PREFIX + ".metrics.*"))
            .isEqualTo(components(PREFIX + ".metrics.*", ThreadSafeMetricsProperties.Metric.class));
        assertThat(named(PREFIX + ".alerts.*"))
            .isEqualTo(components(PREFIX + ".alerts.*", ThreadSafeMetricsProperties.Alert.class));
        assertThat(this.properties.keySet()).containsAll(components(PREFIX, ThreadSafeMetricsProperties.class))
            .contains(PREFIX + ".health.firing-status", PREFIX + ".alerts-log.enabled", PREFIX + ".alerts-webhook.url",
                    "management.health.threadsafemetrics.enabled");
    }

    @Test
    void defaultsWhenComparedWithTheDesignAreTheSame() {
        assertThat(defaultOf("enabled")).isEqualTo("true");
        assertThat(defaultOf("max-metrics")).isEqualTo("1000");
        assertThat(defaultOf("max-values")).isEqualTo("1000");
        assertThat(defaultOf("retention-window")).isEqualTo("5m");
        assertThat(defaultOf("max-tag-sets")).isEqualTo("1000");
        assertThat(defaultOf("idle-series-ttl")).isEqualTo("1h");
        assertThat(defaultOf("cleanup-interval")).isEqualTo("60s");
        assertThat(defaultOf("max-memory")).isEqualTo("64MB");
        assertThat(defaultOf("relative-error")).isEqualTo("0.01");
        assertThat(defaultOf("clock")).isEqualTo("precise");
        assertThat(defaultOf("alert-interval")).isEqualTo("5s");
        assertThat(defaultOf("alerts-builtin.memory.enabled")).isEqualTo("true");
        assertThat(defaultOf("alerts-builtin.rejected.enabled")).isEqualTo("true");
        assertThat(defaultOf("alerts-builtin.overflow.enabled")).isEqualTo("true");
        assertThat(defaultOf("alerts-log.enabled")).isEqualTo("true");
        assertThat(defaultOf("alerts-webhook.timeout")).isEqualTo("5s");
        assertThat(defaultOf("alerts-webhook.retries")).isEqualTo("3");
    }

    @Test
    void hintsWhenReadNameKnownPropertiesAndReadableValues() {
        Set<String> hinted = new TreeSet<>();
        this.metadata.path("hints").forEach((hint) -> {
            hinted.add(hint.path("name").asString());
            hint.path("values").forEach((value) -> assertThat(value.path("description").asString("")).isNotBlank());
        });
        assertThat(this.properties.keySet()).containsAll(hinted);
        assertThat(hinted).contains(PREFIX + ".clock", PREFIX + ".metrics.*.type", PREFIX + ".alerts.*.aggregation",
                PREFIX + ".alerts.*.on-no-data", PREFIX + ".health.firing-status");
    }

    private String defaultOf(String name) {
        return this.properties.get(PREFIX + "." + name).path("defaultValue").asString();
    }

    private Set<String> named(String parent) {
        return this.properties.keySet()
            .stream()
            .filter((name) -> name.startsWith(parent + "."))
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> components(String parent, Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getName)
            .map((name) -> parent + "." + DataObjectPropertyName.toDashedForm(name))
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, JsonNode> properties() {
        Map<String, JsonNode> found = new TreeMap<>();
        this.metadata.path("properties").forEach((property) -> found.put(property.path("name").asString(), property));
        return found;
    }

    static JsonNode read() {
        try {
            List<URL> files = Collections.list(ConfigurationMetadataTests.class.getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"));
            for (URL file : files) {
                try (InputStream content = file.openStream()) {
                    JsonNode metadata = JsonMapper.shared().readTree(content);
                    if (hasOurs(metadata)) {
                        return metadata;
                    }
                }
            }
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
        throw new IllegalStateException("no metadata of ours on the class path");
    }

    private static boolean hasOurs(JsonNode metadata) {
        return Stream.of(metadata.path("properties"))
            .flatMap(JsonNode::valueStream)
            .anyMatch((property) -> property.path("name").asString("").equals(PREFIX + ".enabled"));
    }

}
