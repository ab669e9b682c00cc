package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody reads the clock and is held up, while somebody else is answered.
 */
class LateValueTests {

    private static final Instant START = Instant.parse("2024-05-01T12:00:00Z");

    private final ManualClock clock = new ManualClock(START);

    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>();

    /** Tells the time, but only after something else has happened. */
    private final MetricsClock late = new MetricsClock() {

        @Override
        public long monotonicNanos() {
            long time = LateValueTests.this.clock.monotonicNanos();
            Runnable task = LateValueTests.this.meanwhile.getAndSet(null);
            if (task != null) {
                task.run();
            }
            return time;
        }

        @Override
        public long wallClockMillis() {
            return LateValueTests.this.clock.wallClockMillis();
        }

    };

    @ParameterizedTest
    @ValueSource(ints = { 1, 100 }) // from slots, and from raw values
    void aPastSpanOnceAnsweredGetsNoOtherValue(int maxValues) {
        try (ThreadSafeMetricsCollector collector = TestCollectors.create(this.late,
                (limits) -> limits.maxValues(maxValues))) {
            ThreadSafeMetric metric = collector.metric(MetricDefinition.histogram("m").build());
            metric.addValue(1);
            AtomicReference<WindowSnapshot> before = new AtomicReference<>();
            this.meanwhile.set(() -> {
                this.clock.advance(Duration.ofSeconds(10));
                before.set(firstFiveSeconds(metric));
            });
            metric.addValue(2);
            metric.addValue(3);
            assertThat(before.get().count()).isOne();
            assertThat(firstFiveSeconds(metric).count()).isOne();
            assertThat(metric.window(Duration.ofMinutes(1)).count()).isEqualTo(3);
        }
    }

    @Test
    void aValueOfAMetricThatIsJustBeingUnregisteredIsCounted() {
        try (ThreadSafeMetricsCollector collector = TestCollectors.create(this.late)) {
            collector.registerMetric("m", MetricType.GAUGE);
            assertThat(collector.collect("m", 1)).isTrue();
            AtomicReference<SystemStatistics> statistics = new AtomicReference<>();
            this.meanwhile.set(() -> statistics.set(collector.getSystemStatistics()));
            assertThat(collector.unregisterMetric("m")).isTrue();
            assertThat(statistics.get().totalMetrics()).as("asked when the name was gone").isZero();
            assertThat(statistics.get().totalValuesCollected()).isOne();
        }
    }

    private static WindowSnapshot firstFiveSeconds(ThreadSafeMetric metric) {
        return metric.window(START, START.plusSeconds(5), Tags.empty());
    }

}
