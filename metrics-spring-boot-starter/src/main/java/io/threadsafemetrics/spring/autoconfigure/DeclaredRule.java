package io.threadsafemetrics.spring.autoconfigure;

import java.util.Map;

import io.threadsafemetrics.AggregationType;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsProperties.Alert;

import static io.threadsafemetrics.spring.autoconfigure.InvalidPropertyException.apply;

/**
 * An alert rule, and the property that declares it.
 *
 * @param property the full name of the property
 * @param rule the rule
 */
record DeclaredRule(String property, AlertRule rule) {

    static DeclaredRule of(String property, String name, Alert alert) {
        apply(property, name, (value) -> AlertRule.builder(value, value));
        String metric = alert.metric();
        if (metric == null) {
            throw new InvalidPropertyException(property + ".metric", null, "be the name of a metric");
        }
        apply(property + ".metric", metric, (value) -> AlertRule.builder(name, value));
        AlertRule.Builder builder = AlertRule.builder(name, metric);
        applyFigure(property, alert, builder);
        applyThreshold(property, alert, builder);
        apply(property + ".min-count", alert.minCount(), builder::minCount);
        apply(property + ".hold-for", alert.holdFor(), builder::holdFor);
        apply(property + ".repeat-every", alert.repeatEvery(), builder::repeatEvery);
        apply(property + ".on-no-data", alert.onNoData(), builder::onNoData);
        apply(property + ".description", alert.description(), builder::description);
        apply(property + ".labels", alert.labels(), builder::labels);
        return new DeclaredRule(property, builder.build());
    }

    private static void applyFigure(String property, Alert alert, AlertRule.Builder builder) {
        builder.tags(tags(property + ".tags", alert.tags()));
        AggregationType aggregation = alert.aggregation();
        if (alert.percentile() != null && aggregation != null && aggregation != AggregationType.PERCENTILE) {
            throw new InvalidPropertyException(property + ".aggregation", aggregation,
                    "be PERCENTILE where 'percentile' is set");
        }
        apply(property + ".aggregation", aggregation, builder::aggregation);
        apply(property + ".percentile", alert.percentile(), builder::percentile);
        apply(property + ".window", alert.window(), builder::window);
    }

    private static Tags tags(String property, Map<String, String> given) {
        Tags tags = Tags.of(given);
        if (tags.isOverflow() && !given.equals(tags.asMap())) {
            throw new InvalidPropertyException(property, given,
                    "be at most 32 tags, of keys that are not blank, and of texts of at most 256 characters");
        }
        return tags;
    }

    private static void applyThreshold(String property, Alert alert, AlertRule.Builder builder) {
        if (alert.above() == null && alert.below() == null) {
            throw new InvalidPropertyException(property + ".above", null,
                    "be a finite number where 'below' is not set");
        }
        if (alert.above() != null && alert.below() != null) {
            throw new InvalidPropertyException(property + ".below", alert.below(),
                    "not be set where 'above' is (" + alert.above() + ")");
        }
        apply(property + ".above", alert.above(), builder::above);
        apply(property + ".below", alert.below(), builder::below);
        // build() compares it with the threshold
        apply(property + ".resolve-at", alert.resolveAt(), (figure) -> builder.resolveAt(figure).build());
    }

    /**
     * Adds the rule to a collector, which refuses a window above the metric's retention.
     */
    void addTo(ThreadSafeMetricsCollector collector) {
        if (this.rule.window() == null) {
            collector.addAlertRule(this.rule);
        }
        apply(this.property + ".window", this.rule.window(), (window) -> collector.addAlertRule(this.rule));
    }

}
