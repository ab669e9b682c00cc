package io.threadsafemetrics;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which alert rules there are, and who is told that they change. */
class AlertRuleChangeTests {

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(new ManualClock(), (limits) -> limits);

    private final List<List<String>> told = new ArrayList<>();

    @AfterEach
    void close() {
        this.collector.close();
    }

    @Test
    void getAlertRulesReturnsThemInOrder() {
        add("b", 1);
        add("a", 1);
        assertThat(names()).containsExactly("b", "a");
    }

    @Test
    void getAlertRulesWhenRuleIsReplacedHasTheNewOneOnly() {
        add("a", 1);
        add("a", 2);
        assertThat(this.collector.getAlertRules()).singleElement()
            .satisfies((rule) -> assertThat(rule.threshold()).isEqualTo(2));
    }

    @Test
    void getAlertRulesIsACopy() {
        List<AlertRule> before = this.collector.getAlertRules();
        add("a", 1);
        assertThat(before).isEmpty();
    }

    @Test
    void alertRulesChangedIsToldAfterTheChange() {
        listen();
        add("a", 1);
        add("b", 1);
        this.collector.removeAlertRule("a");
        assertThat(this.told).containsExactly(List.of("a"), List.of("a", "b"), List.of("b"));
    }

    @Test
    void alertRulesChangedWhenRuleIsReplacedIsTold() {
        add("a", 1);
        listen();
        add("a", 2);
        assertThat(this.told).containsExactly(List.of("a"));
    }

    @Test
    void alertRulesChangedWhenRuleIsReplacedByAnEqualOneIsNotTold() {
        add("a", 1);
        listen();
        add("a", 1);
        assertThat(this.told).isEmpty();
    }

    @Test
    void alertRulesChangedWhenThereWasNoSuchRuleIsNotTold() {
        listen();
        assertThat(this.collector.removeAlertRule("a")).isFalse();
        assertThat(this.told).isEmpty();
    }

    @Test
    void aListenerMayChangeTheRules() {
        this.collector.addListener(new MetricsListener() {
            @Override
            public void alertRulesChanged() {
                AlertRuleChangeTests.this.collector.removeAlertRule("a");
            }
        });
        listen();
        add("a", 1);
        assertThat(this.told).containsExactly(List.of(), List.of());
    }

    private void listen() {
        this.collector.addListener(new MetricsListener() {
            @Override
            public void alertRulesChanged() {
                AlertRuleChangeTests.this.told.add(names());
            }
        });
    }

    private void add(String name, double above) {
        this.collector.addAlertRule(AlertRule.builder(name, "metric").above(above).build());
    }

    private List<String> names() {
        return this.collector.getAlertRules().stream().map(AlertRule::name).toList();
    }

}
