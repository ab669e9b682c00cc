package io.threadsafemetrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.threadsafemetrics.SoakQuestions.holdsOnesOnly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Many writers beside readers, a resetter and an unregisterer: no value is lost, no
 * answer is torn. Bounded by operations. It fails when the lock of the engine is taken
 * away.
 */
class HammerTests {

    private static final int WRITERS = 8;

    private static final int ROUNDS = Integer.getInteger("hammer.rounds", 10_000);

    // so that slots are joined during the test
    private static final int CLOCK_SPEED = 200;

    private static final Duration RETENTION = Duration.ofHours(200);

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .clock(new FastClock())
        .retentionWindow(RETENTION)
        .idleSeriesTtl(Duration.ZERO)
        .maxValues(100)
        .build();

    /** Gets 1.0 only, from each writer in turns for its series a and b. */
    private final ThreadSafeMetric ones = metric("ones");

    /** Gets a different value each time. */
    private final ThreadSafeMetric different = metric("different");

    private final ThreadSafeMetric reset = metric("reset");

    private final AtomicInteger running = new AtomicInteger(WRITERS);

    private final AtomicLong accepted = new AtomicLong();

    private final AtomicLong refused = new AtomicLong();

    @BeforeEach
    void register() {
        this.collector.registerMetric("churned", MetricType.HISTOGRAM);
    }

    @AfterEach
    void close() {
        this.collector.close();
    }

