package io.threadsafemetrics;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Callbacks that block, fail, or change what they are called by harm nobody.
 */
class AlertCallbackTests extends AbstractAlertCallbackTests {

    @Test
    void aMillionValuesAreRecordedWhileACallbackBlocks() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        this.collector.addAlertCallback((event) -> {
            inside.countDown();
            this.unblocked.await();
            this.events.add(event);
        });
        addRule(Duration.ZERO);
        evaluateAfter(11);
        await().until(() -> inside.getCount() == 0);
        TestThreads.PLATFORM.run(Collections.nCopies(2, () -> {
            for (int i = 0; i < 500_000; i++) {
                assertThat(this.metric.addValue(1)).isTrue();
            }
            return null;
        }));
        assertThat(this.collector.evaluateAlerts()).hasSize(1);
        assertThat(this.metric.getStatistics().count()).isEqualTo(1_000_001);
        assertThat(this.events).isEmpty();
        this.unblocked.countDown();
        await().until(() -> this.events.size() == 2);
        assertThat(this.collector.getSystemStatistics().droppedAlerts()).isZero();
    }

    @Test
    void aCallbackMayChangeRulesAndCallbacks() {
        Queue<AlertEvent> later = new ConcurrentLinkedQueue<>();
        this.collector.addAlertCallback(new AlertCallback() {

            @Override
            public void onAlert(AlertEvent event) {
                AlertCallbackTests.this.collector.removeAlertCallback(this);
                AlertCallbackTests.this.collector.addAlertCallback(later::add);
                AlertCallbackTests.this.collector.addAlertRule(AlertRule.builder("another", "a").above(10).build());
                AlertCallbackTests.this.collector.removeAlertRule("rule");
                AlertCallbackTests.this.collector.evaluateAlerts();
                AlertCallbackTests.this.events.add(event);
            }

        });
        addRule(Duration.ZERO);
        evaluateAfter(11);
        await().until(() -> later.size() == 2);
        assertThat(this.events).hasSize(1);
        assertThat(later).extracting((event) -> event.rule().name() + " " + event.state())
            .containsExactly("rule RESOLVED", "another FIRING");
    }

    @Test
    void aCallbackThatIsRemovedIsNotToldOfWhatWaits() {
        CountDownLatch inside = new CountDownLatch(1);
        this.collector.addAlertCallback((event) -> {
            inside.countDown();
            this.unblocked.await();
        });
        AlertCallback removed = this.events::add;
        this.collector.addAlertCallback(removed);
        Queue<AlertEvent> others = new ConcurrentLinkedQueue<>();
        this.collector.addAlertCallback(others::add);
        addRule(Duration.ZERO);
        evaluateAfter(11);
        evaluateAfter(1);
        await().until(() -> inside.getCount() == 0);
        this.collector.removeAlertCallback(removed);
        this.unblocked.countDown();
        await().until(() -> others.size() == 2);
        assertThat(this.events).isEmpty();
    }

    @Test
    void anInterruptThatACallbackLeavesDoesNotReachTheNextOne() {
        Queue<Boolean> interrupted = new ConcurrentLinkedQueue<>();
        this.collector.addAlertCallback((event) -> Thread.currentThread().interrupt());
        this.collector.addAlertCallback((event) -> interrupted.add(Thread.currentThread().isInterrupted()));
        addRule(Duration.ZERO);
        evaluateAfter(11);
        await().until(() -> interrupted.size() == 1);
        assertThat(interrupted).containsExactly(false);
    }

    @Test
    void aCallbackThatFailsIsLoggedOnceAMinute() {
        AtomicInteger logged = new AtomicInteger();
        this.collector.addAlertCallback((event) -> {
            throw new NotingException(logged);
        });
        addRule(Duration.ZERO);
        for (int i = 0; i < 100; i++) {
            evaluateAfter((i % 2 == 0) ? 11 : 1);
        }
        await().until(() -> this.collector.getSystemStatistics().failedCallbacks() == 100);
        assertThat(logged).hasValue(1);
    }

    /**
     * Rules change while an evaluation is under way, even one that does not end: a user's
     * clock that blocks stands for many rules.
     */
    @Test
    void rulesAreChangedWithoutWaitingForAnEvaluation() throws InterruptedException {
        CountDownLatch evaluating = new CountDownLatch(1);
        ManualClock time = new ManualClock();
        ThreadSafeMetricsCollector own = TestCollectors.create(new MetricsClock() {

            @Override
            public long monotonicNanos() {
                if (Thread.currentThread().getName().equals("evaluates")) {
                    evaluating.countDown();
                    awaitUnblocked();
                }
                return time.monotonicNanos();
            }

            @Override
            public long wallClockMillis() {
                return time.wallClockMillis();
            }

        });
        own.addAlertRule(AlertRule.builder("first", "a").above(1).build());
        Thread evaluates = new Thread(own::evaluateAlerts, "evaluates");
        evaluates.start();
        evaluating.await();
        Thread changes = new Thread(() -> {
            own.addAlertRule(AlertRule.builder("second", "a").above(1).build());
            own.removeAlertRule("first");
            own.getActiveAlerts();
        });
        changes.start();
        changes.join(10_000);
        assertThat(changes.isAlive()).as("waits").isFalse();
        assertThat(evaluates.isAlive()).isTrue();
        assertThat(own.getAlertRules()).extracting(AlertRule::name).containsExactly("second");
        this.unblocked.countDown();
        evaluates.join();
        own.close();
    }

    /** A question may bring to light that a series is gone, and so may an evaluation. */
    @Test
    void listenersAreToldWithNoLockHeld() {
        Queue<Boolean> ended = new ConcurrentLinkedQueue<>();
        ThreadSafeMetricsCollector own = ThreadSafeMetricsCollector.builder()
            .clock(this.clock)
            .retentionWindow(Duration.ofMinutes(1))
            .idleSeriesTtl(Duration.ofMinutes(1))
            .alertInterval(Duration.ZERO)
            .build();
        own.addListener(new MetricsListener() {

            @Override
            public void seriesRemoved(ThreadSafeMetric metric, MetricSeries series) {
                Thread other = new Thread(own::evaluateAlerts);
                other.setDaemon(true);
                other.start();
                try {
                    other.join(5000);
                }
                catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
                ended.add(!other.isAlive());
            }

        });
        own.addAlertRule(AlertRule.builder("rule", "a").above(10).build());
        own.metric(MetricDefinition.gauge("a").build()).addValue(1, Tags.of("id", "1"));
        this.clock.advance(Duration.ofMinutes(10));
        own.collect("a", 11, Map.of("id", "2"));
        assertThat(own.evaluateAlerts()).hasSize(1);
        assertThat(ended).containsExactly(true);
        own.close();
    }

    private void awaitUnblocked() {
        try {
            this.unblocked.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Notes that it is written to a log. */
    private static final class NotingException extends Exception {

        private static final long serialVersionUID = 1;

        private final transient AtomicInteger logged;

        NotingException(AtomicInteger logged) {
            this.logged = logged;
        }

        @Override
        public void printStackTrace(PrintWriter writer) {
            this.logged.incrementAndGet();
        }

    }

}
