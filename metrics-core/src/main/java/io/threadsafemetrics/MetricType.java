package io.threadsafemetrics;

/**
 * What the values of a metric mean.
 *
 * @since 0.1.0
 */
public enum MetricType {

    /**
     * Increments, zero or more each; the current value is their running total.
     */
    COUNTER,

    /**
     * Readings of a level that goes up and down; they are not added up for life.
     */
    GAUGE,

    /**
     * Sizes or amounts whose distribution matters.
     */
    HISTOGRAM,

    /**
     * Sizes or amounts whose distribution matters; told apart from {@link #HISTOGRAM} by
     * exporters only.
     */
    SUMMARY,

    /**
     * Durations in seconds, zero or more each.
     */
    TIMER,

    /**
     * Readings of a speed; like {@link #GAUGE} they are not added up for life.
     */
    RATE;

    /**
     * Whether a value below zero makes no sense for the type and is therefore refused.
     */
    boolean refusesNegativeValues() {
        return this == COUNTER || this == TIMER;
    }

    /**
     * Whether the sum of all values means something, so that it is kept for life.
     */
    boolean keepsTotal() {
        return this != GAUGE && this != RATE;
    }

}
