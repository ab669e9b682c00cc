package io.threadsafemetrics.spring.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.threadsafemetrics.AggregationType;
import io.threadsafemetrics.AlertRule;

/**
 * The alert rules about the collector itself that are there unless switched off. A
 * declared rule of the same name takes the place of one.
 */
final class BuiltInRules {

    static final String MEMORY = "threadsafe-metrics-memory";

    static final String REJECTED = "threadsafe-metrics-rejected";

    static final String OVERFLOW = "threadsafe-metrics-overflow";

    private static final Duration PRESENT = Duration.ofSeconds(1);

    private static final Duration LATELY = Duration.ofMinutes(5);

    private BuiltInRules() {
    }

    static List<AlertRule> of(BuiltInAlertProperties enabled) {
        List<AlertRule> rules = new ArrayList<>();
        if (enabled.memory().enabled()) {
            rules.add(memory());
        }
        if (enabled.rejected().enabled()) {
            rules.add(lately(REJECTED, AlertRule.VALUES_REJECTED,
                    "Values were refused in the last 5 minutes: the log says why"));
        }
        if (enabled.overflow().enabled()) {
            rules.add(lately(OVERFLOW, AlertRule.VALUES_OVERFLOWED,
                    "Values went to a series overflow=true in the last 5 minutes: a metric has too many tag sets"));
        }
        return rules;
    }

    /**
     * Where raw values or histograms are given up, the level stays near 0.85 or 0.9: in
     * between it is clearly lower than it was.
     */
    private static AlertRule memory() {
        return AlertRule.builder(MEMORY, AlertRule.MEMORY_USAGE)
            .window(PRESENT)
            .above(0.9)
            .resolveAt(0.88)
            .description("More than 90 % of threadsafe-metrics.max-memory is taken")
            .build();
    }

    private static AlertRule lately(String name, String metric, String description) {
        return AlertRule.builder(name, metric)
            .aggregation(AggregationType.SUM)
            .window(LATELY)
            .above(0)
            .description(description)
            .build();
    }

}
