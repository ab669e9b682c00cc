package io.threadsafemetrics.spring.alert;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.threadsafemetrics.AlertRule;
import org.jspecify.annotations.Nullable;

/**
 * The labels of alerts: those of a rule are always the same, which is how an Alertmanager
 * knows that an alert fires still or has ended. Threads: one at a time.
 */
final class AlertLabels {

    private static final Pattern NOT_ALLOWED = Pattern.compile("[^a-zA-Z0-9_]");

    private final Supplier<Map<String, String>> common;

    private @Nullable Map<String, String> known;

    AlertLabels(Supplier<Map<String, String>> common) {
        this.common = common;
    }

    /**
     * Returns the labels of a rule. A name is made valid; one that is then taken gets a
     * number. The rule's own labels keep their names, then its tags, then what is common
     * to all alerts.
     */
    Map<String, String> of(AlertRule rule) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("alertname", rule.name());
        new TreeMap<>(rule.labels()).forEach((name, value) -> put(labels, name, value));
        rule.tags().asMap().forEach((name, value) -> put(labels, name, value));
        put(labels, "metric", rule.metric());
        common().forEach((name, value) -> put(labels, name, value));
        return labels;
    }

    private Map<String, String> common() {
        Map<String, String> asked = this.known;
        if (asked == null) {
            asked = new TreeMap<>(this.common.get());
            this.known = asked;
        }
        return asked;
    }

    private static void put(Map<String, String> labels, String name, String value) {
        if (value.isEmpty()) {
            return; // to an Alertmanager, as if there were none
        }
        String valid = NOT_ALLOWED.matcher(name).replaceAll("_");
        if (valid.isEmpty() || Character.isDigit(valid.charAt(0))) {
            valid = "_" + valid;
        }
        String free = valid;
        for (int number = 2; labels.containsKey(free); number++) {
            free = valid + "_" + number;
        }
        labels.put(free, value);
    }

}
