package io.threadsafemetrics;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bytes reported are those that JOL finds, and come back when they are not needed.
 */
class MemoryTests {

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock, UnaryOperator.identity());

    private final MemoryCheck memory = new MemoryCheck(this.collector, this.clock);

    @AfterEach
    void close() {
        this.collector.close();
    }

    private long reported() {
        return this.memory.reported();
    }

    private ThreadSafeMetric register(String name) {
        return this.collector.metric(MetricDefinition.timer(name).build());
    }

    @Test
    void reportedBytesWhenThereIsNoMetric() {
        this.memory.check();
    }

    @Test
    void reportedBytesWhenThereAre1000Metrics() {
        for (int i = 0; i < 1000; i++) {
            register("metric." + i);
        }
        this.memory.check();
    }

    @Test
    void reportedBytesWhenMetricsHaveLongDescriptions() {
        for (int i = 0; i < 100; i++) {
            this.collector.metric(MetricDefinition.gauge("metric." + i)
                .unit("unit " + i)
                .description("x".repeat(10_000) + i)
                .build());
        }
        this.memory.check();
    }

    @Test
    void reportedBytesWhen1000MetricsHaveAValue() {
        for (int i = 0; i < 1000; i++) {
            register("metric." + i).addValue(i);
        }
        this.memory.check();
    }

    @Test
    void reportedBytesWhenAMetricHas1000Series() {
        ThreadSafeMetric metric = register("a");
        for (int i = 0; i < 1000; i++) {
            metric.addValue(i, Tags.of("uri", "/orders/" + i));
        }
        assertThat(metric.getStatistics().seriesCount()).isEqualTo(1000);
        this.memory.check();
    }

    @Test
    void reportedBytesWhenABusyMetricHasHistograms() {
        ThreadSafeMetric metric = register("a");
        Random random = new Random(1);
        for (int second = 0; second < 400; second++) {
            for (int i = 0; i < 500; i++) {
                metric.addValue(Math.exp(random.nextGaussian()));
            }
            this.clock.advance(Duration.ofSeconds(1));
        }
        this.memory.check();
    }

    @Test
    void reportedBytesWhenValuesHaveMetadata() {
        ThreadSafeMetric metric = register("a");
        for (int i = 0; i < 1000; i++) {
            metric.addValue(i, Tags.empty(), Map.of("trace", "trace-" + i, "size", 1000 + i, "at",
                    LocalDateTime.of(2020, 1, 1, 0, 0).plusSeconds(i), "id", new UUID(i, i), "first", i == 0));
        }
        this.memory.check();
    }

    @Test
    void reportedBytesWhenMetadataIsHuge() {
        ThreadSafeMetric metric = register("a");
        for (int i = 0; i < 3000; i++) {
            metric.addValue(i, Tags.empty(), Map.of("body", "ä".repeat(100_000) + i, "latin", "é".repeat(10)));
        }
        this.memory.check();
    }

    @Test
    void reportedBytesWhenMetadataHasTimesWithZones() {
        ThreadSafeMetric metric = register("a");
        for (int i = 0; i < 1000; i++) {
            metric.addValue(i, Tags.empty(),
                    Map.of("offset", time(i).atOffset(ZoneOffset.UTC), "zone", time(i).atZone(ZoneOffset.UTC), "time",
                            time(i).atOffset(ZoneOffset.UTC).toOffsetTime(), "date", time(i).toLocalDate(), "long",
                            1_000_000L + i, "double", 0.5 + i));
        }
        this.memory.check();
    }

    /** One that shares neither its date nor its time with another. */
    private static LocalDateTime time(int i) {
        return LocalDateTime.of(2020, 1, 1, 1, 1).plusDays(i).plusSeconds(i);
    }

    @Test
    void reportedBytesWhenTagsNeedTwoBytesACharacter() {
        ThreadSafeMetric metric = register("a");
        for (int i = 0; i < 500; i++) {
            metric.addValue(i, Tags.of("地域", "東".repeat(240) + i));
        }
        this.memory.check();
    }

    @Test
    void reportedBytesOfAMetricAreMostOfTheCollectors() {
        ThreadSafeMetric metric = register("a");
        long empty = reported() - metric.getStatistics().memoryUsageBytes();
        for (int i = 0; i < 500; i++) {
            metric.addValue(i, Tags.of("uri", "/orders/" + i));
        }
        assertThat(metric.getStatistics().memoryUsageBytes()).isEqualTo(reported() - empty);
        assertThat(metric.series(Tags.of("uri", "/orders/1")).lifetime().memoryUsageBytes()).isBetween(300L, 2000L);
    }

    private void fill(ThreadSafeMetric metric) {
        for (int i = 0; i < 2000; i++) {
            metric.addValue(i, Tags.of("uri", "/orders/" + i), Map.of("trace", "trace-" + i));
            this.clock.advance(Duration.ofMillis(10));
        }
    }

    @Test
    void unregisterMetricGivesAllBytesBack() {
        long before = reported();
        fill(register("a"));
        assertThat(reported()).isGreaterThan(before + 100_000);
        this.collector.unregisterMetric("a");
        assertThat(reported()).isEqualTo(before);
        this.memory.check();
    }

    @Test
    void resetGivesAllBytesOfValuesAndSeriesBack() {
        ThreadSafeMetric metric = register("a");
        long before = reported();
        fill(metric);
        metric.reset();
        assertThat(reported()).isEqualTo(before);
        this.memory.check();
    }

    @Test
    void cleanOldValuesGivesTheBytesOfExpiredValuesBack() {
        ThreadSafeMetric metric = register("a");
        fill(metric);
        long full = reported();
        this.clock.advance(Duration.ofMinutes(6));
        metric.cleanOldValues();
        assertThat(reported()).isLessThan(full - 100_000);
        this.memory.check();
        this.clock.advance(Duration.ofHours(1));
        metric.cleanOldValues();
        assertThat(metric.getStatistics().seriesCount()).isZero();
        assertThat(reported()).isLessThan(10_000);
        this.memory.check();
    }

    @Test
    void reportedBytesComeBackAfterManyRounds() {
        ThreadSafeMetric metric = register("a");
        long before = reported();
        AtomicInteger round = new AtomicInteger();
        while (round.getAndIncrement() < 20) {
            fill(metric);
            metric.cleanOldValues();
            metric.reset();
        }
        assertThat(reported()).isEqualTo(before);
    }

}
