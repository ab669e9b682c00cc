package io.threadsafemetrics.sample.replay;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.threadsafemetrics.MetricsClock;
import io.threadsafemetrics.ThreadSafeMetricsCollector;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * Records a series again, faster than it once happened, and starts anew at its end. For
 * use by one thread.
 */
class LatencyReplay {

    static final String METRIC = "replay.latency";

    private final List<RecordedLatency> series;

    private final double speed;

    private final ThreadSafeMetricsCollector collector;

    private final MetricsClock clock;

    private long startNanos;

    private int next;

    /**
     * Creates a replay that starts now.
     * @param series the values, oldest first; at least one
     * @param speed how much faster than real time
     */
    LatencyReplay(List<RecordedLatency> series, double speed, ThreadSafeMetricsCollector collector,
            MetricsClock clock) {
        this.series = List.copyOf(series);
        this.speed = speed;
        this.collector = collector;
        this.clock = clock;
        this.startNanos = clock.monotonicNanos();
    }

    /**
     * Records the values that have come due: at most the rest of the series, however long
     * the last call was ago.
     */
    @Scheduled(fixedDelay = 50)
    void recordDue() {
        long elapsedNanos = this.clock.monotonicNanos() - this.startNanos;
        while (this.next < this.series.size() && dueNanos(this.next) <= elapsedNanos) {
            RecordedLatency latency = this.series.get(this.next++);
            this.collector.collect(METRIC, latency.millis(), Map.of(), Map.of("recordedAt", latency.at()));
        }
        if (this.next == this.series.size()) {
            this.next = 0;
            this.startNanos += elapsedNanos;
        }
    }

    /** When a value is due, counted from the start of the replay. */
    private long dueNanos(int index) {
        return (long) (Duration.between(this.series.get(0).at(), this.series.get(index).at()).toNanos() / this.speed);
    }

}
