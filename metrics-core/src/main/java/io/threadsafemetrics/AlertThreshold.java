package io.threadsafemetrics;

import io.threadsafemetrics.internal.util.Checks;
import io.threadsafemetrics.internal.util.Heap;
import org.jspecify.annotations.Nullable;

/**
 * Which figures are a breach, and which end one.
 *
 * @param above whether a breach is above the threshold, not below it
 * @param value the threshold
 * @param resolveAt the figure at which a breach ends: the threshold, or beyond it
 */
record AlertThreshold(boolean above, double value, double resolveAt) {

    static final long HEAP_BYTES = Heap.object(2 * Double.BYTES + 1);

    AlertThreshold {
        Checks.argument(above ? resolveAt <= value : resolveAt >= value, "resolveAt",
                () -> (above ? "be at most 'above' (" : "be at least 'below' (") + value + ")", resolveAt);
    }

    /**
     * Returns the one of two thresholds that is given.
     * @param resolveAt null for the threshold itself
     * @throws IllegalArgumentException if both are given or neither, or {@code resolveAt}
     * is on the wrong side
     */
    static AlertThreshold of(String rule, @Nullable Double above, @Nullable Double below, @Nullable Double resolveAt) {
        Double value = (above != null) ? above : below;
        if (value == null || (above != null && below != null)) {
            throw new IllegalArgumentException("rule " + Checks.shown(rule)
                    + " must have either 'above' or 'below' but had " + ((value == null) ? "neither" : "both"));
        }
        return new AlertThreshold(above != null, value, (resolveAt != null) ? resolveAt : value);
    }

    boolean isBreachedBy(double figure) {
        return this.above ? figure > this.value : figure < this.value;
    }

    /**
     * Whether a figure resolves a rule that fires.
     */
    boolean isResolvedBy(double figure) {
        return this.above ? figure <= this.resolveAt : figure >= this.resolveAt;
    }

    @Override
    public String toString() {
        return (this.above ? "above " : "below ") + this.value;
    }

}
