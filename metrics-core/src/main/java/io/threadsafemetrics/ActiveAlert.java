package io.threadsafemetrics;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An alert rule that is breached now.
 *
 * @param rule the rule's name
 * @param metric the metric's name
 * @param state PENDING or FIRING
 * @param value the figure at the last evaluation; null where there was no data
 * @param threshold the threshold that it is beyond
 * @param since when the breach began
 * @since 0.1.0
 */
public record ActiveAlert(String rule, String metric, AlertState state, @Nullable Double value, double threshold,
        Instant since) {

}
