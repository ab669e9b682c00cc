package io.threadsafemetrics;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Callbacks are called on their own thread and harm nobody.
 */
class AlertDeliveryTests extends AbstractAlertCallbackTests {

    @Test
    void callbacksGetFiringAndResolvedInOrderAndNotPending() {
        this.collector.addAlertCallback(this.events::add);
        addRule(Duration.ofSeconds(1));
        for (double value : new double[] { 11, 1, 11, 11, 1 }) {
            evaluateAfter(value);
        }
        await().until(() -> this.events.size() == 2);
        assertThat(this.events).extracting(AlertEvent::state).containsExactly(AlertState.FIRING, AlertState.RESOLVED);
    }

    @Test
    void callbacksAreCalledOnAnotherDaemonThread() {
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        this.collector.addAlertCallback((event) -> threads.add(Thread.currentThread()));
        addRule(Duration.ZERO);
        evaluateAfter(11);
        await().until(() -> threads.size() == 1);
        assertThat(threads.element()).isNotSameAs(Thread.currentThread());
        assertThat(threads.element().isDaemon()).isTrue();
    }

    @Test
    void aCallbackIsAddedOnceAndRemoved() {
        AlertCallback callback = this.events::add;
        this.collector.addAlertCallback(callback);
        this.collector.addAlertCallback(callback);
        addRule(Duration.ZERO);
        evaluateAfter(11);
        await().until(() -> this.events.size() == 1);
        assertThat(this.collector.removeAlertCallback(callback)).isTrue();
        assertThat(this.collector.removeAlertCallback(callback)).isFalse();
        Queue<AlertEvent> later = new ConcurrentLinkedQueue<>();
        this.collector.addAlertCallback(later::add);
        evaluateAfter(1);
        await().until(() -> later.size() == 1);
        assertThat(this.events).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> this.collector.addAlertCallback(null))
            .withMessage("'callback' must not be null");
    }

    @Test
    void aCallbackThatThrowsIsCountedAndHarmsNoOther() {
        this.collector.addAlertCallback((event) -> {
            throw new Exception("from the callback");
        });
        this.collector.addAlertCallback((event) -> {
            throw new AssertionError("from the callback");
        });
        this.collector.addAlertCallback(this.events::add);
        addRule(Duration.ZERO);
        assertThat(evaluateAfter(11)).hasSize(1);
        evaluateAfter(1);
        await().until(() -> this.events.size() == 2);
        assertThat(this.collector.getSystemStatistics().failedCallbacks()).isEqualTo(4);
        assertThat(this.collector.getSystemStatistics().collectionErrors()).isZero();
    }

    @Test
    void aBlockedCallbackDelaysNothingAndFurtherEventsAreDroppedAndCounted() {
        CountDownLatch inside = new CountDownLatch(1);
        this.collector.addAlertCallback((event) -> {
            inside.countDown();
            this.unblocked.await();
            this.events.add(event);
        });
        addRule(Duration.ZERO);
        evaluateAfter(11);
        await().until(() -> inside.getCount() == 0);
        for (int i = 0; i < 1100; i++) {
            assertThat(evaluateAfter((i % 2 == 0) ? 1 : 11)).hasSize(1);
        }
        assertThat(this.collector.getSystemStatistics().droppedAlerts()).isEqualTo(100);
        assertThat(this.metric.getStatistics().count()).isEqualTo(1101);
        this.unblocked.countDown();
        await().until(() -> this.events.size() == 1001);
    }

    @Test
    void aCallbackMayRecordAskAndCloseTheCollector() {
        this.collector.addAlertCallback((event) -> {
            this.metric.addValue(3);
            this.metric.window(Duration.ofSeconds(1));
            this.collector.removeAlertRule("rule");
            this.collector.close();
            this.events.add(event);
        });
        addRule(Duration.ZERO);
        evaluateAfter(11);
        await().until(() -> this.events.size() == 1);
        assertThat(this.metric.getStatistics().count()).isEqualTo(2);
        assertThat(this.metric.addValue(1)).isFalse();
    }

    @Test
    void eventsThatCloseFindsUndeliveredAreCountedAsDropped() {
        CountDownLatch inside = new CountDownLatch(1);
        this.collector.addAlertCallback((event) -> {
            inside.countDown();
            this.unblocked.await();
        });
        addRule(Duration.ZERO);
        evaluateAfter(11);
        await().until(() -> inside.getCount() == 0);
        evaluateAfter(1);
        evaluateAfter(11);
        this.collector.close();
        assertThat(this.collector.getSystemStatistics().droppedAlerts()).isEqualTo(2);
    }

    @Test
    void rulesAreEvaluatedByThemselvesWithoutAnyCall() {
        try (ThreadSafeMetricsCollector own = ThreadSafeMetricsCollector.builder()
            .alertInterval(Duration.ofMillis(10))
            .build()) {
            own.addAlertCallback(this.events::add);
            own.addAlertRule(AlertRule.builder("rule", "a").above(10).build());
            own.registerMetric("a", MetricType.GAUGE);
            own.collect("a", 11);
            await().until(() -> this.events.size() == 1);
            assertThat(this.events.element().state()).isEqualTo(AlertState.FIRING);
            assertThat(this.events.element().rule().name()).isEqualTo("rule");
        }
    }

}
