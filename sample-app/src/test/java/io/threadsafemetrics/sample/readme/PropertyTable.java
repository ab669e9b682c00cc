package io.threadsafemetrics.sample.readme;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The properties that exist, with their defaults, from the starter's configuration
 * metadata.
 */
final class PropertyTable {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** Shown by what is inside them. */
    private static final Set<String> MAPS = Set.of("threadsafe-metrics.metrics", "threadsafe-metrics.alerts");

    private PropertyTable() {
    }

    static Map<String, String> read() throws IOException {
        Map<String, String> properties = new TreeMap<>();
        JsonMapper json = new JsonMapper();
        for (URL metadata : Collections.list(PropertyTable.class.getClassLoader().getResources(METADATA))) {
            try (InputStream stream = metadata.openStream()) {
                for (JsonNode property : json.readTree(stream).get("properties")) {
                    String name = property.get("name").asString();
                    if (isOurs(name) && !MAPS.contains(name)) {
                        properties.put(name.replace(".*.", ".[<name>]."), text(property.path("defaultValue")));
                    }
                }
            }
        }
        return properties;
    }

    private static boolean isOurs(String name) {
        return name.startsWith("threadsafe-metrics.")
                || (name.startsWith("management.") && name.contains("threadsafemetrics"));
    }

    private static String text(JsonNode value) {
        return (value.isMissingNode() || value.isArray()) ? "" : value.asString();
    }

}
