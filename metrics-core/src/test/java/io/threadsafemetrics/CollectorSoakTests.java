package io.threadsafemetrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Many writers beside readers, a resetter, an unregisterer, clean-ups, series that come
 * and go and a wall clock that jumps: no value is lost, no answer is torn, no byte and no
 * thread too many. All cases together last three seconds, longer with
 * {@code -Dsoak.seconds=…} or {@code -Psoak}. It fails when the lock of the engine is
 * taken away.
 */
class CollectorSoakTests {

    private static final int CASES = 6;

    private static final double SECONDS = Double.parseDouble(System.getProperty("soak.seconds", "3")) / CASES;

    private static final long SMALL_BUDGET = 500_000;

    private static final long LIMIT_NANOS = 60_000_000_000L;

    private final Set<Thread> threadsBefore = CleanupTests.threads();

    private final SoakClock clock = new SoakClock();

    private final AtomicInteger writing = new AtomicInteger(SoakTraffic.WRITERS);

    private final long end = System.nanoTime() + (long) (SECONDS * 1e9);

    /** What must have happened, be the machine ever so busy, but not for ever. */
    private volatile BooleanSupplier awaited = () -> true;

    private ThreadSafeMetricsCollector collector = collector(64 << 20, Duration.ofMinutes(1));

    private ThreadSafeMetricsCollector collector(long maxBytes, Duration cleanupInterval) {
        return ThreadSafeMetricsCollector.builder()
            .clock(this.clock)
            .retentionWindow(SoakTraffic.RETENTION)
            .idleSeriesTtl(Duration.ofMinutes(1))
            .cleanupInterval(cleanupInterval)
            .alertInterval(cleanupInterval)
            .maxMemoryBytes(maxBytes)
            .maxValues(SoakTraffic.MAX_VALUES)
            .build();
    }

    @AfterEach
    void close() {
        this.collector.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLostAndNoAnswerIsTorn(TestThreads threads) throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        this.collector.addAlertRule(AlertRule.builder("always", "ones").above(0).build());
        this.collector.addAlertCallback((event) -> told.countDown());
        SoakTraffic traffic = new SoakTraffic(this.collector);
        SoakQuestions questions = new SoakQuestions(traffic);
        List<Callable<Void>> tasks = tasksOf(traffic, traffic::ownValuesAreSeen);
        tasks.add(whileWriting(questions::ofOnes));
        tasks.add(whileWriting(questions::ofTheOthers));
        tasks.add(whileWriting(questions::ofTheSystem));
        tasks.add(whileWriting(() -> {
            assertThat(this.collector.unregisterMetric("churned")).isTrue();
            assertThat(this.collector.registerMetric("churned", MetricType.HISTOGRAM)).isTrue();
        }));
        threads.run(tasks);
        lifetimesAddUp(traffic);
        windowsAddUp(traffic);
        this.collector.evaluateAlerts();
        assertThat(told.await(LIMIT_NANOS, TimeUnit.NANOSECONDS)).as("alert told").isTrue();
        this.collector.close();
        assertThat(CleanupTests.threads()).as("threads after the close").isSubsetOf(this.threadsBefore);
    }

    /** All is given up under pressure, but no count. */
    @ParameterizedTest
    @EnumSource
    void aSmallBudgetHoldsAndNoCountIsLost(TestThreads threads) throws Exception {
        this.collector.close();
        // JOL needs it without threads
        this.collector = collector(SMALL_BUDGET, Duration.ZERO);
        this.awaited = () -> this.collector.getSystemStatistics().droppedMetadata() > 0;
        SoakTraffic traffic = new SoakTraffic(this.collector);
        SoakQuestions questions = new SoakQuestions(traffic);
        List<Callable<Void>> tasks = tasksOf(traffic, (writer) -> {
        });
        tasks.add(whileWriting(questions::ofAnySpan));
        tasks.add(whileWriting(questions::ofTheSystem));
        tasks.add(whileWriting(() -> {
            this.collector.unregisterMetric("churned");
            this.collector.registerMetric("churned", MetricType.HISTOGRAM); // or refused
        }));
        threads.run(tasks);
        lifetimesAddUp(traffic);
        assertThat(this.collector.getSystemStatistics().droppedMetadata()).isPositive();
        new MemoryCheck(this.collector, this.clock).check();
    }

