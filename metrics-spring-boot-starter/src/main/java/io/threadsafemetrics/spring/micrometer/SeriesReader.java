package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

import io.threadsafemetrics.CumulativeHistogram;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.MetricStatistics;
import io.threadsafemetrics.MetricValue;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ValueQuery;
import org.jspecify.annotations.Nullable;

/**
 * Reads the figures of a series when a registry asks, and never throws: a scrape must not
 * fail because of one series. Any thread may use it.
 */
final class SeriesReader implements Outgoing {

    /*
     * A registry asks for count and total one after the other. The count leaves its
     * reading behind; the total takes it, where the same thread asks at once, so that
     * both are of one instant. Whoever asks otherwise gets a reading of their own.
     */
    private static final long PAIR_NANOS = 1_000_000;

    private static final int LARGEST = 20;

    private static final long CREATED_JITTER_MILLIS = 1000;

    private final MetricSeries series;

    private final Duration retentionWindow;

    private volatile @Nullable Reading left;

    private volatile long createdMillis;

    SeriesReader(ThreadSafeMetric metric, MetricSeries series) {
        this.series = series;
        Duration retention = metric.definition().retentionWindow();
        this.retentionWindow = (retention != null) ? retention : Duration.ofMinutes(5);
    }

    double count() {
        Reading reading = read();
        this.left = reading;
        return reading.count();
    }

    /** The sum of all values: that of the reading of {@link #count()} if just called. */
    double total() {
        Reading reading = this.left;
        this.left = null;
        return ((reading != null && reading.isJustRead()) ? reading : read()).total();
    }

    /** The newest value, NaN before the first one. */
    double current() {
        return read().current();
    }

    /** The largest value of the retention window, empty where there is none. */
    OptionalDouble max() {
        try {
            return this.series.window(this.retentionWindow).max();
        }
        catch (RuntimeException ex) { // a user's clock
            return OptionalDouble.empty();
        }
    }

    /** A percentile of the retention window, NaN where there is no value. */
    double percentile(double percentile) {
        try {
            return this.series.window(this.retentionWindow).percentile(percentile).orElse(Double.NaN);
        }
        catch (RuntimeException ex) { // a user's clock
            return Double.NaN;
        }
    }

    /** How all values are spread, null where nothing is kept of that. */
    @Nullable CumulativeHistogram histogram() {
        try {
            return this.series.histogram().orElse(null);
        }
        catch (RuntimeException ex) { // a user's clock
            return null;
        }
    }

    /** A few of the largest values that are kept one by one, the largest first. */
    List<MetricValue> largest() {
        try {
            return this.series.values(ValueQuery.largest(LARGEST));
        }
        catch (RuntimeException ex) { // a user's clock
            return List.of();
        }
    }

    /** When the series began, in milliseconds since 1970. */
    long createdMillis() {
        try {
            return createdMillis(this.series.lifetime().createdTime());
        }
        catch (RuntimeException ex) { // a user's clock
            return this.createdMillis;
        }
    }

    /**
     * Returns a time of creation that does not change with the rounding of the wall
     * clock, which Prometheus would take for another series.
     */
    long createdMillis(Instant created) {
        long millis = created.toEpochMilli();
        if (Math.abs(millis - this.createdMillis) > CREATED_JITTER_MILLIS) {
            this.createdMillis = millis;
        }
        return this.createdMillis;
    }

    private Reading read() {
        try {
            MetricStatistics lifetime = this.series.lifetime();
            Double current = lifetime.currentValue();
            return new Reading(lifetime.count(), lifetime.totalValue(), (current != null) ? current : Double.NaN,
                    Thread.currentThread(), System.nanoTime());
        }
        catch (RuntimeException ex) { // a user's clock
            return new Reading(0, 0.0, Double.NaN, Thread.currentThread(), System.nanoTime());
        }
    }

    private record Reading(long count, double total, double current, Thread reader, long nanos) {

        boolean isJustRead() {
            return this.reader == Thread.currentThread() && System.nanoTime() - this.nanos < PAIR_NANOS;
        }

    }

}
