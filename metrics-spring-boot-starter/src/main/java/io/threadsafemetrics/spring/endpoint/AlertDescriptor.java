package io.threadsafemetrics.spring.endpoint;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.threadsafemetrics.ActiveAlert;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.AlertState;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.jspecify.annotations.Nullable;

/**
 * An alert rule that is breached now, see {@link ActiveAlert}. What is null is absent
 * from the JSON.
 *
 * @param rule the rule's name
 * @param metric the metric's name
 * @param state PENDING or FIRING
 * @param value the figure at the last evaluation; null where there was no data
 * @param threshold the threshold that it is beyond
 * @param since when the breach began
 * @param description what the rule is for, null where it has none
 * @param labels what travels with the rule's events, null where there is nothing
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertDescriptor(String rule, String metric, AlertState state, @Nullable Double value, double threshold,
        Instant since, @Nullable String description, @Nullable Map<String, String> labels) {

    /**
     * Returns the alerts of a collector whose metrics are wanted.
     */
    static List<AlertDescriptor> of(ThreadSafeMetricsCollector collector, Predicate<String> metrics) {
        List<ActiveAlert> active = collector.getActiveAlerts();
        Map<String, AlertRule> rules = new HashMap<>();
        collector.getAlertRules().forEach((rule) -> rules.put(rule.name(), rule));
        return active.stream()
            .filter((alert) -> metrics.test(alert.metric()))
            .map((alert) -> of(alert, rules.get(alert.rule())))
            .toList();
    }

    /** The rule is null where it was removed just now. */
    private static AlertDescriptor of(ActiveAlert alert, @Nullable AlertRule rule) {
        Map<String, String> labels = (rule != null) ? rule.labels() : Map.of();
        return new AlertDescriptor(alert.rule(), alert.metric(), alert.state(), alert.value(), alert.threshold(),
                alert.since(), (rule != null) ? rule.description() : null, labels.isEmpty() ? null : labels);
    }

}
