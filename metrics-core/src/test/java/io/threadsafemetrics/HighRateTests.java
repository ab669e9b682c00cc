package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A million values a minute into a metric that keeps 1,000 raw and remembers 5 minutes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HighRateTests {

    private static final int VALUES_PER_MINUTE = 1_000_000;

    private static final Duration BETWEEN_VALUES = Duration.ofMinutes(1).dividedBy(VALUES_PER_MINUTE);

    private static final Duration RETENTION = Duration.ofMinutes(5);

    private static final Tags EU = Tags.of("region", "eu");

    private static final Tags US = Tags.of("region", "us");

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder().clock(this.clock).build();

    private final ThreadSafeMetric metric = this.collector
        .metric(MetricDefinition.timer("latency").maxValues(1_000).retentionWindow(RETENTION).build());

    private final double[] values = new double[6 * VALUES_PER_MINUTE];

    private final boolean[] inEu = new boolean[this.values.length];

    @BeforeAll
    void recordSixMinutes() {
        Random random = new Random(8);
        MetricSeries eu = this.metric.series(EU);
        MetricSeries us = this.metric.series(US);
        boolean accepted = true;
        for (int i = 0; i < this.values.length; i++) {
            this.clock.advance(BETWEEN_VALUES);
            this.inEu[i] = random.nextInt(4) == 0;
            this.values[i] = 0.05 * Math.exp(random.nextGaussian()) * (this.inEu[i] ? 3 : 1);
            accepted &= (this.inEu[i] ? eu : us).addValue(this.values[i]);
        }
        assertThat(accepted).isTrue();
    }

    @AfterAll
    void close() {
        this.collector.close();
    }

    @ParameterizedTest
    @CsvSource({ "PT0.05S,true", "PT1S,false", "PT1M,false", "PT2M,false", "PT3M20S,false", "PT5M,false" })
    void windowOfAnyLengthIsThatOfItsSpan(Duration window, boolean exact) {
        for (Tags filter : new Tags[] { Tags.empty(), EU }) {
            WindowSnapshot snapshot = this.metric.window(window, filter);
            check(snapshot, now() - window.toNanos(), now(), filter);
            assertThat(snapshot.exact()).isEqualTo(exact);
            assertThat(snapshot.count()).isPositive();
        }
    }

    @Test
    void pastSpanIsThatOfItsSpan() {
        Instant wallClock = Instant.ofEpochMilli(this.clock.wallClockMillis());
        for (Duration from = RETENTION; from.toSeconds() > 20; from = from.multipliedBy(2).dividedBy(3)) {
            Duration to = from.dividedBy(2);
            WindowSnapshot snapshot = this.metric.window(wallClock.minus(from), wallClock.minus(to), EU);
            check(snapshot, now() - from.toNanos(), now() - to.toNanos(), EU);
        }
    }

    @Test
    void rateIsThatOfTheValuesRecorded() {
        assertThat(this.metric.window(Duration.ofMinutes(1)).rate()).isBetween(VALUES_PER_MINUTE / 60.0 * 0.99999,
                VALUES_PER_MINUTE / 60.0 * 1.00001);
    }

    @Test
    void groupsAndPointsAddUpToTheWhole() {
        long count = this.metric.window(RETENTION).count();
        assertThat(this.metric.windowBy("region", RETENTION, Tags.empty())
            .values()
            .stream()
            .mapToLong(WindowSnapshot::count)
            .sum()).isEqualTo(count);
        assertThat(this.metric.timeline(RETENTION, Duration.ofSeconds(7), Tags.empty())
            .stream()
            .mapToLong(WindowSnapshot::count)
            .sum()).isEqualTo(count);
    }

    @Test
    void lifetimeHoldsEveryValueInFewBytes() {
        MetricStatistics statistics = this.metric.getStatistics();
        assertThat(statistics.count()).isEqualTo(6L * VALUES_PER_MINUTE);
        assertThat(statistics.valuesStored()).isEqualTo(1_000);
        assertThat(statistics.memoryUsageBytes()).isLessThan(512 * 1024);
        assertThat(this.collector.getSystemStatistics().totalValuesCollected()).isEqualTo(6L * VALUES_PER_MINUTE);
    }

    private void check(WindowSnapshot snapshot, long from, long to, Tags filter) {
        SnapshotCheck check = new SnapshotCheck(new ValueModel(1_000), "(from " + from + " " + filter + ")", now(),
                Instant.ofEpochMilli(this.clock.wallClockMillis()));
        check.checkSpan(snapshot, from, to);
        int first = (int) -Math.floorDiv(-check.from(snapshot), BETWEEN_VALUES.toNanos());
        int last = (int) (check.to(snapshot) / BETWEEN_VALUES.toNanos());
        // value i was recorded after i + 1 steps
        double[] sorted = IntStream.range(first - 1, last)
            .filter((i) -> filter.isEmpty() || filter.equals(EU) == this.inEu[i])
            .mapToDouble((i) -> this.values[i])
            .toArray();
        Arrays.sort(sorted);
        check.checkFigures(snapshot, sorted, first > this.values.length - 1_000);
    }

    private long now() {
        return this.clock.monotonicNanos();
    }

}
