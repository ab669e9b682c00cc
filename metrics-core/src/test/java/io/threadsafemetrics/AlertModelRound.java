package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * A random life of a few rules and metrics, evaluated now and then.
 */
final class AlertModelRound {

    private static final int STEPS = 1_500;

    private static final int NAMES = 4;

    /** Less than the delivery queue holds, so that nothing is dropped. */
    private static final int TOLD_AT_ONCE = 500;

    private final long seed;

    private final Random random;

    private final ManualClock clock = new ManualClock(Instant.parse("2020-01-01T00:00:00Z"));

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.maxValues(100_000));

    private final AlertModel model = new AlertModel();

    private final List<AlertEvent> told = Collections.synchronizedList(new ArrayList<>());

    private final long[] rules = new long[NAMES];

    private int step;

    AlertModelRound(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.collector.addAlertCallback(this.told::add);
    }

    void run() {
        try (this.collector) {
            for (this.step = 0; this.step < STEPS; this.step++) {
                act();
                if (this.random.nextBoolean()) {
                    assertThat(this.collector.evaluateAlerts()).as(where("events")).isEqualTo(this.model.evaluate());
                }
                assertThat(this.collector.getActiveAlerts()).as(where("active")).isEqualTo(this.model.active());
                if (this.model.told.size() - this.told.size() > TOLD_AT_ONCE) {
                    checkTold();
                }
            }
            checkTold();
            SystemStatistics system = this.collector.getSystemStatistics();
            assertThat(system.collectionErrors() + system.droppedAlerts()).as(where("errors")).isZero();
            assertThat(this.told).as(where("too quiet a round")).hasSizeGreaterThan(20);
        }
    }

    private void checkTold() {
        await().until(() -> this.told.size() >= this.model.told.size());
        assertThat(this.told).as(where("told")).isEqualTo(this.model.told);
    }

    private void act() {
        advance(this.random.nextInt(3_000));
        String name = anyMetric();
        switch (this.random.nextInt(40)) {
            case 0, 1 -> advance(this.random.nextInt(120_000));
            case 2 -> setWallClock();
            case 3 -> unregister(name);
            case 4, 5, 6 -> register(name);
            case 7, 8 -> reset(name);
            case 9 -> this.collector.cleanupOldValues();
            case 10, 11, 12, 13 -> addRule();
            case 14 -> addRuleAgain();
            case 15 -> removeRule();
            default -> record(name);
        }
    }

    private void advance(int millis) {
        this.clock.advance(Duration.ofMillis(millis));
        this.model.setTime(this.clock.monotonicNanos(), wallClock());
    }

    private void setWallClock() {
        this.clock.setWallClock(Instant.ofEpochSecond(this.random.nextInt(Integer.MAX_VALUE)));
        this.model.setTime(this.clock.monotonicNanos(), wallClock());
    }

    private void unregister(String name) {
        assertThat(this.collector.unregisterMetric(name)).as(where("unregister"))
            .isEqualTo(this.model.unregister(name));
    }

    private void register(String name) {
        if (!this.model.has(name)) { // a refusal would be logged
            Duration retention = Duration.ofSeconds(10 + this.random.nextInt(50));
            assertThat(this.collector.registerMetric(name, MetricType.GAUGE, 100_000, retention)).isTrue();
            this.model.register(name, retention);
        }
    }

    private void reset(String name) {
        this.collector.findMetric(name).ifPresent((metric) -> {
            metric.reset();
            this.model.reset(name);
        });
    }

    /** Whole numbers, so that a sum does not depend on its order. */
    private void record(String name) {
        double value = this.random.nextInt(20);
        Tags tags = anyTags();
        boolean accepted = this.collector.collect(name, value, tags.asMap());
        assertThat(accepted).as(where("record")).isEqualTo(this.model.has(name));
        if (accepted) {
            this.model.record(name, value, tags);
        }
    }

    private void addRule() {
        int number = this.random.nextInt(NAMES);
        this.rules[number] = this.random.nextLong();
        add(rule(number));
    }

    private void addRuleAgain() {
        add(rule(this.random.nextInt(NAMES)));
    }

    private void add(AlertRule rule) {
        if (this.model.add(rule)) {
            this.collector.addAlertRule(rule);
        }
        else {
            assertThatIllegalArgumentException().as(where("add"))
                .isThrownBy(() -> this.collector.addAlertRule(rule))
                .withMessageStartingWith("'window' must be at most the retention of '" + rule.metric() + "'");
        }
    }

    private void removeRule() {
        String name = "rule " + this.random.nextInt(NAMES);
        assertThat(this.collector.removeAlertRule(name)).as(where("remove")).isEqualTo(this.model.remove(name));
    }

    /** Drawn from a number of its own, so that an equal one can be made again. */
    private AlertRule rule(int number) {
        Random parts = new Random(this.rules[number]);
        AlertRule.Builder rule = AlertRule.builder("rule " + number, "m" + parts.nextInt(NAMES))
            .aggregation(AggregationType.values()[parts.nextInt(AggregationType.values().length)])
            .minCount(1 + parts.nextInt(2) * parts.nextInt(4))
            .onNoData(parts.nextInt(4) == 0 ? AlertState.FIRING : AlertState.OK)
            .tags(parts.nextInt(3) == 0 ? Tags.of("a", "" + parts.nextInt(3)) : Tags.empty())
            .holdFor(Duration.ofMillis(parts.nextInt(2) * parts.nextInt(15_000)))
            .percentile(100 * parts.nextDouble())
            .labels(Map.of("team", "" + parts.nextInt(2)));
        if (parts.nextInt(4) != 0) {
            rule.window(Duration.ofMillis(1 + parts.nextInt(14_000)));
        }
        if (parts.nextBoolean()) {
            rule.repeatEvery(Duration.ofMillis(1 + parts.nextInt(20_000)));
        }
        double threshold = 20 * parts.nextDouble() * Math.pow(parts.nextDouble(), 2);
        double resolveBy = parts.nextBoolean() ? 0 : 5 * parts.nextDouble();
        return (parts.nextBoolean() ? rule.above(threshold).resolveAt(threshold - resolveBy)
                : rule.below(threshold).resolveAt(threshold + resolveBy))
            .build();
    }

    private String anyMetric() {
        return "m" + this.random.nextInt(NAMES);
    }

    private Tags anyTags() {
        int tagSet = this.random.nextInt(4);
        return (tagSet == 3) ? Tags.empty() : Tags.of("a", "" + tagSet);
    }

    private Instant wallClock() {
        return Instant.ofEpochMilli(this.clock.wallClockMillis());
    }

    private String where(String question) {
        return "(" + question + ", seed " + this.seed + ", step " + this.step + ")";
    }

}
