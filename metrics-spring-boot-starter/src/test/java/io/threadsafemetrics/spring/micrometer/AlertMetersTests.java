package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricsClock;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The meters of alert rules, and how they come and go. */
class AlertMetersTests {

    private final ManualClock clock = new ManualClock();

    private final AtomicInteger clockReadings = new AtomicInteger();

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder().clock(new MetricsClock() {

        @Override
        public long monotonicNanos() {
            AlertMetersTests.this.clockReadings.incrementAndGet();
            return AlertMetersTests.this.clock.monotonicNanos();
        }

        @Override
        public long wallClockMillis() {
            return AlertMetersTests.this.clock.wallClockMillis();
        }

    }).cleanupInterval(Duration.ZERO).alertInterval(Duration.ZERO).build();

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.gauge("a").build());

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private final ThreadSafeMetricsMeterBinder binder = new ThreadSafeMetricsMeterBinder(this.collector);

    @AfterEach
    void close() {
        this.binder.close();
        this.collector.close();
    }

    private void addRule(String name, double above) {
        this.collector.addAlertRule(AlertRule.builder(name, "a")
            .window(Duration.ofMillis(999))
            .above(above)
            .holdFor(Duration.ofSeconds(1))
            .build());
    }

    private void evaluateAfter(double value) {
        this.clock.advance(Duration.ofSeconds(1));
        this.metric.addValue(value);
        this.collector.evaluateAlerts();
    }

    private List<Double> firingAndPending(String rule) {
        return List.of(gauge(rule, "firing").value(), gauge(rule, "pending").value());
    }

    private Gauge gauge(String rule, String state) {
        return this.registry.get("threadsafe.metrics.alerts").tags("rule", rule, "state", state).gauge();
    }

    private Set<String> shownRules() {
        return this.registry.find("threadsafe.metrics.alerts")
            .gauges()
            .stream()
            .map((gauge) -> gauge.getId().getTag("rule"))
            .collect(Collectors.toSet());
    }

    @Test
    void metersShowTheStateOfTheRule() {
        addRule("slow", 10);
        this.binder.bindTo(this.registry);
        assertThat(firingAndPending("slow")).containsExactly(0.0, 0.0);
        evaluateAfter(11);
        assertThat(firingAndPending("slow")).containsExactly(0.0, 1.0);
        evaluateAfter(11);
        assertThat(firingAndPending("slow")).containsExactly(1.0, 0.0);
        evaluateAfter(9);
        assertThat(firingAndPending("slow")).containsExactly(0.0, 0.0);
    }

    /** A list of all active alerts, which dates them, would make a scrape quadratic. */
    @Test
    void metersAreReadWithoutListingAllAlerts() {
        IntStream.range(0, 50).forEach((i) -> addRule("rule" + i, 10));
        this.binder.bindTo(this.registry);
        evaluateAfter(11);
        int before = this.clockReadings.get();
        IntStream.range(0, 50).forEach((i) -> assertThat(firingAndPending("rule" + i)).containsExactly(0.0, 1.0));
        assertThat(this.clockReadings).hasValue(before);
    }

    @Test
    void metersComeAndGoWithTheRule() {
        this.binder.bindTo(this.registry);
        addRule("one", 10);
        addRule("two", 10);
        assertThat(shownRules()).containsExactlyInAnyOrder("one", "two");
        this.collector.removeAlertRule("one");
        assertThat(shownRules()).containsExactly("two");
    }

    @Test
    void metersWhenRuleIsReplacedShowTheNewOne() {
        this.binder.bindTo(this.registry);
        addRule("slow", 10);
        evaluateAfter(11);
        evaluateAfter(11);
        addRule("slow", 20);
        evaluateAfter(11);
        assertThat(firingAndPending("slow")).containsExactly(0.0, 0.0);
        evaluateAfter(21);
        assertThat(firingAndPending("slow")).containsExactly(0.0, 1.0);
        assertThat(this.registry.find("threadsafe.metrics.alerts").gauges()).hasSize(2);
    }

    @Test
    void metersWhenBinderIsClosedAreGone() {
        addRule("slow", 10);
        this.binder.bindTo(this.registry);
        this.binder.close();
        addRule("fast", 10);
        assertThat(this.registry.getMeters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "a\"b\\c\nd", "größe 🚀", "{}=,", "a.b", "__name__" })
    void metersOfARuleWithAnOddNameAreScraped(String name) {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        this.binder.bindTo(prometheus);
        addRule(name, 10);
        String shown = name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        assertThat(prometheus.scrape())
            .contains("threadsafe_metrics_alerts{rule=\"" + shown + "\",state=\"firing\"} 0.0\n")
            .contains("threadsafe_metrics_alerts_dropped_total 0.0\n");
    }

    @Test
    void metersAfterChurnAreThoseOfTheRulesThereAre() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Callable<Void> churn = () -> {
                for (int i = 0; i < 1000; i++) {
                    addRule("rule" + i % 7, i);
                    this.collector.removeAlertRule("rule" + i % 5);
                }
                return null;
            };
            List<Future<Void>> work = List.of(threads.submit(churn), threads.submit(churn));
            this.binder.bindTo(this.registry);
            for (Future<Void> each : work) {
                each.get(60, TimeUnit.SECONDS);
            }
        }
        finally {
            threads.shutdownNow();
        }
        assertThat(shownRules())
            .isEqualTo(this.collector.getAlertRules().stream().map(AlertRule::name).collect(Collectors.toSet()));
        IntStream.range(0, 7).forEach((i) -> this.collector.removeAlertRule("rule" + i));
        assertThat(shownRules()).isEmpty();
        assertThat(this.registry.get(ExportMeterNames.EXPORT_SKIPPED).functionCounter().count()).isZero();
    }

}
