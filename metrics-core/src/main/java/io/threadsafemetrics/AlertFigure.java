package io.threadsafemetrics;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What an alert rule compares with its threshold.
 *
 * @param value the figure, or null where there is none
 * @param refused whether the rule's window is longer than the metric remembers, so that
 * no answer can be had, which is not "no data"
 */
record AlertFigure(@Nullable Double value, boolean refused) {

    private static final AlertFigure NO_DATA = new AlertFigure(null, false);

    private static final AlertFigure REFUSED = new AlertFigure(null, true);

    /** Listeners of series are to be told after: the caller may hold a lock. */
    static AlertFigure of(AlertRule rule, @Nullable ThreadSafeMetric metric) {
        if (metric == null) {
            return NO_DATA;
        }
        Duration retention = metric.retentionWindow();
        if (isTooLong(rule.window(), retention)) {
            return REFUSED;
        }
        Duration window = (rule.window() != null) ? rule.window() : retention;
        WindowSnapshot snapshot = metric.windowUntold(window, rule.tags());
        return (snapshot.count() < rule.minCount()) ? NO_DATA
                : new AlertFigure(rule.aggregation().of(snapshot, rule.percentile()).getAsDouble(), false);
    }

    static boolean isTooLong(@Nullable Duration window, Duration retention) {
        return window != null && window.compareTo(retention) > 0;
    }

}
