package io.threadsafemetrics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * A time that is being taken. Closing it records the seconds since it was started;
 * closing it again records nothing. Any thread may close it.
 *
 * @since 0.1.0
 */
public final class Timing implements AutoCloseable {

    private final MetricSeries series;

    private final MetricEngine engine;

    private final long startNanos;

    /** Checked by TimingStress (control: a flag read, and written after). */
    private final AtomicBoolean closed = new AtomicBoolean();

    Timing(MetricSeries series, MetricEngine engine) {
        this.series = series;
        this.engine = engine;
        this.startNanos = engine.timingNanos();
    }

    /**
     * Records the time since the start in seconds, once. Never throws.
     */
    @Override
    public void close() {
        if (this.closed.compareAndSet(false, true)) {
            long endNanos = this.engine.timingNanos();
            boolean failed = this.startNanos == MetricEngine.NO_TIME || endNanos == MetricEngine.NO_TIME;
            this.series.addValue(failed ? Double.NaN : (endNanos - this.startNanos) / 1e9);
        }
    }

    /**
     * Returns a duration in seconds, or NaN for null, which recording refuses.
     */
    static double seconds(@Nullable Duration duration) {
        return (duration == null) ? Double.NaN : duration.getSeconds() + duration.getNano() / 1e9;
    }

}
