package io.threadsafemetrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Metrics and series that come and go leave nothing behind.
 */
class MemoryChurnTests {

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.maxTagSets(100_000).maxMetrics(100_000));

    private final MemoryCheck memory = new MemoryCheck(this.collector, this.clock);

    @AfterEach
    void close() {
        this.collector.close();
    }

    private ThreadSafeMetric register(String name) {
        return this.collector.metric(MetricDefinition.timer(name).build());
    }

    private static List<MetricSeries> handles(ThreadSafeMetric metric, int count) {
        return IntStream.range(0, count).mapToObj((i) -> metric.series(Tags.of("id", "user-" + i))).toList();
    }

    private void registerAndUnregister(int round) {
        ThreadSafeMetric metric = register("a");
        metric.addValue(round, Tags.of("id", "user-" + round % 1000));
        this.collector.unregisterMetric("a");
    }

    @Test
    void aMetricRegisteredAndUnregisteredAMillionTimes() {
        // counters may grow once
        IntStream.range(0, 1000).forEach(this::registerAndUnregister);
        long reported = this.memory.reported();
        long retained = this.memory.retained();
        IntStream.range(0, 1_000_000).forEach(this::registerAndUnregister);
        assertThat(this.memory.reported()).isEqualTo(reported);
        assertThat(this.memory.retained()).isEqualTo(retained);
        this.memory.check();
    }

    @Test
    void manyMetricsUnregistered() {
        long reported = this.memory.reported();
        long retained = this.memory.retained();
        IntStream.range(0, 20_000).forEach((i) -> this.collector.registerMetric("metric." + i, MetricType.GAUGE));
        assertThat(this.memory.reported()).isGreaterThan(20_000 * 1000);
        for (int i = 0; i < 20_000; i++) {
            this.collector.unregisterMetric("metric." + i);
        }
        assertThat(this.memory.reported()).isEqualTo(reported);
        assertThat(this.memory.retained()).isCloseTo(retained, within(1000L));
        this.memory.check();
    }

    @Test
    void seriesRemovedOneByOne() {
        ThreadSafeMetric metric = register("a");
        addAndRemove(metric, 100); // cells and counters may grow once
        long reported = this.memory.reported();
        long retained = this.memory.retained();
        addAndRemove(metric, 5_000);
        assertThat(this.memory.reported()).isEqualTo(reported);
        assertThat(this.memory.retained()).isCloseTo(retained, within(1000L));
        this.memory.check();
    }

    private static void addAndRemove(ThreadSafeMetric metric, int count) {
        for (int i = 0; i < count; i++) {
            metric.addValue(i, Tags.of("id", "user-" + i), Map.of("order", "order-" + i));
            metric.removeSeries(Tags.of("id", "user-" + i));
        }
    }

    @Test
    void seriesResetWhileTheirHandlesAreKept() {
        ThreadSafeMetric metric = register("a");
        List<MetricSeries> handles = handles(metric, 100);
        resetAndRecord(metric, handles, 10); // cells grow at first
        long reported = this.memory.check().estimatedMemoryBytes();
        long retained = this.memory.retained();
        resetAndRecord(metric, handles, 5_000);
        assertThat(this.memory.check().estimatedMemoryBytes()).isEqualTo(reported);
        assertThat(this.memory.retained()).isCloseTo(retained, within(1000L));
        assertThat(metric.getStatistics().count()).isEqualTo(100);
    }

    private static void resetAndRecord(ThreadSafeMetric metric, List<MetricSeries> handles, int rounds) {
        for (int round = 0; round < rounds; round++) {
            metric.reset();
            handles.forEach((handle) -> handle.addValue(1));
        }
    }

    @Test
    void idleSeriesRemovedAndRestarted() {
        ThreadSafeMetric metric = register("a");
        List<MetricSeries> handles = handles(metric, 100);
        long reported = 0;
        for (int round = 0; round < 500; round++) {
            handles.forEach((handle) -> handle.addValue(1));
            reported = (round == 10) ? this.memory.check().estimatedMemoryBytes() : reported;
            if (round < 499) {
                this.clock.advance(Duration.ofHours(2));
                metric.cleanOldValues();
            }
        }
        assertThat(this.memory.check().estimatedMemoryBytes()).isEqualTo(reported);
        assertThat(metric.getStatistics().count()).isEqualTo(50_000);
    }

    @Test
    void aSeriesThatOutlivesManyOthers() {
        ThreadSafeMetric metric = register("a");
        List<MetricSeries> handles = handles(metric, 50_000);
        handles.forEach((handle) -> handle.addValue(1));
        this.clock.advance(Duration.ofHours(2));
        handles.get(handles.size() - 1).addValue(1);
        metric.cleanOldValues();
        assertThat(metric.getStatistics().seriesCount()).isEqualTo(1);
        this.memory.check();
    }

    @Test
    void newSeriesEachHour() {
        ThreadSafeMetric metric = register("a");
        for (int hour = 0; hour < 200; hour++) {
            for (int i = 0; i < 100; i++) {
                metric.addValue(1, Tags.of("job", hour + "." + i));
            }
            this.clock.advance(Duration.ofHours(1));
            metric.cleanOldValues();
        }
        assertThat(this.memory.check().estimatedMemoryBytes()).isLessThan(100_000);
        assertThat(metric.getStatistics().count()).isEqualTo(20_000);
    }

}
