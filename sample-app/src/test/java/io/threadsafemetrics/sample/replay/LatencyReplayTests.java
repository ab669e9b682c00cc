package io.threadsafemetrics.sample.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.MetricValue;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.ValueQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LatencyReplayTests {

    private static final Instant START = Instant.parse("2014-03-07T00:00:00Z");

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .clock(this.clock)
        .cleanupInterval(Duration.ZERO)
        .build();

    private final LatencyReplay replay = new LatencyReplay(List.of(at(0, 10), at(60, 20), at(60, 30), at(180, 40)), 60,
            this.collector, this.clock);

    private static RecordedLatency at(long seconds, double millis) {
        return new RecordedLatency(START.plusSeconds(seconds), millis);
    }

    @BeforeEach
    void register() {
        this.collector.registerMetric(LatencyReplay.METRIC, MetricType.HISTOGRAM);
    }

    @AfterEach
    void close() {
        this.collector.close();
    }

    @Test
    void recordDueRecordsEachValueOnceAtItsTime() {
        this.replay.recordDue();
        this.replay.recordDue();
        assertThat(recorded()).containsExactly(10.0);
        this.clock.advance(Duration.ofMillis(999));
        this.replay.recordDue();
        assertThat(recorded()).containsExactly(10.0);
        this.clock.advance(Duration.ofMillis(1));
        this.replay.recordDue();
        assertThat(recorded()).containsExactly(10.0, 20.0, 30.0);
    }

    @Test
    void recordDueKeepsWhenTheValueWasRecordedFirst() {
        this.replay.recordDue();
        assertThat(values().get(0).metadata()).containsEntry("recordedAt", START);
    }

    @Test
    void recordDueWhenAtTheEndStartsAnew() {
        this.clock.advance(Duration.ofSeconds(3));
        this.replay.recordDue();
        assertThat(recorded()).containsExactly(10.0, 20.0, 30.0, 40.0);
        this.replay.recordDue();
        this.clock.advance(Duration.ofSeconds(1));
        this.replay.recordDue();
        assertThat(recorded()).containsExactly(10.0, 20.0, 30.0, 40.0, 10.0, 20.0, 30.0);
    }

    @Test
    void recordDueWhenLongOverdueRecordsTheSeriesOnce() {
        this.clock.advance(Duration.ofDays(1));
        this.replay.recordDue();
        assertThat(recorded()).hasSize(4);
    }

    private List<Double> recorded() {
        List<Double> recorded = new ArrayList<>(values().stream().map(MetricValue::value).toList());
        Collections.reverse(recorded); // they come newest first
        return recorded;
    }

    private List<MetricValue> values() {
        ThreadSafeMetric metric = this.collector.findMetric(LatencyReplay.METRIC).orElseThrow();
        return metric.values(ValueQuery.newest(100));
    }

}
