package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Spans in the past and timelines: one value a second, a second's number its value.
 */
class PastWindowTests {

    private static final Instant START = Instant.parse("2024-05-01T12:00:00Z");

    private final ManualClock clock = new ManualClock(START);

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.retentionWindow(Duration.ofMinutes(1)));

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.histogram("a").build());

    @BeforeEach
    void recordASecond() {
        for (int second = 0; second <= 30; second++) {
            this.metric.addValue(second, Tags.of("parity", (second % 2 == 0) ? "even" : "odd"));
            this.clock.advance(Duration.ofSeconds(1));
        }
    }

    @AfterEach
    void close() {
        this.collector.close();
    }

    private WindowSnapshot window(long from, long to) {
        return this.metric.window(START.plusSeconds(from), START.plusSeconds(to), Tags.empty());
    }

    @Test
    void windowOfAPastSpanHasItsValuesBothEndsIncluded() {
        WindowSnapshot window = window(10, 20);
        assertThat(window.min()).hasValue(10);
        assertThat(window.max()).hasValue(20);
        assertThat(window.count()).isEqualTo(11);
        assertThat(window.from()).isEqualTo(START.plusSeconds(10));
        assertThat(window.to()).isEqualTo(START.plusSeconds(20));
    }

    @Test
    void windowOfAPastSpanTakesMatchingSeriesOnly() {
        assertThat(this.metric.window(START.plusSeconds(10), START.plusSeconds(20), Tags.of("parity", "odd")).count())
            .isEqualTo(5);
    }

    @Test
    void windowThatReachesIntoTheFutureIsCutAtThePresent() {
        WindowSnapshot window = window(29, 100);
        assertThat(window.count()).isEqualTo(2);
        assertThat(window.to()).isEqualTo(START.plusSeconds(31));
    }

    @Test
    void windowThatReachesBackBeyondTheRetentionIsCutThere() {
        this.clock.advance(Duration.ofSeconds(40));
        WindowSnapshot window = window(-1000, 12);
        assertThat(window.from()).isEqualTo(START.plusSeconds(11));
        assertThat(window.count()).isEqualTo(2);
    }

    @Test
    void windowInTheFutureIsEmpty() {
        this.metric.addValue(99); // at this very moment
        assertThat(window(32, 100).count()).isZero();
        assertThat(this.metric.window(START.plusSeconds(32), Instant.MAX, Tags.empty()).count()).isZero();
        assertThat(window(31, 100).count()).isEqualTo(1);
    }

    @Test
    void windowBeforeTheRetentionIsEmpty() {
        this.clock.advance(Duration.ofSeconds(40)); // the retention starts at value 11
        assertThat(window(-1000, 10).count()).isZero();
        assertThat(this.metric.window(Instant.MIN, START.plusSeconds(10), Tags.empty()).count()).isZero();
        assertThat(window(-1000, 11).count()).isEqualTo(1);
    }

    @Test
    void windowOfAllTimeHasAll() {
        assertThat(this.metric.window(Instant.MIN, Instant.MAX, Tags.empty()).count()).isEqualTo(31);
    }

    @Test
    void windowWhoseInstantsAreReversedOrEqualThrows() {
        assertThatIllegalArgumentException().isThrownBy(() -> window(20, 10))
            .withMessage("'from' must be before 'to' (2024-05-01T12:00:10Z) but was 2024-05-01T12:00:20Z");
        assertThatIllegalArgumentException().isThrownBy(() -> window(20, 20));
    }

    @Test
    void timelineIsContiguousOldestFirstAndAddsUp() {
        List<WindowSnapshot> points = this.metric.timeline(Duration.ofSeconds(30), Duration.ofSeconds(5), Tags.empty());
        assertThat(points).hasSize(6);
        assertThat(points.get(0).from()).isEqualTo(START.plusSeconds(1));
        assertThat(points.get(5).to()).isEqualTo(START.plusSeconds(31));
        for (int i = 1; i < points.size(); i++) {
            assertThat(points.get(i).from()).isEqualTo(points.get(i - 1).to());
            assertThat(points.get(i).min().orElseThrow()).isGreaterThan(points.get(i - 1).max().orElseThrow());
        }
        assertThat(points.stream().mapToLong(WindowSnapshot::count).sum())
            .isEqualTo(this.metric.window(Duration.ofSeconds(30)).count())
            .isEqualTo(30);
    }

    @Test
    void timelineWhoseStepDoesNotDivideTheWindowHasAShorterLastPoint() {
        List<WindowSnapshot> points = this.metric.timeline(Duration.ofSeconds(20), Duration.ofSeconds(15),
                Tags.empty());
        assertThat(points).hasSize(2);
        assertThat(Duration.between(points.get(0).from(), points.get(1).to())).isEqualTo(Duration.ofSeconds(20));
        assertThat(points.stream().mapToLong(WindowSnapshot::count).sum()).isEqualTo(20);
    }

    @Test
    void timelineWhoseStepIsLongerThanTheWindowIsOnePoint() {
        assertThat(this.metric.timeline(Duration.ofSeconds(5), Duration.ofDays(1), Tags.empty())).singleElement()
            .satisfies((point) -> assertThat(point.count()).isEqualTo(5));
    }

    @Test
    void timelineHasAtMost10000Points() {
        Duration window = Duration.ofSeconds(10);
        assertThat(this.metric.timeline(window, Duration.ofMillis(1), Tags.empty())).hasSize(10_000);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.metric.timeline(window, Duration.ofNanos(999_999), Tags.empty()))
            .withMessage("'step' must be at least 1/10000 of the window (PT10S) but was PT0.000999999S");
    }

    @Test
    void timelineWithoutMatchingSeriesHasEmptyPoints() {
        assertThat(this.metric.timeline(Duration.ofSeconds(10), Duration.ofSeconds(1), Tags.of("k", "v"))).hasSize(10)
            .allSatisfy((point) -> assertThat(point.count()).isZero());
    }

    @Test
    void timelineAboveTheRetentionIsCutThere() {
        List<WindowSnapshot> points = this.metric.timeline(Duration.ofDays(1), Duration.ofSeconds(20), Tags.empty());
        assertThat(points).hasSize(3);
        assertThat(points.get(0).from()).isEqualTo(START.minusSeconds(29));
    }

    @Test
    void timelineWhoseStepIsNotPositiveThrows() {
        for (Duration step : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThatIllegalArgumentException()
                .isThrownBy(() -> this.metric.timeline(Duration.ofSeconds(10), step, Tags.empty()))
                .withMessageContaining("'step' must be longer than")
                .withMessageContaining("but was " + step);
        }
    }

}
