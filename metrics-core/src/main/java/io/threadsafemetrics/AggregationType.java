package io.threadsafemetrics;

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
    RATE

}
