package io.threadsafemetrics;

/**
 * Where an alert rule stands.
 *
 * @since 0.1.0
 */
public enum AlertState {

    /** Not breached. */
    OK,

    /** Breached, but not for as long as the rule asks. */
    PENDING,

    /** Breached for as long as the rule asks. */
    FIRING,

    /** No longer breached after it fired: the state of an event; the rule is then OK. */
    RESOLVED

}
