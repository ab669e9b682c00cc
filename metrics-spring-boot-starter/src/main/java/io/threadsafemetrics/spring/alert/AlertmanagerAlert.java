package io.threadsafemetrics.spring.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.threadsafemetrics.AlertEvent;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.AlertState;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.jspecify.annotations.Nullable;

/**
 * An alert as an Alertmanager is told of it.
 *
 * @param rule the rule
 * @param value the figure, null where there is no data
 * @param since when the breach began
 * @param end when it ended by the clock of this machine, which the Alertmanager compares
 * with its own; null while the rule fires
 */
record AlertmanagerAlert(AlertRule rule, @Nullable Double value, Instant since, @Nullable Instant end) {

    static AlertmanagerAlert of(AlertEvent event, Instant now) {
        return new AlertmanagerAlert(event.rule(), event.value(), event.since(),
                (event.state() == AlertState.RESOLVED) ? now : null);
    }

    boolean isFiring() {
        return this.end == null;
    }

    AlertmanagerAlert withValue(@Nullable Double newest) {
        return new AlertmanagerAlert(this.rule, newest, this.since, this.end);
    }

    AlertmanagerAlert endedAt(Instant now) {
        return new AlertmanagerAlert(this.rule, null, this.since, now);
    }

    /**
     * Returns the alert as Alertmanager's API has it.
     * @param labels what tells it from others: the same when it fires and when it ends
     * @param expiry when it is over unless it is told again
     */
    Map<String, Object> toJson(Map<String, String> labels, Instant expiry, ThreadSafeMetricsCollector collector) {
        Instant endsAt = (this.end != null) ? this.end : expiry;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("labels", labels);
        json.put("annotations", annotations(collector));
        // one that ends before it starts is refused
        json.put("startsAt", (this.since.isBefore(endsAt) ? this.since : endsAt).toString());
        json.put("endsAt", endsAt.toString());
        return json;
    }

    private Map<String, String> annotations(ThreadSafeMetricsCollector collector) {
        AlertSentence sentence = AlertSentence.about(this.rule, collector);
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", sentence.text(this.value));
        putIfPresent(annotations, "description", this.rule.description());
        putIfPresent(annotations, "value", (this.value != null) ? this.value.toString() : null);
        annotations.put("threshold", Double.toString(this.rule.threshold()));
        putIfPresent(annotations, "window", sentence.window());
        return annotations;
    }

    private static void putIfPresent(Map<String, String> annotations, String name, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            annotations.put(name, text);
        }
    }

    /** Whether it ended so long ago that the Alertmanager has ended it by itself. */
    boolean isExpired(Instant now, Duration expiry) {
        return this.end != null && !this.end.plus(expiry).isAfter(now);
    }

}
