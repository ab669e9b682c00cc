package io.threadsafemetrics.sample.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

import io.threadsafemetrics.AggregationType;
import io.threadsafemetrics.AlertEvent;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.AlertState;
import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays all 14 days at their own pace, evaluates at each row, and compares each answer
 * with one from all rows of the window.
 */
class ReplayRuleTests {

    private static final Duration HALF_HOUR = Duration.ofMinutes(30);

    private final List<RecordedLatency> rows = RecordedLatency.readAll(ReplayConfiguration.SERIES);

    private final ManualClock clock = new ManualClock(this.rows.get(0).at());

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .clock(this.clock)
        .retentionWindow(Duration.ofHours(1))
        .alertInterval(Duration.ZERO)
        .cleanupInterval(Duration.ZERO)
        .build();

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.histogram("latency").build());

    @AfterEach
    void close() {
        this.collector.close();
    }

    @Test
    void maxAbove60FiresInTwoIncidentsAndNowhereElse() {
        assertThat(replay(rule().aggregation(AggregationType.MAX).above(60).build(), Brute::max)).containsExactly(
                "FIRING 2014-03-18T22:36:00Z", "RESOLVED 2014-03-18T23:16:00Z", "FIRING 2014-03-21T03:36:00Z");
        this.clock.advance(Duration.ofMinutes(25));
        assertThat(this.collector.evaluateAlerts()).as("30 minutes after the value").isEmpty();
        this.clock.advance(Duration.ofNanos(1));
        assertThat(this.collector.evaluateAlerts()).extracting(AlertEvent::state).containsExactly(AlertState.RESOLVED);
    }

    @Test
    void aPercentileRuleAnswersAsAllRowsDo() {
        assertThat(replay(rule().percentile(75).above(50).resolveAt(48).build(),
                (values, rule) -> values.percentile(rule.percentile())))
            .hasSizeGreaterThan(10);
    }

    @Test
    void anAverageRuleAnswersAsAllRowsDo() {
        assertThat(replay(rule().below(44).resolveAt(44.5).minCount(6).build(), Brute::average)).hasSizeGreaterThan(10);
    }

    /** Most windows hold seven rows; where the service was silent there are fewer. */
    @Test
    void aRateRuleAnswersAsAllRowsDo() {
        assertThat(replay(rule().aggregation(AggregationType.RATE).below(7.0 / 1800).build(), Brute::rate))
            .hasSizeGreaterThan(1);
    }

    private static AlertRule.Builder rule() {
        return AlertRule.builder("rule", "latency").window(HALF_HOUR);
    }

    private List<String> replay(AlertRule rule, BiFunction<Brute, AlertRule, Double> figure) {
        this.collector.addAlertRule(rule);
        List<String> told = new ArrayList<>();
        boolean firing = false;
        for (int row = 0; row < this.rows.size(); row++) {
            RecordedLatency latency = this.rows.get(row);
            this.clock.advance(Duration.between(Instant.ofEpochMilli(this.clock.wallClockMillis()), latency.at()));
            this.metric.addValue(latency.millis());
            Brute window = new Brute(this.rows, row);
            Double expected = (window.values.length < rule.minCount()) ? null : figure.apply(window, rule);
            boolean before = firing;
            firing = isBreached(rule, expected, before);
            List<AlertEvent> events = this.collector.evaluateAlerts();
            if (firing == before) {
                assertThat(events).as("at %s", latency.at()).isEmpty();
            }
            else {
                AlertState state = firing ? AlertState.FIRING : AlertState.RESOLVED;
                assertThat(events).as("at %s", latency.at()).singleElement().satisfies((event) -> {
                    assertThat(event.state()).isEqualTo(state);
                    assertThat(event.value()).usingComparator(ReplayRuleTests::compare).isEqualTo(expected);
                    assertThat(event.at()).isEqualTo(latency.at());
                });
                told.add(state + " " + latency.at());
            }
        }
        return told;
    }

    /** Sums depend on their order by a little. */
    private static int compare(Double one, Double other) {
        return (Math.abs(one - other) <= 1e-12 * Math.abs(other)) ? 0 : Double.compare(one, other);
    }

    private static boolean isBreached(AlertRule rule, Double figure, boolean firing) {
        double level = firing ? rule.resolveAt() : rule.threshold();
        return figure != null && (rule.above().isPresent() ? figure > level : figure < level);
    }

    /** The rows of half an hour before one, and that one. */
    private static final class Brute {

        private final double[] values;

        Brute(List<RecordedLatency> rows, int last) {
            Instant from = rows.get(last).at().minus(HALF_HOUR);
            this.values = rows.subList(0, last + 1)
                .stream()
                .filter((row) -> !row.at().isBefore(from))
                .mapToDouble(RecordedLatency::millis)
                .sorted()
                .toArray();
        }

        double max(AlertRule rule) {
            return this.values[this.values.length - 1];
        }

        double average(AlertRule rule) {
            return Arrays.stream(this.values).sum() / this.values.length;
        }

        double percentile(double percentile) {
            int rank = (int) (percentile / 100 * this.values.length);
            return this.values[Math.min(rank, this.values.length - 1)];
        }

        double rate(AlertRule rule) {
            return (this.values.length < 2) ? 0 : this.values.length / (double) HALF_HOUR.toSeconds();
        }

    }

}
