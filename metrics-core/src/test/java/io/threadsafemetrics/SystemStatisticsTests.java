package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each counter of the system statistics moves for its own reason and no other.
 */
class SystemStatisticsTests {

    /** All that counts something lost, but for refused values and errors. */
    static final List<ToLongFunction<SystemStatistics>> LOSSES = List.of(SystemStatistics::overflowedValues,
            SystemStatistics::droppedMetadata, SystemStatistics::droppedRawValues,
            SystemStatistics::coarsenedHistograms, SystemStatistics::droppedSlots, SystemStatistics::refusedMetrics,
            SystemStatistics::writerWaits, SystemStatistics::droppedAlerts, SystemStatistics::failedCallbacks);

    private final ManualClock clock = new ManualClock(Instant.EPOCH);

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.maxMetrics(1).maxTagSets(1).maxMemoryBytes(1_000_000));

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.gauge("a").build());

    @AfterEach
    void close() {
        this.collector.close();
    }

    private void assertOnlyLosses(ToLongFunction<SystemStatistics> expected) {
        SystemStatistics system = this.collector.getSystemStatistics();
        assertThat(LOSSES.stream().filter((loss) -> loss.applyAsLong(system) > 0).count()).isEqualTo(1);
        assertThat(expected.applyAsLong(system)).isPositive();
        assertThat(system.rejectedValues()).isZero();
        assertThat(system.collectionErrors()).isZero();
    }

    @Test
    void aNewCollectorHasCountedNothing() {
        SystemStatistics system = this.collector.getSystemStatistics();
        assertThat(LOSSES).allSatisfy((loss) -> assertThat(loss.applyAsLong(system)).isZero());
        assertThat(system.totalValuesCollected()).isZero();
        assertThat(system.rejectedValues()).isZero();
        assertThat(system.collectionErrors()).isZero();
        assertThat(system.cleanupCount()).isZero();
        assertThat(system.lastCleanup()).isEqualTo(Instant.EPOCH);
        assertThat(system.totalMetrics()).isEqualTo(1);
        assertThat(system.maxMetrics()).isEqualTo(1);
        assertThat(system.maxMemoryBytes()).isEqualTo(1_000_000);
        assertThat(system.estimatedMemoryBytes()).isPositive().isLessThan(10_000);
    }

    @Test
    void overflowedValuesCountsValuesOfRefusedTagSets() {
        this.metric.addValue(1, Tags.of("k", "1"));
        this.metric.addValue(1, Tags.of("k", "2"));
        this.metric.addValue(1, Tags.of("k", "3"));
        assertThat(this.collector.getSystemStatistics().overflowedValues()).isEqualTo(2);
        assertOnlyLosses(SystemStatistics::overflowedValues);
    }

    @Test
    void droppedMetadataCountsValuesWithoutTheirs() {
        for (int i = 0; i < 1000; i++) {
            this.metric.addValue(1, Tags.empty(), Map.of("k", "x".repeat(2000)));
        }
        long dropped = this.collector.getSystemStatistics().droppedMetadata();
        long kept = this.metric.values(ValueQuery.newest(1000))
            .stream()
            .filter((value) -> !value.metadata().isEmpty())
            .count();
        assertThat(kept).isEqualTo(1000 - dropped).isPositive();
        assertOnlyLosses(SystemStatistics::droppedMetadata);
    }

    @Test
    void droppedRawValuesDoesNotCountThoseAtMaxValues() {
        for (int i = 0; i < 5000; i++) {
            this.metric.addValue(1);
        }
        assertThat(this.metric.getStatistics().valuesStored()).isEqualTo(1000);
        assertThat(this.collector.getSystemStatistics().droppedRawValues()).isZero();
    }

    @Test
    void refusedMetricsCountsRegistrationsWithoutRoom() {
        this.collector.registerMetric("b", MetricType.GAUGE);
        assertThat(this.collector.getSystemStatistics().refusedMetrics()).isEqualTo(1);
        assertOnlyLosses(SystemStatistics::refusedMetrics);
    }

    @Test
    void coarsenedHistogramsCountsValuesOverTooManyDecades() {
        for (int i = 0; i < 100; i++) {
            this.metric.addValue((i % 2 == 0) ? 1e-300 : 1e300);
        }
        assertOnlyLosses(SystemStatistics::coarsenedHistograms);
    }

    @Test
    void writerWaitsCountsRecordingsThatFoundTheBoundOfStaging() throws InterruptedException {
        int values = 10_000;
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Thread reader = new Thread(() -> this.metric.engine().locked(() -> {
            inside.countDown();
            return awaitQuietly(leave);
        }));
        reader.start();
        inside.await();
        Thread writer = new Thread(() -> IntStream.range(0, values).forEach((i) -> this.metric.addValue(1)));
        writer.start();
        await().until(() -> writer.getState() == Thread.State.WAITING);
        leave.countDown();
        writer.join();
        reader.join();
        assertThat(this.metric.getStatistics().count()).isEqualTo(values);
        assertOnlyLosses(SystemStatistics::writerWaits);
    }

    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        }
        catch (InterruptedException ex) {
            return false;
        }
    }

    @Test
    void failedCallbacksCountsCallbacksThatThrew() {
        this.collector.addAlertCallback((event) -> {
            throw new IllegalStateException("from the callback");
        });
        this.collector.addAlertRule(AlertRule.builder("rule", "a").above(1).build());
        this.metric.addValue(2);
        this.collector.evaluateAlerts();
        await().until(() -> this.collector.getSystemStatistics().failedCallbacks() == 1);
        assertOnlyLosses(SystemStatistics::failedCallbacks);
    }

    @Test
    void totalValuesCollectedSurvivesResetAndUnregister() {
        this.metric.addValue(1);
        this.metric.reset();
        this.collector.unregisterMetric("a");
        assertThat(this.collector.getSystemStatistics().totalValuesCollected()).isEqualTo(1);
    }

    @Test
    void lastCleanupIsOfTheWallClockNow() {
        this.clock.advance(Duration.ofSeconds(10));
        this.collector.cleanupOldValues();
        this.clock.advance(Duration.ofSeconds(5));
        assertThat(this.collector.getSystemStatistics().lastCleanup()).isEqualTo(Instant.ofEpochSecond(10));
        assertThat(this.collector.getSystemStatistics().cleanupCount()).isEqualTo(1);
        this.clock.setWallClock(Instant.ofEpochSecond(1000));
        assertThat(this.collector.getSystemStatistics().lastCleanup()).isEqualTo(Instant.ofEpochSecond(995));
    }

}
