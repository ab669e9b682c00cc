package io.threadsafemetrics;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The collector that everybody finds.
 */
class GlobalMetricsTests {

    private final ThreadSafeMetricsCollector first = TestCollectors.create(new ManualClock());

    private final ThreadSafeMetricsCollector second = TestCollectors.create(new ManualClock());

    @BeforeEach
    @AfterEach
    void reset() {
        GlobalMetrics.reset();
    }

    @Test
    void getCreatesOnce() {
        assertThat(GlobalMetrics.get()).isSameAs(GlobalMetrics.get());
    }

    @Test
    void getCreatesOnceForManyThreads() throws InterruptedException {
        Set<ThreadSafeMetricsCollector> found = Collections.newSetFromMap(new ConcurrentHashMap<>());
        Thread[] threads = Stream.generate(() -> new Thread(() -> found.add(GlobalMetrics.get())))
            .limit(16)
            .toArray(Thread[]::new);
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(found).hasSize(1);
    }

    @Test
    void resetClosesWhatGetCreated() {
        ThreadSafeMetricsCollector created = GlobalMetrics.get();
        GlobalMetrics.registerMetric("a", MetricType.GAUGE);
        GlobalMetrics.reset();
        assertThat(created.collect("a", 1)).isFalse();
        assertThat(GlobalMetrics.get()).isNotSameAs(created);
        assertThat(GlobalMetrics.collect("a", 1)).isFalse();
    }

    @Test
    void resetLeavesAnInstalledCollectorInPlaceAndOpen() throws Exception {
        this.first.registerMetric("a", MetricType.GAUGE);
        try (AutoCloseable installation = GlobalMetrics.install(this.first)) {
            GlobalMetrics.reset();
            assertThat(GlobalMetrics.get()).isSameAs(this.first);
            assertThat(GlobalMetrics.collect("a", 1)).isTrue();
        }
    }

    @Test
    void closingAnInstallationRestoresTheOneBeforeAndClosesNoCollector() throws Exception {
        ThreadSafeMetricsCollector created = GlobalMetrics.get();
        this.first.registerMetric("a", MetricType.GAUGE);
        AutoCloseable outer = GlobalMetrics.install(this.first);
        AutoCloseable inner = GlobalMetrics.install(this.second);
        assertThat(GlobalMetrics.get()).isSameAs(this.second);
        inner.close();
        assertThat(GlobalMetrics.get()).isSameAs(this.first);
        outer.close();
        assertThat(GlobalMetrics.get()).isSameAs(created);
        assertThat(this.first.collect("a", 1)).isTrue();
    }

    @Test
    void installationsMayBeClosedOutOfOrderAndTwice() throws Exception {
        AutoCloseable outer = GlobalMetrics.install(this.first);
        AutoCloseable inner = GlobalMetrics.install(this.second);
        outer.close();
        assertThat(GlobalMetrics.get()).isSameAs(this.second);
        outer.close();
        assertThat(GlobalMetrics.get()).isSameAs(this.second);
        inner.close();
        assertThat(GlobalMetrics.get()).isNotSameAs(this.first).isNotSameAs(this.second);
    }

    @Test
    void aCollectorMayBeInstalledTwice() throws Exception {
        AutoCloseable one = GlobalMetrics.install(this.first);
        AutoCloseable two = GlobalMetrics.install(this.first);
        two.close();
        assertThat(GlobalMetrics.get()).isSameAs(this.first);
        one.close();
        assertThat(GlobalMetrics.get()).isNotSameAs(this.first);
    }

    @Test
    void installWhenCollectorIsNullThrows() {
        assertThatIllegalArgumentException().isThrownBy(() -> GlobalMetrics.install(null))
            .withMessage("'collector' must not be null");
    }

    @Test
    void callsGoToTheGlobalCollector() throws Exception {
        try (AutoCloseable installation = GlobalMetrics.install(this.first)) {
            assertThat(GlobalMetrics.registerMetric("a", MetricType.GAUGE)).isTrue();
            assertThat(GlobalMetrics.registerMetric("b", MetricType.GAUGE, 5, Duration.ofSeconds(1))).isTrue();
            assertThat(GlobalMetrics.registerMetric(MetricDefinition.gauge("c").build())).isTrue();
            assertThat(GlobalMetrics.collect("a", 1)).isTrue();
            assertThat(GlobalMetrics.collect("b", 1, Map.of("k", "v"))).isTrue();
            assertThat(GlobalMetrics.collect("c", 1, Map.of("k", "v"), Map.of("k", "v"))).isTrue();
            assertThat(GlobalMetrics.collect("unknown", 1)).isFalse();
        }
        assertThat(this.first.getAllMetrics()).containsOnlyKeys("a", "b", "c")
            .allSatisfy((name, statistics) -> assertThat(statistics.count()).isEqualTo(1));
    }

}
