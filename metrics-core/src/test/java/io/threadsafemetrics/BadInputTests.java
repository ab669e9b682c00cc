package io.threadsafemetrics;

import java.time.Duration;
import java.util.AbstractMap;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Recording never throws: what it refuses it counts once, and nothing else is disturbed.
 */
class BadInputTests {

    private final BrokenClock clock = new BrokenClock();

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock);

    private final ThreadSafeMetric counter = this.collector.metric(MetricDefinition.counter("counter").build());

    private final ThreadSafeMetric timer = this.collector.metric(MetricDefinition.timer("timer").build());

    private final ThreadSafeMetric gauge = this.collector.metric(MetricDefinition.gauge("gauge").build());

    @BeforeEach
    void recordOneValueEach() {
        this.counter.addValue(1);
        this.timer.addValue(1);
        this.gauge.addValue(1);
    }

    @AfterEach
    void close() {
        this.collector.close();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "unknown", "", " " })
    void collectWhenNameIsUnknownIsRefused(@Nullable String name) {
        assertThat(this.collector.collect(name, 1)).isFalse();
        assertThat(this.collector.collect(name, 1, Map.of("k", "v"))).isFalse();
        assertThat(this.collector.collect(name, 1, Map.of("k", "v"), Map.of("k", "v"))).isFalse();
        assertRefused(3, 0);
    }

    @Test
    void collectWhenNameIsHugeIsRefused() {
        assertThat(this.collector.collect("x".repeat(10_000), 1)).isFalse();
        assertRefused(1, 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = { Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY })
    void valuesThatAreNotFiniteAreRefused(double value) {
        assertThat(this.gauge.addValue(value)).isFalse();
        assertThat(this.collector.collect("gauge", value)).isFalse();
        assertThat(this.gauge.series(Tags.empty()).addValue(value)).isFalse();
        assertRefused(3, 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = { -1, -Double.MIN_VALUE, -Double.MAX_VALUE })
    void negativeValuesOfCounterAndTimerAreRefused(double value) {
        assertThat(this.counter.addValue(value)).isFalse();
        assertThat(this.timer.addValue(value)).isFalse();
        assertThat(this.timer.series(Tags.empty()).addValue(value)).isFalse();
        assertRefused(3, 0);
    }

    @Test
    void zeroOfCounterAndTimerIsTaken() {
        assertThat(this.counter.addValue(0)).isTrue();
        assertThat(this.timer.addValue(-0.0)).isTrue();
        assertThat(this.timer.addDuration(Duration.ZERO)).isTrue();
    }

    @Test
    void durationsThatAreNullOrNegativeAreRefused() {
        assertThat(this.timer.addDuration(null)).isFalse();
        assertThat(this.timer.addDuration(null, Tags.empty())).isFalse();
        assertThat(this.timer.series(Tags.empty()).addDuration(null)).isFalse();
        assertThat(this.timer.addDuration(Duration.ofNanos(-1))).isFalse();
        assertRefused(4, 0);
    }

    @Test
    void durationsOfAnyLengthAreTaken() {
        assertThat(this.timer.addDuration(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        assertThat(this.timer.getCurrentValue()).hasValue((double) Long.MAX_VALUE);
    }

    @Test
    void everythingAfterCloseIsRefused() {
        MetricSeries series = this.timer.series(Tags.empty());
        Timing timing = this.timer.startTimer();
        this.collector.close();
        assertThat(this.collector.collect("timer", 1)).isFalse();
        assertThat(this.collector.collect("unknown", 1)).isFalse();
        assertThat(this.timer.addValue(1)).isFalse();
        assertThat(series.addValue(1)).isFalse();
        timing.close();
        this.timer.record(() -> {
        });
        assertRefused(6, 0);
    }

    @Test
    void refusedValuesAreCountedOnceWhateverIsWrongWithThem() {
        this.collector.close();
        assertThat(this.collector.collect("timer", Double.NaN, new BrokenMap<>(), new BrokenMap<>())).isFalse();
        assertRefused(1, 0);
    }

    @Test
    void tagsThatThrowSendTheValueToTheOverflowSeries() {
        assertThat(this.collector.collect("gauge", 5, new BrokenMap<>())).isTrue();
        assertThat(this.gauge.window(Duration.ofSeconds(1), Tags.of("overflow", "true")).max()).hasValue(5);
        assertThat(this.collector.getSystemStatistics().overflowedValues()).isEqualTo(1);
        assertThat(this.collector.getSystemStatistics().collectionErrors()).isZero();
    }

    @Test
    void tagsThatThrowAnErrorDoNotReachTheCaller() {
        Map<String, String> endless = new AbstractMap<>() {
            @Override
            public Set<Entry<String, String>> entrySet() {
                return entrySet(); // ends in a StackOverflowError
            }
        };
        assertThat(this.collector.collect("gauge", 5, endless, endless)).isTrue();
        assertThat(this.collector.getSystemStatistics().overflowedValues()).isEqualTo(1);
    }

    @Test
    void tagsWithThingsOtherThanStringsSendTheValueToTheOverflowSeries() {
        assertThat(this.collector.collect("gauge", 5, polluted())).isTrue();
        assertThat(this.collector.getSystemStatistics().overflowedValues()).isEqualTo(1);
    }

    @SuppressWarnings({ "unchecked", "rawtypes" }) // on purpose: heap pollution
    private static Map<String, String> polluted() {
        Map map = new HashMap<>();
        map.put(1, 2);
        return map;
    }

    @Test
    void oneThousandTagsSendTheValueToTheOverflowSeries() {
        Map<String, String> tags = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            tags.put("k" + i, "v");
        }
        assertThat(this.collector.collect("gauge", 5, tags)).isTrue();
        assertThat(this.gauge.getStatistics().seriesCount()).isEqualTo(2);
        assertThat(this.collector.getSystemStatistics().overflowedValues()).isEqualTo(1);
        assertThat(this.collector.getSystemStatistics().rejectedValues()).isZero();
    }

    @Test
    void metadataThatThrowsDoesNotLoseTheValue() {
        assertThat(this.collector.collect("gauge", 5, Map.of("k", "v"), new BrokenMap<>())).isTrue();
        assertThat(this.gauge.series(Tags.empty()).addValue(6, new BrokenMap<>())).isTrue();
        assertThat(this.gauge.values(ValueQuery.newest(2))).extracting(MetricValue::value).containsExactly(6.0, 5.0);
        assertThat(this.collector.getSystemStatistics().droppedMetadata()).isEqualTo(2);
        assertThat(this.collector.getSystemStatistics().rejectedValues()).isZero();
        assertThat(this.collector.getSystemStatistics().collectionErrors()).isZero();
    }

    @Test
    void clockThatThrowsIsCountedAndLosesNothingElse() {
        this.clock.broken = true;
        assertThat(this.gauge.addValue(5)).isFalse();
        assertThat(this.collector.collect("gauge", 5)).isFalse();
        assertThat(this.gauge.series(Tags.empty()).addValue(5)).isFalse();
        assertThat(this.gauge.addValue(5, Tags.empty(), Map.of("k", "v"))).isFalse();
        this.clock.broken = false;
        assertRefused(4, 4);
    }

    @Test
    void timingWhoseStartHadNoTimeIsRefused() {
        ThreadSafeMetric histogram = this.collector.metric(MetricDefinition.histogram("histogram").build());
        this.clock.broken = true;
        Timing timing = histogram.startTimer();
        this.clock.broken = false;
        timing.close();
        assertThat(histogram.getStatistics().count()).isZero();
        assertRefused(1, 1);
    }

    @Test
    void timingWhoseEndHadNoTimeIsRefused() {
        this.clock.nanos = 5_000_000_000L;
        Timing timing = this.timer.startTimer();
        this.clock.broken = true;
        timing.close();
        this.clock.broken = false;
        assertRefused(1, 1);
    }

    @Test
    void recordWhenClockThrowsRunsTheTask() {
        boolean[] ran = { false };
        this.clock.broken = true;
        this.timer.record(() -> ran[0] = true);
        this.clock.broken = false;
        assertThat(ran[0]).isTrue();
    }

    @Test
    void listenerThatThrowsDoesNotLoseTheValue() {
        this.collector.addListener(new MetricsListener() {
            @Override
            public void seriesAdded(ThreadSafeMetric metric, MetricSeries series) {
                throw new IllegalStateException("from the listener");
            }
        });
        assertThat(this.gauge.addValue(5, Tags.of("k", "v"))).isTrue();
        assertThat(this.gauge.getCurrentValue()).hasValue(5);
        assertThat(this.collector.getSystemStatistics().collectionErrors()).isEqualTo(1);
        assertThat(this.collector.getSystemStatistics().rejectedValues()).isZero();
    }

    /**
     * Asserts that values were refused, and that each metric still has the one value that
     * it had, and no other counter moved.
     */
    private void assertRefused(long values, long errors) {
        SystemStatistics system = this.collector.getSystemStatistics();
        assertThat(system.rejectedValues()).isEqualTo(values);
        assertThat(system.collectionErrors()).isEqualTo(errors);
        assertThat(system.totalValuesCollected()).isEqualTo(3);
        for (ThreadSafeMetric metric : new ThreadSafeMetric[] { this.counter, this.timer, this.gauge }) {
            WindowSnapshot window = metric.window(Duration.ofMinutes(1));
            assertThat(window.count()).isEqualTo(1);
            assertThat(window.sum()).isEqualTo(1);
            assertThat(metric.getStatistics().count()).isEqualTo(1);
            assertThat(metric.getCurrentValue()).hasValue(1);
        }
        for (ToLongFunction<SystemStatistics> other : SystemStatisticsTests.LOSSES) {
            assertThat(other.applyAsLong(system)).isZero();
        }
    }

    private static final class BrokenMap<V> extends AbstractMap<String, V> {

        @Override
        public Set<Entry<String, V>> entrySet() {
            throw new ConcurrentModificationException();
        }

        @Override
        public boolean isEmpty() {
            throw new ConcurrentModificationException();
        }

        @Override
        public int size() {
            throw new ConcurrentModificationException();
        }

    }

    private static final class BrokenClock implements MetricsClock {

        private boolean broken;

        private long nanos;

        @Override
        public long monotonicNanos() {
            if (this.broken) {
                throw new UnsupportedOperationException("a broken clock");
            }
            return this.nanos;
        }

        @Override
        public long wallClockMillis() {
            return 0;
        }

    }

}
