package io.threadsafemetrics.benchmarks;

/**
 * How a figure is held against its bar.
 */
enum Comparison {

    /** The figure itself is at most the limit. */
    AT_MOST,

    /** The figure itself is below the limit. */
    LESS_THAN,

    /** The figure is at most so many times the other one. */
    RATIO,

    /** The figure is less than so many times the other one. */
    RATIO_LESS_THAN,

    /** The figure is at most so much above the other one. */
    DIFFERENCE,

    /** The other figure is at least so many times this one. */
    TIMES_FASTER;

    double measure(double figure, double other) {
        return switch (this) {
            case AT_MOST, LESS_THAN -> figure;
            case RATIO, RATIO_LESS_THAN -> figure / other;
            case DIFFERENCE -> figure - other;
            case TIMES_FASTER -> other / figure;
        };
    }

    boolean met(double measure, double limit) {
        return switch (this) {
            case AT_MOST, RATIO, DIFFERENCE -> measure <= limit;
            case LESS_THAN, RATIO_LESS_THAN -> measure < limit;
            case TIMES_FASTER -> measure >= limit;
        };
    }

    /** The unit of the measure, where the figures have the given one. */
    Unit unit(Unit figures) {
        return (this == AT_MOST || this == LESS_THAN || this == DIFFERENCE) ? figures : Unit.TIMES;
    }

    String bar(double limit, Unit figures) {
        String size = unit(figures).format(limit);
        return switch (this) {
            case AT_MOST, RATIO -> "≤ " + size;
            case LESS_THAN, RATIO_LESS_THAN -> "< " + size;
            case DIFFERENCE -> "≤ +" + size;
            case TIMES_FASTER -> "≥ " + size + " faster";
        };
    }

}
