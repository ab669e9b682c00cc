package io.threadsafemetrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.threadsafemetrics.internal.util.RecentObjects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.GraphStats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Alert rules, where they stand and the collector's own metrics are in the bytes
 * reported, and within the limit.
 */
class AlertMemoryTests {

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.maxMemoryBytes(2_000_000));

    private final MemoryCheck memory = new MemoryCheck(this.collector, this.clock);

    @AfterEach
    void close() {
        this.collector.close();
    }

    private void addRules(int count) {
        for (int i = 0; i < count; i++) {
            this.collector.addAlertRule(AlertRule.builder("rule " + i, "metric " + i)
                .tags(Tags.of("region", "region " + i))
                .window(Duration.ofSeconds(1 + i))
                .holdFor(Duration.ofSeconds(1 + i))
                .repeatEvery(Duration.ofSeconds(1 + i))
                .above(1)
                .onNoData(AlertState.FIRING)
                .description("x".repeat(100) + i)
                .labels(Map.of("label " + i, "value " + i, "team " + i, "team of " + i))
                .build());
        }
    }

    @Test
    void rulesAreReported() {
        addRules(1000);
        this.memory.check();
        this.collector.evaluateAlerts();
        this.memory.check();
    }

    @Test
    void heapBytesOfAPlainRuleAreThoseOfTheHeap() {
        AlertRule rule = AlertRule.builder("rule", "metric").above(1).build();
        assertThat(rule.heapBytes(new RecentObjects(64))).isEqualTo(retained(rule));
    }

    @ParameterizedTest
    @ValueSource(ints = { 2, 32 })
    void heapBytesOfARuleWithAllPartsAreThoseOfTheHeap(int labels) {
        AlertRule rule = AlertRule.builder("rule", "metric")
            .tags(Tags.of("region", "eu"))
            .window(Duration.ofSeconds(1))
            .holdFor(Duration.ofSeconds(2))
            .repeatEvery(Duration.ofSeconds(3))
            .above(1)
            .description("description")
            .labels(IntStream.range(0, labels).boxed().collect(Collectors.toMap((i) -> "label " + i, (i) -> "of " + i)))
            .build();
        // what a map of JDK 21 or newer takes: that of JDK 17 takes 16 bytes less
        assertThat(rule.heapBytes(new RecentObjects(64)) - retained(rule)).isBetween(0L, 16L);
    }

    private static long retained(AlertRule rule) {
        Object[] shared = { AggregationType.AVERAGE, AlertState.OK, Tags.empty(), Duration.ZERO, Map.of() };
        Object[] all = Arrays.copyOf(shared, shared.length + 1);
        all[shared.length] = rule;
        return GraphStats.parseInstance(all).totalSize() - GraphStats.parseInstance(shared).totalSize();
    }

    @Test
    void rulesThatAreReplacedOrRemovedGiveTheirBytesBack() {
        long before = this.memory.reported();
        addRules(1000);
        long full = this.memory.reported();
        addRules(1000);
        assertThat(this.memory.reported()).isEqualTo(full);
        for (int i = 0; i < 1000; i++) {
            assertThat(this.collector.removeAlertRule("rule " + i)).isTrue();
        }
        assertThat(this.memory.reported()).isEqualTo(before);
        this.memory.check();
    }

    @Test
    void rulesWithoutEndAreRefused() {
        assertThatIllegalStateException().isThrownBy(() -> addRules(10_000))
            .withMessageStartingWith("Could not add AlertRule[")
            .withMessageContaining("there is no room, with")
            .withMessageEndingWith("of at most 2000000 bytes");
        this.memory.check();
        assertThat(this.collector.evaluateAlerts()).isNotEmpty();
    }

    @Test
    void eventsThatWaitForACallbackAreReported() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch unblocked = new CountDownLatch(1);
        this.collector.addAlertCallback((event) -> {
            called.countDown();
            unblocked.await();
        });
        addRules(100);
        this.collector.evaluateAlerts();
        this.clock.advance(Duration.ofSeconds(100));
        long before = this.memory.reported();
        this.collector.evaluateAlerts();
        called.await();
        assertThat(this.memory.reported() - before).isBetween(99 * 100L, 99 * 150L);
        unblocked.countDown();
    }

    private void addOwn(String metric) {
        this.collector.addAlertRule(AlertRule.builder(metric, metric).above(1e9).build());
    }

    @Test
    void ownMetricsAreReportedWhileARuleAsksForThem() {
        long before = this.memory.reported();
        addOwn(AlertRule.MEMORY_USAGE);
        addOwn(AlertRule.VALUES_REJECTED);
        addOwn(AlertRule.VALUES_OVERFLOWED);
        this.memory.check();
        for (int i = 0; i < 200; i++) {
            this.clock.advance(Duration.ofSeconds(5));
            this.collector.evaluateAlerts();
        }
        this.memory.check();
        assertThat(this.memory.reported()).isBetween(before + 10_000, before + 60_000);
        this.collector.removeAlertRule(AlertRule.MEMORY_USAGE);
        this.collector.removeAlertRule(AlertRule.VALUES_REJECTED);
        this.collector.removeAlertRule(AlertRule.VALUES_OVERFLOWED);
        assertThat(this.memory.reported()).isEqualTo(before);
        this.memory.check();
    }

}
