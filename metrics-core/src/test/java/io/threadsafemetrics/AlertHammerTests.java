package io.threadsafemetrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Several threads evaluate while rules come, go and are replaced, and values come and go:
 * each transition is told once, those of a rule in turns, and each FIRING is ended.
 */
class AlertHammerTests {

    private static final int CHANGES = 5_000;

    /** Their events find room in the delivery queue. */
    private static final int CHANGES_AT_ONCE = 50;

    private static final int RULES = 3;

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(MetricsClock.system());

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.gauge("a").build());

    private final Queue<AlertEvent> told = new ConcurrentLinkedQueue<>();

    private final Queue<AlertEvent> returned = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean over = new AtomicBoolean();

    private int rules;

    @AfterEach
    void close() {
        this.collector.close();
    }

    @Test
    void eachTransitionIsToldOnceAndInOrder() throws Exception {
        this.collector.addAlertCallback(this.told::add);
        List<Callable<Void>> tasks = new ArrayList<>(Collections.nCopies(2, this::evaluate));
        tasks.add(this::changeRulesAndValues);
        TestThreads.PLATFORM.run(tasks);
        for (int i = 0; i < RULES; i++) {
            this.collector.removeAlertRule("rule " + i);
        }
        awaitFiringsTold();
        await().until(() -> this.told.size() == 2 * firings(this.told).size());
        assertThat(this.collector.getSystemStatistics().droppedAlerts()).isZero();
        assertThat(firings(this.told)).hasSizeGreaterThan(100)
            .containsExactlyInAnyOrderElementsOf(firings(this.returned));
        assertThat(this.told).containsAll(this.returned);
        this.told.stream().collect(Collectors.groupingBy(AlertEvent::rule)).values().forEach(this::checkTurns);
    }

    private void checkTurns(List<AlertEvent> ofOneRule) {
        assertThat(ofOneRule.size() % 2).as("ended: %s", ofOneRule).isZero();
        for (int i = 0; i < ofOneRule.size(); i++) {
            assertThat(ofOneRule.get(i).state()).as("event %s of %s", i, ofOneRule)
                .isEqualTo((i % 2 == 0) ? AlertState.FIRING : AlertState.RESOLVED);
        }
    }

    private Void evaluate() {
        while (!this.over.get()) {
            this.returned.addAll(this.collector.evaluateAlerts());
            assertThat(this.collector.getActiveAlerts()).extracting(ActiveAlert::rule).doesNotHaveDuplicates();
        }
        return null;
    }

    private Void changeRulesAndValues() {
        Random random = new Random(1);
        try {
            for (int i = 1; i <= CHANGES; i++) {
                switch (random.nextInt(6)) {
                    case 0 -> this.collector.addAlertRule(newRule(random.nextInt(RULES)));
                    case 1 -> this.collector.removeAlertRule("rule " + random.nextInt(RULES));
                    case 2 -> this.metric.reset();
                    default -> this.metric.addValue(1);
                }
                if (i % CHANGES_AT_ONCE == 0) {
                    awaitFiringsTold();
                }
            }
        }
        finally {
            this.over.set(true);
        }
        return null;
    }

    private void awaitFiringsTold() {
        await().pollInterval(Duration.ofMillis(1))
            .until(() -> firings(this.told).size() >= firings(this.returned).size());
    }

    private static List<AlertEvent> firings(Queue<AlertEvent> events) {
        return events.stream().filter((event) -> event.state() == AlertState.FIRING).toList();
    }

    /** Each has a number of its own, so that it is known which one an event is of. */
    private AlertRule newRule(int name) {
        return AlertRule.builder("rule " + name, "a").above(0).labels(Map.of("number", "" + this.rules++)).build();
    }

}
