package io.threadsafemetrics;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphStats;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A series without values gives its memory back, then its place.
 */
class IdleSeriesMemoryTests {

    private static final int SERIES = 1000;

    private static final Duration RETENTION = Duration.ofMinutes(5);

    private static final Duration TTL = Duration.ofMinutes(20);

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.retentionWindow(RETENTION).idleSeriesTtl(TTL).maxTagSets(SERIES));

    private final MemoryCheck memory = new MemoryCheck(this.collector, this.clock);

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.histogram("a").build());

    private final long empty = this.memory.retained();

    private final List<Tags> sets = IntStream.range(0, SERIES).mapToObj((i) -> Tags.of("id", "user-" + i)).toList();

    private final List<MetricSeries> handles = this.sets.stream().map(this.metric::series).toList();

    @AfterEach
    void close() {
        this.collector.close();
    }

    /** Wide histograms, several slots each, raw values, metadata none. */
    private void recordForTenSeconds() {
        Random random = new Random(1);
        for (int second = 0; second < 10; second++) {
            for (MetricSeries handle : this.handles) {
                for (int i = 0; i < 70; i++) {
                    handle.addValue(Math.exp(random.nextGaussian()));
                }
            }
            this.clock.advance(Duration.ofSeconds(1));
        }
    }

    private void idle(Duration duration) {
        this.clock.advance(duration);
        this.metric.cleanOldValues();
    }

    @Test
    void afterARetentionWindowOnlyLifetimeFiguresRemain() {
        recordForTenSeconds();
        long full = this.memory.check().estimatedMemoryBytes();
        MetricStatistics before = this.handles.get(7).lifetime();
        idle(RETENTION.plusSeconds(20));
        long idle = this.memory.check().estimatedMemoryBytes();
        long tags = GraphStats.parseInstance(this.sets.toArray()).totalSize();
        assertThat((full - this.empty) / SERIES).isGreaterThan(2_000);
        assertThat((this.memory.retained() - this.empty - tags) / SERIES).isBetween(100L, 500L);
        assertThat((idle - this.empty - tags) / SERIES).isBetween(100L, 500L);
        MetricStatistics after = this.handles.get(7).lifetime();
        assertThat(after.count()).isEqualTo(before.count()).isEqualTo(700);
        assertThat(after.totalValue()).isEqualTo(before.totalValue());
        assertThat(after.minValue()).isEqualTo(before.minValue());
        assertThat(after.maxValue()).isEqualTo(before.maxValue());
        assertThat(after.memoryUsageBytes()).isLessThan(before.memoryUsageBytes());
        assertThat(this.metric.window(RETENTION).count()).isZero();
    }

    @Test
    void afterTheTimeToLiveNothingRemainsButWhatTheMetricCounted() {
        recordForTenSeconds();
        MetricStatistics before = this.metric.getStatistics();
        idle(TTL.minusSeconds(2)); // the last value is a second old
        assertThat(this.metric.getStatistics().seriesCount()).isEqualTo(SERIES);
        idle(Duration.ofSeconds(1));
        MetricStatistics after = this.metric.getStatistics();
        assertThat(after.seriesCount()).isZero();
        assertThat(after.count()).isEqualTo(before.count()).isEqualTo(700 * SERIES);
        assertThat(after.totalValue()).isEqualTo(before.totalValue());
        this.memory.check();
        assertThat(this.memory.retained()).isBetween(this.empty, this.empty + 1000);
    }

    @Test
    void theHandleOfARemovedSeriesStartsItAnew() {
        recordForTenSeconds();
        idle(TTL);
        assertThat(this.handles.get(7).addValue(3)).isTrue();
        assertThat(this.handles.get(7).lifetime().count()).isEqualTo(1);
        assertThat(this.metric.getStatistics().seriesCount()).isEqualTo(1);
        assertThat(this.metric.getStatistics().count()).isEqualTo(700 * SERIES + 1);
        assertThat(this.metric.window(RETENTION, this.sets.get(7)).sum()).isEqualTo(3);
        this.memory.check();
    }

    @Test
    void placesOfRemovedSeriesAreFree() {
        recordForTenSeconds();
        idle(TTL);
        for (int i = 0; i < SERIES; i++) {
            this.metric.addValue(1, Tags.of("other", "" + i));
        }
        assertThat(this.collector.getSystemStatistics().overflowedValues()).isZero();
        this.metric.addValue(1, Tags.of("other", "one too many"));
        assertThat(this.collector.getSystemStatistics().overflowedValues()).isEqualTo(1);
        this.memory.check();
    }

}
