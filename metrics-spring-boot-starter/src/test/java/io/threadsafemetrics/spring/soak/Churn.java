package io.threadsafemetrics.spring.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.threadsafemetrics.AggregationType;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lets metrics, meters and alert rules come and go, and resets. Each method for a thread
 * of its own.
 */
final class Churn {

    private static final String NO_ROOM = "there is no room";

    private static final int MOST_NAMES = 300;

    private static final int VALUES = 100;

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final SoakMetrics metrics;

    private final ThreadSafeMetricsCollector collector;

    private final Tally tally;

    private final SoakClient client;

    private long turn;

    Churn(SoakMetrics metrics, Tally tally, SoakClient client) {
        this.metrics = metrics;
        this.collector = metrics.collector;
        this.tally = tally;
        this.client = client;
    }

    /** While the writers record to it by its name. */
    void ofAMetric() {
        if (!this.collector.registerMetric(SoakMetrics.CHURNED, MetricType.HISTOGRAM)) {
            this.tally.refusedMetrics.increment();
            return;
        }
        ThreadSafeMetric metric = this.collector.findMetric(SoakMetrics.CHURNED).orElseThrow();
        assertThat(this.collector.unregisterMetric(SoakMetrics.CHURNED)).isTrue();
        assertThat(this.tally.of(SoakMetrics.CHURNED).add(1, metric.addValue(1))).as("taken when it is gone").isFalse();
    }

    /** More metrics than there may be, each with a value for each of some tag sets. */
    void ofNames() {
        List<String> names = new ArrayList<>();
        while (names.size() < MOST_NAMES && registered("soak.name-" + this.turn + "-" + names.size())) {
            String name = "soak.name-" + this.turn + "-" + names.size();
            names.add(name);
            for (int i = 0; i < VALUES; i++) {
                boolean taken = this.collector.collect(name, i, Map.of("id", "" + i % 10), Map.of("text", name));
                this.tally.of(SoakMetrics.CHURNED).add(1, taken);
            }
        }
        names.forEach((name) -> assertThat(this.collector.unregisterMetric(name)).isTrue());
        this.turn++;
    }

    private boolean registered(String name) {
        try {
            if (this.turn % 2 == 0) {
                this.collector.metric(MetricDefinition.histogram(name).build());
                return true;
            }
            if (this.collector.registerMetric(name, MetricType.HISTOGRAM)) {
                return true;
            }
        }
        catch (IllegalStateException ex) {
            assertThat(ex).hasMessageContaining(NO_ROOM);
        }
        this.tally.refusedMetrics.increment();
        return false;
    }

    /** Only this thread records to it: a reset that takes nothing away is seen. */
    void byReset() throws Exception {
        ThreadSafeMetric metric = this.collector.findMetric(SoakMetrics.RESET).orElseThrow();
        for (int i = 0; i < VALUES; i++) {
            this.tally.of(SoakMetrics.RESET).add(1, metric.addValue(1, Tags.of("id", "" + i % 10)));
        }
        assertThat(metric.getStatistics().count()).isEqualTo(VALUES);
        if (this.tally.resets.sum() % 2 == 0) {
            metric.reset();
        }
        else {
            this.client.reset(SoakMetrics.RESET);
        }
        assertThat(metric.getStatistics().count()).as("count after a reset").isZero();
        assertThat(metric.getStatistics().seriesCount()).as("series after a reset").isZero();
        assertThat(metric.window(WINDOW).count()).as("values after a reset").isZero();
        this.tally.resets.increment();
    }

    /** As the page's button does it. */
    void byDelete() throws Exception {
        if (this.collector.registerMetric("soak.deleted", MetricType.GAUGE)) {
            ThreadSafeMetric metric = this.collector.findMetric("soak.deleted").orElseThrow();
            this.tally.of("soak.deleted").add(1, metric.addValue(1, Tags.of("a", "b")));
            this.client.unregister("soak.deleted");
            assertThat(this.collector.findMetric("soak.deleted")).isEmpty();
            this.tally.of("soak.deleted").add(1, metric.addValue(1));
        }
        else {
            this.tally.refusedMetrics.increment();
        }
    }

    /**
     * The metric stays, as another meter feeds it. That one is recorded to, since a meter
     * that nobody has recorded to feeds its series a moment after it is made only.
     */
    void ofMeters(MeterRegistry registry) {
        registry.timer("soak.meter.churned", "turn", "always").record(0, TimeUnit.SECONDS);
        this.tally.of("soak.meter.churned").add(0, true);
        Timer timer = registry.timer("soak.meter.churned", "turn", "" + this.turn++ % 10);
        for (int i = 0; i < VALUES; i++) {
            timer.record(i, TimeUnit.SECONDS);
            this.tally.of("soak.meter.churned").add(i, true);
        }
        registry.remove(timer);
    }

    void ofRules() {
        String metric = (this.turn % 3 == 0) ? "soak.nobody registered this" : this.metrics.ones.name();
        AlertRule.Builder rule = AlertRule.builder("churned \"</script>\n" + this.turn % 2, metric)
            .aggregation(AggregationType.COUNT)
            .window(Duration.ofSeconds(1))
            .repeatEvery(Duration.ofSeconds(1));
        try {
            this.collector.addAlertRule(((this.turn % 4 < 2) ? rule.above(0) : rule.below(1e12)).build());
        }
        catch (IllegalStateException ex) {
            assertThat(ex).hasMessageContaining(NO_ROOM);
        }
        if (this.turn % 5 == 0) {
            this.collector.evaluateAlerts();
        }
        if (this.turn % 7 == 0) {
            this.collector.removeAlertRule(rule.build().name());
        }
        this.turn++;
    }

}
