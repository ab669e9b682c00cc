package io.threadsafemetrics.spring.alert;

import java.time.Duration;
import java.util.Locale;

import io.threadsafemetrics.AggregationType;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.jspecify.annotations.Nullable;

/**
 * Says in words what a rule is about and what its figure is: on one line, whatever the
 * names hold.
 */
final class AlertSentence {

    private final AlertRule rule;

    private final @Nullable MetricDefinition metric;

    private AlertSentence(AlertRule rule, @Nullable MetricDefinition metric) {
        this.rule = rule;
        this.metric = metric;
    }

    static AlertSentence about(AlertRule rule, ThreadSafeMetricsCollector collector) {
        return new AlertSentence(rule,
                collector.findMetric(rule.metric()).map(ThreadSafeMetric::definition).orElse(null));
    }

    /**
     * Returns the whole sentence, as in "p99 of 'a.b' {region=eu} over 1m is 610 ms,
     * threshold above 500 ms".
     */
    String text(@Nullable Double value) {
        String tags = this.rule.tags().isEmpty() ? "" : " " + OneLine.of(this.rule.tags().toString());
        String window = window();
        return figure() + " of '" + OneLine.of(this.rule.metric()) + "'" + tags
                + ((window != null) ? " over " + window : "")
                + ((value != null) ? " is " + value(value) : " has no data") + ", threshold " + threshold();
    }

    private String figure() {
        return (this.rule.aggregation() == AggregationType.PERCENTILE) ? "p" + Quantity.number(this.rule.percentile())
                : this.rule.aggregation().name().toLowerCase(Locale.ROOT);
    }

    /** The value, also with all digits where fewer would make it the threshold. */
    private String value(double value) {
        String text = quantity(value);
        boolean alike = value != this.rule.threshold() && text.equals(quantity(this.rule.threshold()));
        return alike ? text + " (" + value + ")" : text;
    }

    private String threshold() {
        return (this.rule.above().isPresent() ? "above " : "below ") + quantity(this.rule.threshold());
    }

    /**
     * How far back the rule looks, null for the retention of a metric that is not there.
     */
    @Nullable String window() {
        Duration window = this.rule.window();
        if (window == null && this.metric != null) {
            window = this.metric.retentionWindow();
        }
        return (window != null) ? Quantity.of(window) : null;
    }

    private String quantity(double figure) {
        return switch (this.rule.aggregation()) {
            case COUNT -> Quantity.of(figure, null);
            case RATE -> Quantity.of(figure, null) + "/s";
            case SUM, AVERAGE, MIN, MAX, PERCENTILE ->
                Quantity.of(figure, (this.metric != null) ? this.metric.unit() : null);
        };
    }

}