    @ParameterizedTest
    @EnumSource
    void recordingBesideAllElseLosesNothingAndTearsNoAnswer(TestThreads threads) throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            tasks.add(() -> write(number));
        }
        tasks.add(() -> whileWriting(this::read));
        tasks.add(() -> whileWriting(this::readOfReset));
        tasks.add(() -> whileWriting(() -> {
            this.reset.reset();
            this.collector.cleanupOldValues();
        }));
        tasks.add(() -> whileWriting(() -> {
            assertThat(this.collector.unregisterMetric("churned")).isTrue();
            assertThat(this.collector.registerMetric("churned", MetricType.HISTOGRAM)).isTrue();
        }));
        threads.run(tasks);
        nothingIsLost();
    }

    private Void write(int writer) {
        try {
            Tags own = Tags.of("writer", "" + writer);
            Tags a = Tags.of("writer", "" + writer, "turn", "a");
            Tags b = Tags.of("writer", "" + writer, "turn", "b");
            MetricSeries handle = this.ones.series(b);
            for (int i = 0; i < ROUNDS; i++) {
                count(this.ones.addValue(1, a));
                count(handle.addValue(1));
                count(this.different.addValue(writer + (double) WRITERS * i, own));
                count(this.reset.addValue(1, own));
                count(this.collector.collect("churned", 1, Map.of("writer", "" + writer)));
                if (i % 100 == 0) {
                    ownValuesAreSeen(own, i + 1);
                }
            }
            return null;
        }
        finally {
            this.running.decrementAndGet();
        }
    }

    private void count(boolean taken) {
        (taken ? this.accepted : this.refused).incrementAndGet();
    }

    private void ownValuesAreSeen(Tags own, int rounds) {
        assertThat(this.ones.window(RETENTION, own).count()).isEqualTo(2L * rounds);
        assertThat(this.different.window(RETENTION, own).count()).isEqualTo(rounds);
        assertThat(this.different.series(own).lifetime().count()).isEqualTo(rounds);
    }

    private Void whileWriting(Runnable task) {
        do {
            task.run();
            Thread.yield(); // a virtual thread gives its carrier to the writers only so
        }
        while (this.running.get() > 0);
        return null;
    }

    private void read() {
        WindowSnapshot before = this.ones.window(RETENTION);
        holdsOnesOnly(before);
        Map<String, WindowSnapshot> turns = this.ones.windowBy("turn", RETENTION, Tags.empty());
        turns.values().forEach(SoakQuestions::holdsOnesOnly);
        if (turns.size() == 2) {
            long ahead = turns.get("a").count() - turns.get("b").count();
            assertThat(ahead).as("values of turn a without one of turn b").isBetween(0L, (long) WRITERS);
        }
        List<WindowSnapshot> points = this.ones.timeline(RETENTION, RETENTION.dividedBy(100), Tags.of("turn", "a"));
        points.forEach(SoakQuestions::holdsOnesOnly);
        WindowSnapshot after = this.ones.window(RETENTION);
        assertThat(turns.values().stream().mapToLong(WindowSnapshot::count).sum()).isBetween(before.count(),
                after.count());
        assertThat(points.stream().mapToLong(WindowSnapshot::count).sum()).isBetween(before.count() / 2 - WRITERS,
                after.count() / 2 + WRITERS);
        holdsOnesOnly(this.ones.getStatistics());
        assertThat(this.ones.values(ValueQuery.newest(1000))).hasSizeLessThanOrEqualTo(100)
            .allMatch((value) -> value.value() == 1);
    }

    private void readOfReset() {
        holdsOnesOnly(this.reset.window(RETENTION));
        holdsOnesOnly(this.reset.getStatistics());
        holdsOnesOnly(this.reset.window(Duration.ofMillis(1)));
        this.collector.findMetric("churned").ifPresent((metric) -> holdsOnesOnly(metric.window(RETENTION)));
        this.collector.getSystemStatistics();
    }

    private void nothingIsLost() {
        long values = (long) WRITERS * ROUNDS;
        holdsOnesOnly(this.ones.window(RETENTION));
        assertThat(this.ones.window(RETENTION).count()).isEqualTo(2 * values);
        assertThat(this.ones.getStatistics().count()).isEqualTo(2 * values);
        for (MetricSeries series : this.ones.series()) {
            assertThat(series.window(RETENTION).count()).isEqualTo(ROUNDS);
            assertThat(series.lifetime().count()).isEqualTo(ROUNDS);
        }
        double sum = values * (values - 1) / 2.0;
        MetricStatistics lifetime = this.different.getStatistics();
        WindowSnapshot window = this.different.window(RETENTION);
        assertThat(window.count()).isEqualTo(values);
        assertThat(window.sum()).isCloseTo(sum, within(1e-12 * sum));
        assertThat(window.min()).hasValue(0);
        assertThat(window.max()).hasValue(values - 1);
        assertThat(lifetime.totalValue()).isCloseTo(sum, within(1e-12 * sum));
        assertThat(lifetime.minValue()).isZero();
        assertThat(lifetime.maxValue()).isEqualTo(values - 1);
        SystemStatistics system = this.collector.getSystemStatistics();
        assertThat(system.totalValuesCollected()).isEqualTo(this.accepted.get());
        assertThat(system.rejectedValues()).isEqualTo(this.refused.get());
        assertThat(system.totalValuesCollected() + system.rejectedValues()).isEqualTo(5 * values);
        assertThat(system.collectionErrors()).isZero();
        assertThat(this.accepted.get()).isGreaterThanOrEqualTo(4 * values);
    }

    /**
     * One thread fills series in order and resets: any answer holds the first so many.
     */
    @ParameterizedTest
    @EnumSource
    void resetIsSeenAsAWhole(TestThreads threads) throws Exception {
        int seriesCount = 50;
        this.running.set(1);
        threads.run(List.of(() -> {
            for (int i = 0; i < ROUNDS / 10; i++) {
                for (int series = 0; series < seriesCount; series++) {
                    this.reset.addValue(1, Tags.of("series", "" + series));
                }
                this.reset.reset();
            }
            return this.running.decrementAndGet();
        }, () -> whileWriting(() -> {
            Map<String, WindowSnapshot> groups = this.reset.windowBy("series", RETENTION, Tags.empty());
            for (int series = 0; series < groups.size(); series++) {
                assertThat(groups).containsKey("" + series);
                assertThat(groups.get("" + series).count()).isOne();
            }
        }), () -> whileWriting(() -> {
            MetricStatistics statistics = this.reset.getStatistics();
            assertThat(statistics.seriesCount()).isEqualTo((int) statistics.count())
                .isEqualTo(statistics.valuesStored());
        })));
    }

    private ThreadSafeMetric metric(String name) {
        return this.collector.metric(MetricDefinition.histogram(name).build());
    }

    private static final class FastClock implements MetricsClock {

        @Override
        public long monotonicNanos() {
            return CLOCK_SPEED * System.nanoTime();
        }

        @Override
        public long wallClockMillis() {
            return System.currentTimeMillis();
        }

    }

}
