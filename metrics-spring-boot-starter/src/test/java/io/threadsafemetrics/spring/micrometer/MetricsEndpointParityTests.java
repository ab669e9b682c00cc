package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.micrometer.metrics.actuate.endpoint.MetricsEndpoint;
import org.springframework.boot.micrometer.metrics.actuate.endpoint.MetricsEndpoint.MetricDescriptor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Boot's metrics endpoint asks the parts of a composite in no fixed order, and the
 * first that has the name answers: it must not matter which.
 */
class MetricsEndpointParityTests {

    private final MockClock clock = new MockClock();

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .clock(new MicrometerMetricsClock(this.clock))
        .maxMetrics(15)
        .maxTagSets(2)
        .build();

    private final ThreadSafeMetricsMeterRegistry ours = ThreadSafeMetricsMeterRegistry.builder(this.collector)
        .clock(this.clock)
        .interval(Duration.ZERO)
        .build();

    private final SimpleMeterRegistry simple = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

    private final AtomicLong state = new AtomicLong(42);

    @AfterEach
    void close() {
        this.ours.close();
        this.collector.close();
    }

    private void record(MeterRegistry registry) {
        for (int i = 0; i < 4; i++) {
            Counter.builder("counter")
                .tag("i", "" + i)
                .description("Counts")
                .baseUnit("orders")
                .register(registry)
                .increment(i);
            Timer.builder("timer").tag("i", "" + i).register(registry).record(Duration.ofMillis(3 + i));
        }
        Timer.builder("timer.percentiles")
            .publishPercentiles(0.5, 0.99)
            .serviceLevelObjectives(Duration.ofMillis(10))
            .register(registry)
            .record(7, TimeUnit.MILLISECONDS);
        DistributionSummary.builder("summary").baseUnit("bytes").scale(2).register(registry).record(5);
        Gauge.builder("gauge", this.state, AtomicLong::get).register(registry);
        TimeGauge.builder("gauge.time", this.state, TimeUnit.MINUTES, AtomicLong::get).register(registry);
        FunctionCounter.builder("function.counter", this.state, AtomicLong::get).register(registry);
        FunctionTimer.builder("function.timer", this.state, AtomicLong::get, AtomicLong::get, TimeUnit.MILLISECONDS)
            .register(registry);
        LongTaskTimer.builder("long.task").register(registry).start();
        Meter.builder("custom", Meter.Type.OTHER, List.of(new Measurement(() -> 3.0, Statistic.TOTAL)))
            .register(registry);
        Timer.builder("clash").register(registry).record(1, TimeUnit.SECONDS);
        for (int i = 0; i < 10; i++) { // more than the collector has room for
            registry.counter("many." + i).increment();
        }
        registry.remove(registry.counter("removed"));
    }

    private void recordAll() {
        this.collector.registerMetric("clash", MetricType.GAUGE);
        CompositeMeterRegistry composite = new CompositeMeterRegistry(this.clock, List.of(this.ours, this.simple));
        record(composite);
        this.ours.sample();
        this.clock.add(Duration.ofHours(2)); // series go that were idle for an hour
        this.collector.cleanupOldValues();
        composite.counter("counter", "i", "1").increment();
        composite.timer("timer", "i", "1").record(1, TimeUnit.SECONDS);
        this.collector.unregisterMetric("summary");
        composite.summary("summary").record(1);
        this.collector.resetAllMetrics();
        this.ours.sample();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void endpointShowsWhatItShowsOfTheSimpleRegistry(boolean oursFirst) {
        recordAll();
        MetricsEndpoint expected = new MetricsEndpoint(this.simple);
        MetricsEndpoint endpoint = new MetricsEndpoint(oursFirst ? new OrderedComposite(this.ours, this.simple)
                : new OrderedComposite(this.simple, this.ours));
        Set<String> names = expected.listNames().getNames();
        assertThat(names).contains("counter", "timer", "timer.percentiles.percentile", "clash", "many.9");
        assertThat(endpoint.listNames().getNames()).isEqualTo(names);
        for (String name : names) {
            assertThat(answer(endpoint, name, null)).as(name).isEqualTo(answer(expected, name, null));
        }
        assertThat(answer(endpoint, "timer", List.of("i:1"))).isEqualTo(answer(expected, "timer", List.of("i:1")));
        assertThat(answer(endpoint, "removed", null)).isEqualTo(answer(expected, "removed", null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "counter", "timer", "timer.percentiles", "summary", "gauge", "gauge.time",
            "function.counter", "function.timer", "long.task", "custom", "clash", "many.9" })
    void registryAloneShowsWhatTheSimpleRegistryShows(String name) {
        recordAll();
        assertThat(answer(new MetricsEndpoint(this.ours), name, null)).isNotEmpty()
            .isEqualTo(answer(new MetricsEndpoint(this.simple), name, null));
    }

    private static Map<String, Object> answer(MetricsEndpoint endpoint, String name, @Nullable List<String> tags) {
        MetricDescriptor metric = endpoint.metric(name, tags);
        Map<String, Object> answer = new TreeMap<>();
        if (metric != null) {
            answer.put("description", String.valueOf(metric.getDescription()));
            answer.put("baseUnit", String.valueOf(metric.getBaseUnit()));
            metric.getMeasurements()
                .forEach((sample) -> answer.put("statistic " + sample.getStatistic(), sample.getValue()));
            metric.getAvailableTags().forEach((tag) -> answer.put("tag " + tag.getTag(), tag.getValues()));
        }
        return answer;
    }

    /** A composite whose order is known. */
    private static final class OrderedComposite extends CompositeMeterRegistry {

        private final Set<MeterRegistry> ordered;

        OrderedComposite(MeterRegistry first, MeterRegistry second) {
            this.ordered = new LinkedHashSet<>(List.of(first, second));
        }

        @Override
        public Set<MeterRegistry> getRegistries() {
            return this.ordered;
        }

    }

}