    /** The writers, and what both budgets have beside them. */
    private List<Callable<Void>> tasksOf(SoakTraffic traffic, SoakTraffic.OwnCheck check) {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int writer = 0; writer < SoakTraffic.WRITERS; writer++) {
            int number = writer;
            tasks.add(writing(() -> traffic.write(number, this::goesOn, check)));
        }
        tasks.add(whileWriting(() -> {
            traffic.reset.reset();
            this.collector.cleanupOldValues();
            this.clock.jump();
        }));
        return tasks;
    }

    private boolean goesOn() {
        long over = System.nanoTime() - this.end;
        return over < 0 || (over < LIMIT_NANOS && !this.awaited.getAsBoolean());
    }

    private Callable<Void> writing(Runnable task) {
        return () -> {
            try {
                task.run();
                return null;
            }
            finally {
                this.writing.decrementAndGet();
            }
        };
    }

    private Callable<Void> whileWriting(Runnable task) {
        return () -> {
            do {
                task.run();
                // a virtual thread gives its carrier to the writers only so
                Thread.yield();
            }
            while (this.writing.get() > 0);
            return null;
        };
    }

    private void lifetimesAddUp(SoakTraffic traffic) {
        for (ThreadSafeMetric metric : List.of(traffic.ones, traffic.different, traffic.crowded, traffic.described)) {
            assertThat(metric.getStatistics().count()).as(metric.name()).isEqualTo(traffic.accepted(metric.name()));
        }
        for (ThreadSafeMetric metric : List.of(traffic.ones, traffic.reset, traffic.crowded)) {
            SoakQuestions.holdsOnesOnly(metric.getStatistics());
        }
        MetricStatistics different = traffic.different.getStatistics();
        assertThat(different.totalValue()).isCloseTo(traffic.sumOfDifferent(),
                within(1e-12 * traffic.sumOfDifferent()));
        assertThat(different.minValue()).isZero();
        assertThat(different.maxValue()).isEqualTo(traffic.maxOfDifferent());
        SystemStatistics system = this.collector.getSystemStatistics();
        assertThat(system.totalValuesCollected()).as("collected").isEqualTo(traffic.accepted());
        assertThat(system.rejectedValues()).as("rejected").isEqualTo(traffic.refused());
        assertThat(system.collectionErrors()).as("errors").isZero();
        assertThat(system.overflowedValues()).as("overflowed").isPositive();
        assertThat(traffic.refused()).isEqualTo(traffic.refusedOf("churned"));
    }

    private void windowsAddUp(SoakTraffic traffic) {
        SoakQuestions.holdsOnesOnly(traffic.ones.window(SoakTraffic.RETENTION));
        WindowSnapshot different = traffic.different.window(SoakTraffic.RETENTION);
        assertThat(traffic.ones.window(SoakTraffic.RETENTION).count()).isEqualTo(traffic.accepted("ones"));
        assertThat(different.count()).isEqualTo(traffic.accepted("different"));
        assertThat(different.sum()).isCloseTo(traffic.sumOfDifferent(), within(1e-12 * traffic.sumOfDifferent()));
        assertThat(different.min()).hasValue(0);
        assertThat(different.max()).hasValue(traffic.maxOfDifferent());
        for (int writer = 0; writer < SoakTraffic.WRITERS; writer++) {
            traffic.ownValuesAreSeen(writer);
        }
        assertThat(traffic.ones.series()).hasSize(2 * SoakTraffic.WRITERS);
        for (MetricSeries series : traffic.ones.series()) {
            assertThat(series.window(SoakTraffic.RETENTION).count()).isEqualTo(series.lifetime().count());
        }
    }

    /**
     * One thread fills series in order and resets: any answer holds the first so many.
     */
    @ParameterizedTest
    @EnumSource
    void resetIsSeenAsAWhole(TestThreads threads) throws Exception {
        int seriesCount = 50;
        ThreadSafeMetric reset = this.collector.metric(MetricDefinition.histogram("reset").build());
        this.writing.set(1);
        threads.run(List.of(writing(() -> {
            while (goesOn()) {
                for (int series = 0; series < seriesCount; series++) {
                    reset.addValue(1, Tags.of("series", "" + series));
                }
                reset.reset();
            }
        }), whileWriting(() -> {
            Map<String, WindowSnapshot> groups = reset.windowBy("series", SoakTraffic.RETENTION, Tags.empty());
            for (int series = 0; series < groups.size(); series++) {
                assertThat(groups).containsKey("" + series);
                assertThat(groups.get("" + series).count()).isOne();
            }
        }), whileWriting(() -> {
            MetricStatistics statistics = reset.getStatistics();
            assertThat(statistics.seriesCount()).isEqualTo((int) statistics.count())
                .isEqualTo(statistics.valuesStored());
        })));
    }

}
