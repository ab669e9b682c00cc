package io.threadsafemetrics;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A transition of an alert rule, or a repeat of a firing one.
 *
 * @param rule the rule
 * @param state the state reached
 * @param value the figure that led to it; null where there was no data
 * @param at when the rule was evaluated
 * @param since when the breach began
 * @param repeat whether this tells again of a rule that fires still
 * @since 0.1.0
 */
public record AlertEvent(AlertRule rule, AlertState state, @Nullable Double value, Instant at, Instant since,
        boolean repeat) {

}
