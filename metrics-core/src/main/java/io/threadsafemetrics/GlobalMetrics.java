package io.threadsafemetrics;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

import io.threadsafemetrics.internal.util.Checks;
import org.jspecify.annotations.Nullable;

/**
 * A collector for code that nobody hands one to. Prefer a collector of your own.
 * <p>
 * It is the one installed last; without one, a collector with default limits is created
 * on first use. Any thread may call any method.
 *
 * @since 0.1.0
 */
public final class GlobalMetrics {

    private static final Object lock = new Object();

    // guarded by lock
    private static final Deque<Installation> installations = new ArrayDeque<>();

    private static @Nullable ThreadSafeMetricsCollector created; // guarded by lock

    /**
     * What get() answers; written under the lock, null where it has to be found out.
     * Checked by GlobalMetricsStress (control: written after the lock was given back) and
     * GlobalMetricsRaceTests.
     */
    private static volatile @Nullable ThreadSafeMetricsCollector current;

    private GlobalMetrics() {
    }

    /**
     * Returns the global collector.
     * @return the one installed last, or one created for the purpose
     */
    public static ThreadSafeMetricsCollector get() {
        ThreadSafeMetricsCollector known = current;
        return (known != null) ? known : find();
    }

    private static ThreadSafeMetricsCollector find() {
        synchronized (lock) {
            Installation last = installations.peek();
            ThreadSafeMetricsCollector found = (last != null) ? last.collector : created;
            if (found == null) {
                found = ThreadSafeMetricsCollector.create();
                created = found;
            }
            current = found;
            return found;
        }
    }

    /**
     * Closes the collector that {@link #get()} created, if any, and forgets it. A
     * collector that was installed stays as it is.
     */
    public static void reset() {
        ThreadSafeMetricsCollector old;
        synchronized (lock) {
            old = created;
            created = null;
            current = null;
        }
        if (old != null) {
            old.close();
        }
    }

    /**
     * Makes a collector the global one.
     * @param collector the collector; closing it remains the caller's business
     * @return what ends that: closing it makes the collector before it the global one
     * again
     */
    public static AutoCloseable install(ThreadSafeMetricsCollector collector) {
        Installation installation = new Installation(Checks.notNull(collector, "collector"));
        synchronized (lock) {
            installations.push(installation);
            current = null;
        }
        return installation;
    }

    /**
     * Records a value without tags.
     * @param name the metric's name
     * @param value the value
     * @return false if it was refused
     * @see ThreadSafeMetricsCollector#collect(String, double)
     */
    public static boolean collect(@Nullable String name, double value) {
        return get().collect(name, value);
    }

    /**
     * Records a value.
     * @param name the metric's name
     * @param value the value
     * @param tags its tags; null is none
     * @return false if it was refused
     * @see ThreadSafeMetricsCollector#collect(String, double, Map)
     */
    public static boolean collect(@Nullable String name, double value, @Nullable Map<String, String> tags) {
        return get().collect(name, value, tags);
    }

    /**
     * Records a value with metadata.
     * @param name the metric's name
     * @param value the value
     * @param tags its tags; null is none
     * @param metadata what to keep beside it; null is none
     * @return false if it was refused
     * @see ThreadSafeMetricsCollector#collect(String, double, Map, Map)
     */
    public static boolean collect(@Nullable String name, double value, @Nullable Map<String, String> tags,
            @Nullable Map<String, ?> metadata) {
        return get().collect(name, value, tags, metadata);
    }

    /**
     * Registers a metric with the collector's limits.
     * @param name 1 to 255 characters, not blank
     * @param type the type
     * @return false if the name is taken, there is no room, or the collector is closed
     */
    public static boolean registerMetric(String name, MetricType type) {
        return get().registerMetric(name, type);
    }

    /**
     * Registers a metric with limits of its own.
     * @param name 1 to 255 characters, not blank
     * @param type the type
     * @param maxValues how many raw values are kept: 1 or more
     * @param retentionWindow how far back it remembers: longer than zero
     * @return false if the name is taken, there is no room, or the collector is closed
     */
    public static boolean registerMetric(String name, MetricType type, int maxValues, Duration retentionWindow) {
        return get().registerMetric(name, type, maxValues, retentionWindow);
    }

    /**
     * Registers a metric.
     * @param definition what it is
     * @return false if the name is taken, there is no room, or the collector is closed
     */
    public static boolean registerMetric(MetricDefinition definition) {
        return get().registerMetric(definition);
    }

    private static final class Installation implements AutoCloseable {

        private final ThreadSafeMetricsCollector collector;

        Installation(ThreadSafeMetricsCollector collector) {
            this.collector = collector;
        }

        @Override
        public void close() {
            synchronized (lock) {
                installations.remove(this);
                current = null;
            }
        }

    }

}
