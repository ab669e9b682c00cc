package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;

import io.threadsafemetrics.internal.util.Totals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Answers about values of which one alone is still kept raw: 1, 2, ... 100.
 */
class ApproximateWindowTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = collector(0.01);

    private ThreadSafeMetricsCollector collector(double relativeError) {
        return TestCollectors.create(this.clock, (limits) -> limits.maxValues(1).relativeError(relativeError));
    }

    @BeforeEach
    void record() {
        record(this.collector);
    }

    @AfterEach
    void close() {
        this.collector.close();
    }

    private static void record(ThreadSafeMetricsCollector collector) {
        ThreadSafeMetric metric = collector.metric(MetricDefinition.histogram("a").build());
        for (int value = 1; value <= 100; value++) {
            metric.addValue(value);
        }
    }

    private static WindowSnapshot window(ThreadSafeMetricsCollector collector) {
        return collector.findMetric("a").orElseThrow().window(MINUTE);
    }

    @Test
    void windowHasExactFiguresButForPercentiles() {
        WindowSnapshot window = window(this.collector);
        assertThat(window.exact()).isFalse();
        assertThat(window.count()).isEqualTo(100);
        assertThat(window.sum()).isEqualTo(5050);
        assertThat(window.min()).hasValue(1);
        assertThat(window.max()).hasValue(100);
        assertThat(window.average()).hasValue(50.5);
        assertThat(window.percentile(0)).hasValue(1);
        assertThat(window.percentile(100)).hasValue(100);
        assertThat(window.buckets().stream().mapToLong(Bucket::count).sum()).isEqualTo(100);
    }

    @Test
    void percentilesAreWithinTheRelativeErrorOfTheCollector() {
        for (double asked : new double[] { 0.001, 0.01, 0.1 }) {
            try (ThreadSafeMetricsCollector own = collector(asked)) {
                record(own);
                WindowSnapshot window = window(own);
                double told = window.relativeError();
                assertThat(told).isBetween(asked / 2, asked);
                for (int p = 0; p < 100; p++) {
                    assertThat(window.percentile(p + 0.5).orElseThrow()).isCloseTo(p + 1,
                            within(told * (p + 1) * 1.000001));
                }
            }
        }
    }

    @Test
    void fractionAtMostIsInterpolatedAndExactAtTheEnds() {
        WindowSnapshot window = window(this.collector);
        assertThat(window.fractionAtMost(0.99)).hasValue(0);
        assertThat(window.fractionAtMost(50.5).orElseThrow()).isCloseTo(0.5, within(0.01));
        assertThat(window.fractionAtMost(100)).hasValue(1);
    }

    @Test
    void anEmptyWindowHasNoError() {
        this.clock.advance(Duration.ofHours(1));
        assertThat(window(this.collector).count()).isZero();
        assertThat(window(this.collector).relativeError()).isZero();
    }

    @Test
    void aSpanWithoutLengthHasNoRate() {
        Totals two = new Totals();
        two.addAll(new double[] { 1, 1 }, 0, 2);
        WindowSnapshot window = new WindowSnapshot(Instant.EPOCH, Instant.EPOCH, two, null, false, true);
        assertThat(window.rate()).isZero();
        assertThat(window.truncated()).isTrue();
    }

}
