package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.ValueQuery;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/** Which metrics the meters of the registry become. */
class CollectingRegistryTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MockClock clock = new MockClock();

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .clock(new MicrometerMetricsClock(this.clock))
        .maxMetrics(20)
        .maxTagSets(3)
        .build();

    private final ThreadSafeMetricsMeterRegistry registry = ThreadSafeMetricsMeterRegistry.builder(this.collector)
        .clock(this.clock)
        .interval(Duration.ZERO)
        .build();

    @AfterEach
    void close() {
        this.registry.close();
        this.collector.close();
    }

    private ThreadSafeMetric metric(String name) {
        return this.collector.findMetric(name).orElseThrow();
    }

    private double sum(String name) {
        return metric(name).window(MINUTE).sum();
    }

    private double current(String name) {
        return metric(name).getCurrentValue().orElseThrow();
    }

    private double skipped() {
        return IncomingMetrics.of(this.collector).skipped().count();
    }

    static void await(BooleanSupplier condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(1)).until(condition::getAsBoolean);
    }

    @Test
    void timerBecomesTimerInSeconds() {
        Timer timer = Timer.builder("orders").tag("region", "eu").description("How long").register(this.registry);
        timer.record(Duration.ofMillis(250));
        timer.record(2, TimeUnit.SECONDS);
        assertThat(metric("orders").definition()).returns(MetricType.TIMER, MetricDefinition::type)
            .returns("seconds", MetricDefinition::unit)
            .returns("How long", MetricDefinition::description);
        assertThat(metric("orders").window(MINUTE, Tags.of("region", "eu")).sum()).isEqualTo(2.25);
        assertThat(metric("orders").window(MINUTE).count()).isEqualTo(2);
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(2.25);
    }

    @Test
    void counterBecomesCounterOfIncrements() {
        Counter counter = Counter.builder("placed").baseUnit("orders").register(this.registry);
        counter.increment();
        counter.increment(3);
        counter.increment(-1); // Micrometer lets it pass
        assertThat(metric("placed").type()).isEqualTo(MetricType.COUNTER);
        assertThat(metric("placed").definition().unit()).isEqualTo("orders");
        assertThat(sum("placed")).isEqualTo(4);
        counter.increment();
        assertThat(sum("placed")).isEqualTo(5);
    }

    @Test
    void summaryBecomesSummaryOfScaledValues() {
        DistributionSummary.builder("sizes").baseUnit("bytes").scale(2).register(this.registry).record(4);
        assertThat(metric("sizes").type()).isEqualTo(MetricType.SUMMARY);
        assertThat(sum("sizes")).isEqualTo(8);
    }

    @Test
    void summaryWithInfinityCollectsTheOtherValues() {
        DistributionSummary summary = DistributionSummary.builder("sizes").register(this.registry);
        summary.record(1);
        summary.record(Double.POSITIVE_INFINITY);
        summary.record(2);
        assertThat(sum("sizes")).isEqualTo(3);
        assertThat(this.collector.getSystemStatistics().rejectedValues()).isEqualTo(1);
    }

    @Test
    void meterThatNobodyRecordsAppears() throws InterruptedException {
        Counter.builder("never").tag("a", "b").register(this.registry);
        await(() -> this.collector.findMetric("never").isPresent());
        await(() -> metric("never").series().size() == 1);
        assertThat(metric("never").getStatistics().count()).isZero();
    }

    @Test
    void gaugeIsReadAtEachSample() {
        AtomicInteger level = new AtomicInteger(-5);
        Gauge.builder("level", level, AtomicInteger::get).register(this.registry);
        this.registry.sample();
        this.clock.add(Duration.ofSeconds(10));
        level.set(7);
        this.registry.sample();
        assertThat(metric("level").type()).isEqualTo(MetricType.GAUGE);
        assertThat(metric("level").window(MINUTE).min()).hasValue(-5);
        assertThat(metric("level").window(MINUTE).max()).hasValue(7);
    }

    @Test
    void gaugeWithoutReadingIsNotRecorded() {
        Gauge.builder("level", () -> Double.NaN).register(this.registry);
        Gauge.builder("infinite", () -> Double.NEGATIVE_INFINITY).register(this.registry);
        this.registry.sample();
        assertThat(this.collector.getAllMetrics()).isEmpty();
        assertThat(this.collector.getSystemStatistics().rejectedValues()).isZero();
    }

    @Test
    void timeGaugeIsInSeconds() {
        TimeGauge.builder("age", () -> 1500, TimeUnit.MILLISECONDS).register(this.registry);
        this.registry.sample();
        assertThat(current("age")).isEqualTo(1.5);
        assertThat(metric("age").definition().unit()).isEqualTo("seconds");
    }

    @Test
    void functionCounterIsCountedByItsGrowth() {
        AtomicLong count = new AtomicLong(3);
        FunctionCounter.builder("hits", count, AtomicLong::get).register(this.registry);
        this.registry.sample();
        this.registry.sample(); // no growth, no value
        count.set(10);
        this.clock.add(MINUTE.multipliedBy(2));
        this.registry.sample();
        assertThat(sum("hits")).isEqualTo(7);
        assertThat(metric("hits").getStatistics().count()).isEqualTo(2);
        assertThat(metric("hits").getStatistics().totalValue()).isEqualTo(10);
    }

    @Test
    void functionCounterThatGoesBackCountsOnFromThere() {
        AtomicLong count = new AtomicLong(10);
        FunctionCounter.builder("hits", count, AtomicLong::get).register(this.registry);
        this.registry.sample();
        count.set(4);
        this.registry.sample();
        count.set(5);
        this.registry.sample();
        assertThat(sum("hits")).isEqualTo(11);
    }

    @Test
    void functionTimerBecomesTwoCounters() {
        AtomicLong calls = new AtomicLong(4);
        FunctionTimer.builder("jobs", calls, AtomicLong::get, (c) -> c.get() * 500.0, TimeUnit.MILLISECONDS)
            .register(this.registry);
        this.registry.sample();
        assertThat(sum("jobs.count")).isEqualTo(4);
        assertThat(sum("jobs.total")).isEqualTo(2);
        assertThat(metric("jobs.total").type()).isEqualTo(MetricType.COUNTER);
    }

    @Test
    void longTaskTimerBecomesThreeGauges() {
        LongTaskTimer timer = LongTaskTimer.builder("imports").register(this.registry);
        LongTaskTimer.Sample first = timer.start();
        this.clock.add(Duration.ofSeconds(4));
        timer.start();
        this.clock.add(Duration.ofSeconds(1));
        this.registry.sample();
        assertThat(current("imports.active")).isEqualTo(2);
        assertThat(current("imports.duration")).isCloseTo(6, within(1e-9));
        assertThat(current("imports.max")).isCloseTo(5, within(1e-9));
        first.stop();
        this.registry.sample();
        assertThat(current("imports.active")).isEqualTo(1);
        assertThat(metric("imports.active").window(MINUTE).max()).hasValue(2);
    }

    @Test
    void customMeterBecomesAMetricForEachStatistic() {
        Meter
            .builder("custom", Meter.Type.OTHER, List.of(new Measurement(() -> 3.0, Statistic.COUNT),
                    new Measurement(() -> 9.0, Statistic.VALUE), new Measurement(() -> 1.0, Statistic.VALUE)))
            .register(this.registry);
        this.registry.sample();
        assertThat(current("custom")).isEqualTo(9);
        assertThat(sum("custom.count")).isEqualTo(3);
    }

    @Test
    void functionThatThrowsHoldsUpNoOther() {
        FunctionCounter.builder("broken", this, (test) -> {
            throw new IllegalStateException("broken");
        }).register(this.registry);
        Gauge.builder("broken.gauge", () -> {
            throw new IllegalStateException("broken");
        }).register(this.registry);
        Gauge.builder("level", () -> 1).register(this.registry);
        this.registry.sample();
        assertThat(this.collector.getAllMetrics()).containsOnlyKeys("level");
    }

    @Test
    void meterOfAMetricOfAnotherTypeCountsInMicrometerAlone() {
        this.collector.registerMetric("orders", MetricType.GAUGE);
        Timer timer = this.registry.timer("orders");
        timer.record(MINUTE);
        timer.record(MINUTE);
        assertThat(timer.count()).isEqualTo(2);
        assertThat(metric("orders").getStatistics().count()).isZero();
        assertThat(skipped()).isEqualTo(1);
    }

    @Test
    void metersOfOneNameAndTwoTypesAreNotMixed() {
        Counter counter = this.registry.counter("orders", "a", "1");
        counter.increment();
        Timer timer = this.registry.timer("orders", "b", "1");
        timer.record(MINUTE);
        assertThat(timer.count()).isEqualTo(1);
        assertThat(sum("orders")).isEqualTo(1);
        assertThat(skipped()).isEqualTo(1);
    }

    @Test
    void metersOfOneNameMayDifferInTheirTagKeys() {
        this.registry.counter("orders", "a", "1").increment();
        this.registry.counter("orders", "b", "1").increment();
        this.registry.counter("orders").increment();
        assertThat(metric("orders").series()).hasSize(3);
        assertThat(skipped()).isZero();
    }

    @Test
    void seriesIsFedByOneMeterAlone() {
        Gauge.builder("tasks.max", () -> 100).register(this.registry);
        this.registry.sample();
        LongTaskTimer.builder("tasks").register(this.registry);
        this.registry.sample();
        assertThat(metric("tasks.max").values(ValueQuery.largest(10))).extracting("value").containsOnly(100.0);
        assertThat(skipped()).isEqualTo(1);
    }

    @Test
    void metricOfTheSameTypeKeepsItsLimitsAndTakesTheValues() {
        this.collector.registerMetric("orders", MetricType.TIMER, 2, Duration.ofHours(1));
        Timer timer = this.registry.timer("orders");
        timer.record(MINUTE);
        assertThat(sum("orders")).isEqualTo(60);
        assertThat(metric("orders").definition().retentionWindow()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void metersBeyondTheLimitOfMetricsCountInMicrometerAlone() {
        for (int i = 0; i < 25; i++) {
            this.registry.counter("counter." + i).increment();
        }
        assertThat(this.collector.getAllMetrics()).hasSize(20);
        assertThat(this.collector.getSystemStatistics().refusedMetrics()).isGreaterThanOrEqualTo(5);
        assertThat(skipped()).isEqualTo(5);
        assertThat(this.registry.getMeters()).hasSize(25)
            .allSatisfy((meter) -> assertThat(((Counter) meter).count()).isEqualTo(1));
    }

    @Test
    void refusedMeterTriesAgainAfterAMinute() {
        this.collector.registerMetric("orders", MetricType.GAUGE);
        Counter counter = this.registry.counter("orders");
        counter.increment();
        this.collector.unregisterMetric("orders");
        counter.increment();
        assertThat(this.collector.findMetric("orders")).isEmpty();
        this.clock.add(MINUTE);
        counter.increment();
        assertThat(sum("orders")).isEqualTo(1);
        assertThat(skipped()).isEqualTo(1);
    }

    @Test
    void tagsBeyondTheLimitsGoToTheOverflowSeries() {
        this.registry.counter("orders", "a", "x".repeat(300)).increment();
        for (int i = 0; i < 5; i++) {
            this.registry.counter("orders", "id", "" + i).increment();
        }
        assertThat(metric("orders").series()).hasSize(4);
        assertThat(metric("orders").window(MINUTE, Tags.of("overflow", "true")).count()).isEqualTo(3);
        assertThat(this.collector.getSystemStatistics().overflowedValues()).isEqualTo(3);
    }

    @Test
    void meterOfTheOverflowGetsItsOwnSeriesWhenThereIsRoom() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            this.registry.counter("orders", "id", "" + i).increment();
        }
        this.registry.remove(this.registry.counter("orders", "id", "0"));
        await(() -> metric("orders").series().stream().noneMatch((s) -> "0".equals(s.tags().get("id"))));
        this.registry.sample();
        this.registry.counter("orders", "id", "3").increment();
        assertThat(metric("orders").window(MINUTE, Tags.of("id", "3")).count()).isEqualTo(1);
    }

    @Test
    void nameThatIsNoNameOfAMetricCountsInMicrometerAlone() {
        Counter counter = this.registry.counter("n".repeat(256));
        counter.increment();
        assertThat(counter.count()).isEqualTo(1);
        assertThat(this.collector.getAllMetrics()).isEmpty();
        assertThat(skipped()).isEqualTo(1);
    }

    @Test
    void unregisteredMetricStartsAnewWithTheNextValue() {
        Counter counter = this.registry.counter("orders");
        counter.increment(1);
        this.collector.unregisterMetric("orders");
        counter.increment(2);
        assertThat(sum("orders")).isEqualTo(2);
        this.collector.resetAllMetrics();
        counter.increment(3);
        assertThat(sum("orders")).isEqualTo(3);
        assertThat(counter.count()).isEqualTo(6);
    }

    @Test
    void removedMeterTakesItsSeriesWithIt() throws InterruptedException {
        Counter first = this.registry.counter("orders", "id", "1");
        Counter second = this.registry.counter("orders", "id", "2");
        first.increment();
        second.increment();
        this.registry.remove(first);
        await(() -> metric("orders").series().size() == 1);
        first.increment();
        assertThat(metric("orders").series()).extracting("tags").containsExactly(Tags.of("id", "2"));
        this.registry.remove(second);
        await(() -> this.collector.findMetric("orders").isEmpty());
    }

    @Test
    void removedGaugeTakesItsSeriesWithIt() throws InterruptedException {
        Gauge gauge = Gauge.builder("level", () -> 1).register(this.registry);
        this.registry.sample();
        this.registry.remove(gauge);
        await(() -> this.collector.findMetric("level").isEmpty());
        this.registry.sample();
        assertThat(this.collector.findMetric("level")).isEmpty();
    }

    @Test
    void meterRegisteredAnewAfterRemovalIsCollected() {
        for (int i = 0; i < 100; i++) {
            Counter counter = this.registry.counter("orders");
            counter.increment();
            this.registry.remove(counter);
        }
        Counter counter = this.registry.counter("orders");
        this.clock.add(Duration.ofMinutes(10));
        counter.increment();
        counter.increment();
        assertThat(sum("orders")).isEqualTo(2);
        assertThat(skipped()).isZero();
    }

    @Test
    void removalLeavesAMetricOfTheApplication() throws InterruptedException {
        ThreadSafeMetric own = this.collector.metric(MetricDefinition.counter("orders").build());
        own.addValue(1, Tags.of("own", "true"));
        Counter counter = this.registry.counter("orders", "id", "1");
        counter.increment();
        this.registry.remove(counter);
        await(() -> own.series().size() == 1);
        assertThat(this.collector.findMetric("orders")).hasValue(own);
    }

    @Test
    void removalOfARefusedMeterLeavesTheSeriesOfTheApplication() {
        ThreadSafeMetric own = this.collector.metric(MetricDefinition.timer("orders").build());
        own.addValue(1);
        this.registry.timer("orders", "a", "b").record(MINUTE);
        Counter refused = this.registry.counter("orders");
        refused.increment();
        this.registry.remove(refused);
        this.registry.close(); // waits for what is to be removed
        assertThat(own.window(MINUTE).sum()).isEqualTo(1);
    }

    @Test
    void filtersAreHonoured() {
        this.registry.config()
            .meterFilter(MeterFilter.denyNameStartsWith("jvm"))
            .meterFilter(MeterFilter.commonTags(List.of(io.micrometer.core.instrument.Tag.of("app", "shop"))))
            .meterFilter(MeterFilter.maximumAllowableTags("orders", "id", 1, MeterFilter.deny()));
        this.registry.counter("jvm.x").increment();
        this.registry.counter("orders", "id", "1").increment();
        this.registry.counter("orders", "id", "2").increment();
        assertThat(this.collector.getAllMetrics()).containsOnlyKeys("orders");
        assertThat(metric("orders").availableTags().get("id")).containsExactly("1");
        assertThat(metric("orders").availableTags().get("app")).containsExactly("shop");
    }

    @Test
    void includeAndExcludeArePatternsOfNames() {
        try (ThreadSafeMetricsMeterRegistryCloser closer = new ThreadSafeMetricsMeterRegistryCloser(
                ThreadSafeMetricsMeterRegistry.builder(this.collector)
                    .include(List.of("http.*", "a.b"))
                    .exclude(List.of("*.client.*"))
                    .build())) {
            for (String name : List.of("http.server", "http.client.x", "a.b", "axb", "a.b.c")) {
                closer.registry.counter(name).increment();
            }
            assertThat(this.collector.getAllMetrics()).containsOnlyKeys("http.server", "a.b");
            assertThat(closer.registry.getMeters()).hasSize(2);
        }
    }

    @Test
    void wrongSettingIsRefused() {
        ThreadSafeMetricsMeterRegistry.Builder builder = ThreadSafeMetricsMeterRegistry.builder(this.collector);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.include(List.of("a", " ")))
            .withMessageContaining("'include'");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.exclude(List.of("")))
            .withMessageContaining("'exclude'");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.interval(Duration.ofSeconds(-1)))
            .withMessageContaining("'interval'")
            .withMessageContaining("PT-1S");
    }

    @Test
    void metadataIsKeptBesideValuesOfTimersAndSummaries() {
        AtomicInteger number = new AtomicInteger();
        try (ThreadSafeMetricsMeterRegistryCloser closer = new ThreadSafeMetricsMeterRegistryCloser(
                ThreadSafeMetricsMeterRegistry.builder(this.collector).metadata(() -> {
                    if (number.incrementAndGet() == 3) {
                        throw new IllegalStateException("broken");
                    }
                    return (number.get() == 1) ? Map.of() : Map.of("n", number.get());
                }).build())) {
            for (int i = 1; i <= 4; i++) {
                closer.registry.timer("orders").record(Duration.ofSeconds(i));
            }
            assertThat(metric("orders").values(ValueQuery.smallest(10))).extracting("metadata")
                .containsExactly(Map.of(), Map.of("n", 2), Map.of(), Map.of("n", 4));
        }
    }

    @Test
    void closeTakesTheMetricsOutOfTheCollector() {
        Counter counter = this.registry.counter("orders");
        counter.increment();
        Gauge.builder("level", () -> 1).register(this.registry);
        this.registry.sample();
        this.registry.close();
        counter.increment();
        assertThat(this.collector.getAllMetrics()).isEmpty();
        assertThat(counter.count()).isEqualTo(2);
        assertThat(this.collector.getSystemStatistics().rejectedValues()).isZero();
    }

    @Test
    void anotherRegistryTakesOverAfterClose() {
        this.registry.counter("orders").increment();
        this.registry.close();
        try (ThreadSafeMetricsMeterRegistryCloser closer = new ThreadSafeMetricsMeterRegistryCloser(
                ThreadSafeMetricsMeterRegistry.builder(this.collector).build())) {
            closer.registry.counter("orders").increment(5);
            assertThat(sum("orders")).isEqualTo(5);
        }
    }

    @Test
    void closedCollectorLeavesTheMetersCounting() {
        Timer timer = this.registry.timer("orders");
        timer.record(MINUTE);
        this.collector.close();
        timer.record(MINUTE);
        timer.record(MINUTE);
        this.registry.sample();
        assertThat(timer.count()).isEqualTo(3);
    }

    private record ThreadSafeMetricsMeterRegistryCloser(
            ThreadSafeMetricsMeterRegistry registry) implements AutoCloseable {

        @Override
        public void close() {
            this.registry.close();
        }

    }

}
