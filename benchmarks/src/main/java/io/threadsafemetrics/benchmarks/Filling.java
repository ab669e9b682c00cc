package io.threadsafemetrics.benchmarks;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * Records values that lie evenly over a span, on a clock that this moves.
 */
final class Filling {

    private static final int MAX_STEPS = 10_000;

    private Filling() {
    }

    /**
     * Records values and moves the clock on by the span.
     * @param values how many
     * @param span over which time
     * @param clock moves the clock on
     * @param target records a value
     */
    static void fill(int values, Duration span, Consumer<Duration> clock, DoubleConsumer target) {
        int steps = Math.min(values, MAX_STEPS);
        long done = 0;
        for (int step = 1; step <= steps; step++) {
            clock.accept(span.dividedBy(steps));
            long until = (long) values * step / steps;
            while (done < until) {
                target.accept(SampleValues.at(done++));
            }
        }
    }

}
