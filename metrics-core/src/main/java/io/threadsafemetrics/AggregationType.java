package io.threadsafemetrics;

import java.util.OptionalDouble;

/**
 * The figures that a window can be asked for. A window without values has none of them.
 *
 * @since 0.1.0
 */
public enum AggregationType {

    /** The sum of the values. */
    SUM,

    /** The arithmetic mean of the values. */
    AVERAGE,

    /** The smallest value. */
    MIN,

    /** The largest value. */
    MAX,

    /** The number of values. */
    COUNT,

    /** The percentile that is asked for, the 95th where none is named. */
    PERCENTILE,

    /** Values per second of the answer's span; {@code 0.0} for a single value. */
    RATE;

    static final double DEFAULT_PERCENTILE = 95.0;

    /**
     * Returns the figure of a window, empty where that has no value.
     * @param percentile of consequence to {@link #PERCENTILE} only
     */
    OptionalDouble of(WindowSnapshot window, double percentile) {
        if (window.count() == 0) {
            return OptionalDouble.empty();
        }
        return switch (this) {
            case SUM -> OptionalDouble.of(window.sum());
            case AVERAGE -> window.average();
            case MIN -> window.min();
            case MAX -> window.max();
            case COUNT -> OptionalDouble.of((double) window.count());
            case PERCENTILE -> window.percentile(percentile);
            case RATE -> OptionalDouble.of(window.rate());
        };
    }

}
