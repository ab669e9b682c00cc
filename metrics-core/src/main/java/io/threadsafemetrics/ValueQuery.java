package io.threadsafemetrics;

import java.time.Duration;

import io.threadsafemetrics.internal.util.Checks;
import org.jspecify.annotations.Nullable;

/**
 * Which raw values to answer: how many, in which order, of which window and series.
 * Immutable: each method returns a changed copy.
 *
 * @since 0.1.0
 */
public final class ValueQuery {

    enum Order {

        NEWEST, LARGEST, SMALLEST

    }

    private final Order order;

    private final int limit;

    private final @Nullable Duration window;

    private final Tags filter;

    private ValueQuery(Order order, int limit, @Nullable Duration window, Tags filter) {
        this.order = order;
        this.limit = limit;
        this.window = window;
        this.filter = filter;
    }

    /**
     * Asks for the newest values, newest first.
     * @param limit how many at most: 1 or more
     * @return the query, over the whole retention and all series
     * @throws IllegalArgumentException if the limit is below 1
     */
    public static ValueQuery newest(int limit) {
        return of(Order.NEWEST, limit);
    }

    /**
     * Asks for the largest values, largest first; of equal ones the newest first.
     * @param limit how many at most: 1 or more
     * @return the query, over the whole retention and all series
     * @throws IllegalArgumentException if the limit is below 1
     */
    public static ValueQuery largest(int limit) {
        return of(Order.LARGEST, limit);
    }

    /**
     * Asks for the smallest values, smallest first; of equal ones the newest first.
     * @param limit how many at most: 1 or more
     * @return the query, over the whole retention and all series
     * @throws IllegalArgumentException if the limit is below 1
     */
    public static ValueQuery smallest(int limit) {
        return of(Order.SMALLEST, limit);
    }

    private static ValueQuery of(Order order, int limit) {
        Checks.range(limit, 1, Integer.MAX_VALUE, "limit");
        return new ValueQuery(order, limit, null, Tags.empty());
    }

    /**
     * Asks for values that are at most so old.
     * @param window the age: longer than zero; cut at the retention
     * @return the changed query
     * @throws IllegalArgumentException if the window is null, zero or negative
     */
    public ValueQuery window(Duration window) {
        return new ValueQuery(this.order, this.limit, Limits.window(window), this.filter);
    }

    /**
     * Asks for values of matching series only.
     * @param filter what their tags must match
     * @return the changed query
     */
    public ValueQuery filter(Tags filter) {
        return new ValueQuery(this.order, this.limit, this.window, Checks.notNull(filter, "filter"));
    }

    Order order() {
        return this.order;
    }

    int limit() {
        return this.limit;
    }

    @Nullable Duration window() {
        return this.window;
    }

    Tags filter() {
        return this.filter;
    }

}
