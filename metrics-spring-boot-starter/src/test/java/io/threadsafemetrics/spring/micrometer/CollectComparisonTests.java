package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.threadsafemetrics.AggregationType;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.WindowSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.micrometer.metrics.actuate.endpoint.MetricsEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The same recordings, asked of Micrometer's simple registry and of the collector. Where
 * Micrometer's own answer is wrong, a test fails once a version of it is right.
 */
class CollectComparisonTests {

    private final MockClock clock = new MockClock();

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .clock(new MicrometerMetricsClock(this.clock))
        .build();

    private final ThreadSafeMetricsMeterRegistry ours = ThreadSafeMetricsMeterRegistry.builder(this.collector)
        .clock(this.clock)
        .interval(Duration.ZERO)
        .build();

    private final SimpleMeterRegistry simple = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

    private final CompositeMeterRegistry both = new CompositeMeterRegistry(this.clock, List.of(this.ours, this.simple));

    private final Timer timer = Timer.builder("orders").publishPercentiles(0.5, 0.95).register(this.both);

    @AfterEach
    void close() {
        this.ours.close();
        this.collector.close();
    }

    private ThreadSafeMetric orders() {
        return this.collector.findMetric("orders").orElseThrow();
    }

    private double micrometersPercentile() {
        return this.simple.get("orders").timer().takeSnapshot().percentileValues()[1].value(TimeUnit.MILLISECONDS);
    }

    @Test
    void percentileRightAfterAnIdleHour() {
        this.timer.record(300, TimeUnit.MILLISECONDS);
        this.clock.add(Duration.ofHours(1));
        this.timer.record(300, TimeUnit.MILLISECONDS);
        assertThat(micrometersPercentile()).isZero();
        assertThat(orders().getAggregatedValue(AggregationType.PERCENTILE)).hasValue(0.3);
    }

    @Test
    void maxPercentilesAndCountOverTheSameWindow() {
        this.timer.record(300, TimeUnit.MILLISECONDS);
        this.clock.add(Duration.ofSeconds(90));
        Timer ofMicrometer = this.simple.get("orders").timer();
        assertThat(ofMicrometer.max(TimeUnit.MILLISECONDS)).isCloseTo(300, within(1.0));
        assertThat(micrometersPercentile()).isZero(); // the max goes on for another 90 s
        WindowSnapshot minute = orders().window(Duration.ofMinutes(1));
        assertThat(minute.count()).isZero();
        assertThat(minute.max()).isEmpty();
        assertThat(minute.percentile(95)).isEmpty();
        WindowSnapshot twoMinutes = orders().window(Duration.ofMinutes(2));
        assertThat(twoMinutes.count()).isEqualTo(1);
        assertThat(twoMinutes.max()).hasValue(0.3);
        assertThat(twoMinutes.percentile(95)).hasValue(0.3);
    }

    @Test
    void percentileIsThatOfTheValues() {
        for (int i = 0; i < 100; i++) {
            this.timer.record(200, TimeUnit.MILLISECONDS);
        }
        assertThat(micrometersPercentile()).isNotCloseTo(200, within(1.0));
        assertThat(orders().getAggregatedValue(AggregationType.PERCENTILE)).hasValue(0.2);
    }

    @Test
    void threeEqualSeriesMergedHaveTheirPercentile() {
        for (String region : List.of("eu", "us", "apac")) {
            Timer.builder("payments")
                .tag("region", region)
                .publishPercentiles(0.95)
                .register(this.both)
                .record(100, TimeUnit.MILLISECONDS);
        }
        double ofMicrometer = new MetricsEndpoint(this.simple).metric("payments.percentile", List.of("phi:0.95"))
            .getMeasurements()
            .get(0)
            .getValue();
        assertThat(ofMicrometer).isGreaterThan(0.28); // about 3 times 0.1
        assertThat(this.collector.findMetric("payments").orElseThrow().getAggregatedValue(AggregationType.PERCENTILE))
            .hasValue(0.1);
    }

    @Test
    void threeEqualGaugesMergedHaveTheirLevel() {
        for (String region : List.of("eu", "us", "apac")) {
            Gauge.builder("level", () -> 7).tag("region", region).register(this.both);
        }
        this.ours.sample();
        double ofMicrometer = new MetricsEndpoint(this.simple).metric("level", null)
            .getMeasurements()
            .get(0)
            .getValue();
        assertThat(ofMicrometer).isEqualTo(21);
        assertThat(this.collector.getMetricValue("level")).hasValue(7);
    }

}
