package io.threadsafemetrics;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clean-up, by call and by itself, and the threads that do it.
 */
class CleanupTests {

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock);

    private final Set<Thread> before = threads();

    @AfterEach
    void close() {
        this.collector.close();
    }

    /** The threads of collectors that are alive. */
    static Set<Thread> threads() {
        return Thread.getAllStackTraces()
            .keySet()
            .stream()
            .filter((thread) -> thread.getName().startsWith("threadsafe-metrics"))
            .collect(Collectors.toSet());
    }

    private Set<Thread> startedThreads() {
        Set<Thread> started = threads();
        started.removeAll(this.before);
        return started;
    }

    private static ThreadSafeMetric recordedTo(ThreadSafeMetricsCollector collector, int values) {
        ThreadSafeMetric metric = collector.metric(MetricDefinition.gauge("a").build());
        for (int i = 0; i < values; i++) {
            metric.addValue(i);
        }
        return metric;
    }

    /** Raw values that are there, expired ones included. */
    private static long dropAll(ThreadSafeMetric metric) {
        return metric.cleanOldValues();
    }

    @Test
    void cleanOldValuesAnswersTheNumberOfValuesDropped() {
        ThreadSafeMetric metric = recordedTo(this.collector, 5);
        assertThat(metric.cleanOldValues()).isZero();
        this.clock.advance(Duration.ofMinutes(5));
        metric.addValue(1);
        assertThat(metric.cleanOldValues()).isZero();
        this.clock.advance(Duration.ofNanos(1));
        assertThat(metric.cleanOldValues()).isEqualTo(5);
        assertThat(metric.cleanOldValues()).isZero();
        assertThat(metric.getStatistics().valuesStored()).isEqualTo(1);
    }

    @Test
    void cleanupOldValuesNamesMetricsWithDroppedValuesOnly() {
        recordedTo(this.collector, 3);
        this.clock.advance(Duration.ofMinutes(4));
        this.collector.registerMetric("b", MetricType.GAUGE);
        this.collector.collect("b", 1);
        this.clock.advance(Duration.ofMinutes(2));
        assertThat(this.collector.cleanupOldValues()).isEqualTo(Map.of("a", 3L));
        assertThat(this.collector.cleanupOldValues()).isEmpty();
        assertThat(this.collector.getSystemStatistics().cleanupCount()).isEqualTo(2);
    }

    @Test
    void expiredValuesAnswerNothingBeforeACleanup() {
        ThreadSafeMetric metric = recordedTo(this.collector, 3);
        this.clock.advance(Duration.ofMinutes(6));
        assertThat(metric.window(Duration.ofMinutes(5)).count()).isZero();
        assertThat(metric.values(ValueQuery.newest(10))).isEmpty();
        assertThat(metric.getStatistics().valuesStored()).isZero();
        assertThat(dropAll(metric)).isEqualTo(3);
    }

    @Test
    void aWriteCleansWhenTheIntervalHasPassed() {
        try (ThreadSafeMetricsCollector own = ThreadSafeMetricsCollector.builder()
            .clock(this.clock)
            .cleanupInterval(Duration.ofMinutes(6))
            .build()) {
            ThreadSafeMetric metric = recordedTo(own, 3);
            this.clock.advance(Duration.ofMinutes(6));
            metric.addValue(1);
            assertThat(dropAll(metric)).isZero();
        }
    }

    @Test
    void aWriteBeforeTheIntervalHasPassedDoesNotClean() {
        try (ThreadSafeMetricsCollector own = ThreadSafeMetricsCollector.builder()
            .clock(this.clock)
            .cleanupInterval(Duration.ofMinutes(7))
            .build()) {
            ThreadSafeMetric metric = recordedTo(own, 3);
            this.clock.advance(Duration.ofMinutes(6));
            metric.addValue(1);
            assertThat(dropAll(metric)).isEqualTo(3);
        }
    }

    @Test
    void cleanupHappensByItselfWithoutAnyCall() {
        try (ThreadSafeMetricsCollector own = ThreadSafeMetricsCollector.builder()
            .retentionWindow(Duration.ofMillis(20))
            .cleanupInterval(Duration.ofMillis(10))
            .build()) {
            ThreadSafeMetric metric = recordedTo(own, 3);
            await().until(() -> own.getSystemStatistics().cleanupCount() > 5);
            assertThat(dropAll(metric)).isZero();
            assertThat(own.getSystemStatistics().lastCleanup()).isAfter(metric.getStatistics().createdTime());
        }
    }

    @Test
    void cleanupGoesOnAfterItFailed() {
        UnreliableClock unreliable = new UnreliableClock();
        try (ThreadSafeMetricsCollector own = ThreadSafeMetricsCollector.builder()
            .clock(unreliable)
            .cleanupInterval(Duration.ofMillis(10))
            .build()) {
            unreliable.broken = true;
            own.registerMetric("a", MetricType.GAUGE);
            await().until(() -> unreliable.failures.get() > 2);
            unreliable.broken = false;
            await().until(() -> own.getSystemStatistics().cleanupCount() > 2);
            assertThat(own.getSystemStatistics().collectionErrors()).isPositive();
        }
    }

    @Test
    void aCollectorWithoutMetricsHasNoThread() {
        try (ThreadSafeMetricsCollector own = ThreadSafeMetricsCollector.create()) {
            own.collect("unknown", 1);
            own.evaluateAlerts();
            assertThat(startedThreads()).isEmpty();
            own.registerMetric("a", MetricType.GAUGE);
            assertThat(startedThreads()).hasSize(1).allSatisfy((thread) -> assertThat(thread.isDaemon()).isTrue());
        }
        assertThat(startedThreads()).isEmpty();
    }

    @Test
    void intervalsOfZeroStartNoThread() {
        recordedTo(this.collector, 3);
        this.collector.addAlertRule(AlertRule.builder("rule", "a").above(1000).build());
        assertThat(startedThreads()).isEmpty();
    }

    @Test
    void aRuleStartsTheThreadOfItsEvaluation() {
        try (ThreadSafeMetricsCollector own = ThreadSafeMetricsCollector.builder()
            .cleanupInterval(Duration.ZERO)
            .build()) {
            own.registerMetric("a", MetricType.GAUGE);
            assertThat(startedThreads()).isEmpty();
            own.addAlertRule(AlertRule.builder("rule", "a").above(1).build());
            assertThat(startedThreads()).hasSize(1);
        }
        assertThat(startedThreads()).isEmpty();
    }

    @Test
    void aCoarseClockTicksByItselfAndItsThreadEnds() {
        MetricsClock coarse = MetricsClock.coarse();
        try (ThreadSafeMetricsCollector own = TestCollectors.create(coarse)) {
            assertThat(startedThreads()).hasSize(1);
            long first = coarse.monotonicNanos();
            await().until(() -> coarse.monotonicNanos() > first);
            ThreadSafeMetric metric = recordedTo(own, 10);
            assertThat(metric.window(Duration.ofSeconds(30)).count()).isEqualTo(10);
            try (Timing timing = metric.startTimer()) {
                await().pollInterval(Duration.ofMillis(1)).until(() -> true);
            }
            assertThat(metric.getCurrentValue().orElseThrow()).isPositive();
        }
        assertThat(startedThreads()).isEmpty();
    }

    @Test
    void closeTwiceDoesNothingAndStartsNoThreadLater() {
        ThreadSafeMetricsCollector own = ThreadSafeMetricsCollector.create();
        own.registerMetric("a", MetricType.GAUGE);
        own.close();
        own.close();
        own.addAlertRule(AlertRule.builder("rule", "a").above(1).build());
        own.registerMetric("b", MetricType.GAUGE);
        assertThat(startedThreads()).isEmpty();
    }

    @Test
    void aClosedCollectorStillAnswers() {
        ThreadSafeMetric metric = recordedTo(this.collector, 3);
        this.collector.close();
        assertThat(metric.window(Duration.ofSeconds(1)).count()).isEqualTo(3);
        assertThat(this.collector.getMetricValue("a", AggregationType.SUM)).hasValue(3);
        assertThat(this.collector.unregisterMetric("a")).isTrue();
    }

    private static final class UnreliableClock implements MetricsClock {

        private final AtomicInteger failures = new AtomicInteger();

        private volatile boolean broken;

        @Override
        public long monotonicNanos() {
            if (this.broken && Thread.currentThread().isDaemon()) {
                this.failures.incrementAndGet();
                throw new IllegalStateException("a broken clock");
            }
            return System.nanoTime();
        }

        @Override
        public long wallClockMillis() {
            return 0;
        }

    }

}
