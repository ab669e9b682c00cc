package io.threadsafemetrics;

/**
 * Where a collector takes its time from. Windows follow the monotonic clock alone; the
 * wall clock serves only to write down instants, so a wall clock that jumps changes no
 * figure.
 * <p>
 * Implementations are called by any thread and must not block.
 *
 * @since 0.1.0
 */
public interface MetricsClock {

    /**
     * Returns the time since an arbitrary but fixed origin. Must not go back; where it
     * does the collector stands still until it has caught up.
     * @return nanoseconds, of any sign
     */
    long monotonicNanos();

    /**
     * Returns the time of day.
     * @return milliseconds since 1970-01-01T00:00:00Z
     */
    long wallClockMillis();

    /**
     * Returns the clock of the JVM: {@link System#nanoTime()} and
     * {@link System#currentTimeMillis()}.
     * @return the default clock
     */
    static MetricsClock system() {
        return SystemMetricsClock.INSTANCE;
    }

    /**
     * Returns a clock that costs less to read and is right to within 10 milliseconds: the
     * scheduler thread of the collector that uses it moves it on, as does every question.
     * Durations taken by a {@link Timing} stay precise.
     * @return a new clock, which stands still until a collector uses it
     */
    static MetricsClock coarse() {
        return new CoarseMetricsClock();
    }

}
