package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

/** The meters of each type of metric, and how they come and go. */
class SimpleRegistryExportTests {

    private static final Tags EU = Tags.of("region", "eu");

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .clock(this.clock)
        .cleanupInterval(Duration.ZERO)
        .build();

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private final ThreadSafeMetricsMeterBinder binder = new ThreadSafeMetricsMeterBinder(this.collector,
            List.of(50.0, 99.9));

    @AfterEach
    void close() {
        this.binder.close();
        this.collector.close();
    }

    private ThreadSafeMetric metric(MetricType type) {
        return this.collector.metric(MetricDefinition.of("shop.orders", type).description("Orders").build());
    }

    private List<Meter> meters() {
        return this.registry.getMeters()
            .stream()
            .filter((meter) -> !meter.getId().getName().startsWith("threadsafe.metrics."))
            .toList();
    }

    @Test
    void counterWhenBoundIsFunctionCounterOfLifetimeTotal() {
        this.binder.bindTo(this.registry);
        ThreadSafeMetric orders = metric(MetricType.COUNTER);
        orders.addValue(2, EU);
        orders.addValue(3, EU);
        // out of the window, not out of the total
        this.clock.advance(Duration.ofHours(2));
        FunctionCounter counter = this.registry.get("shop.orders").tag("region", "eu").functionCounter();
        assertThat(counter.count()).isEqualTo(5.0);
        assertThat(counter.getId().getDescription()).isEqualTo("Orders");
        assertThat(meters()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = MetricType.class, names = { "GAUGE", "RATE" })
    void gaugeWhenBoundShowsNewestValue(MetricType type) {
        this.binder.bindTo(this.registry);
        ThreadSafeMetric orders = this.collector.metric(MetricDefinition.of("shop.orders", type).unit("items").build());
        orders.addValue(2);
        orders.addValue(-3);
        Gauge gauge = this.registry.get("shop.orders").gauge();
        assertThat(gauge.value()).isEqualTo(-3.0);
        assertThat(gauge.getId().getBaseUnit()).isEqualTo("items");
        assertThat(meters()).hasSize(1);
    }

    @Test
    void timerWhenBoundHasCountTotalMaxAndPercentiles() {
        this.binder.bindTo(this.registry);
        ThreadSafeMetric orders = metric(MetricType.TIMER);
        for (int millis = 1; millis <= 100; millis++) {
            orders.addDuration(Duration.ofMillis(millis), EU);
        }
        FunctionTimer timer = this.registry.get("shop.orders").tag("region", "eu").functionTimer();
        assertThat(timer.count()).isEqualTo(100.0);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isCloseTo(5050.0, org.assertj.core.data.Offset.offset(1e-6));
        Gauge max = this.registry.get("shop.orders.max").tag("region", "eu").gauge();
        assertThat(max.value()).isEqualTo(0.1);
        assertThat(max.getId().getBaseUnit()).isEqualTo("seconds");
        assertThat(percentile("0.5")).isEqualTo(0.051);
        assertThat(percentile("0.999")).isEqualTo(0.1);
        assertThat(meters()).hasSize(4);
    }

    private double percentile(String phi) {
        return this.registry.get("shop.orders.percentile").tag("phi", phi).gauge().value();
    }

    @Test
    void timerWhenWindowIsEmptyKeepsLifetimeFiguresAndHasNoWindowFigures() {
        this.binder.bindTo(this.registry);
        metric(MetricType.TIMER).addValue(0.25);
        this.clock.advance(Duration.ofMinutes(6));
        assertThat(this.registry.get("shop.orders").functionTimer().count()).isEqualTo(1.0);
        assertThat(this.registry.get("shop.orders").functionTimer().totalTime(TimeUnit.SECONDS)).isEqualTo(0.25);
        assertThat(this.registry.get("shop.orders.max").gauge().value()).isZero();
        assertThat(percentile("0.5")).isNaN();
    }

    @ParameterizedTest
    @EnumSource(value = MetricType.class, names = { "HISTOGRAM", "SUMMARY" })
    void summaryWhenBoundHasCountTotalAndMaxInOneMeter(MetricType type) {
        this.binder.bindTo(this.registry);
        ThreadSafeMetric orders = metric(type);
        orders.addValue(10);
        assertThat(figures()).containsOnly(entry(Statistic.COUNT, 1.0), entry(Statistic.TOTAL, 10.0),
                entry(Statistic.MAX, 10.0));
        orders.addValue(2.5);
        assertThat(figures()).containsOnly(entry(Statistic.COUNT, 2.0), entry(Statistic.TOTAL, 12.5),
                entry(Statistic.MAX, 10.0));
        assertThat(percentile("0.5")).isEqualTo(10.0);
        this.clock.advance(Duration.ofMinutes(6));
        assertThat(figures()).containsOnly(entry(Statistic.COUNT, 2.0), entry(Statistic.TOTAL, 12.5));
    }

    @Test
    void summaryWhenTotalIsNegativeLeavesItOut() {
        this.binder.bindTo(this.registry);
        metric(MetricType.HISTOGRAM).addValue(-10);
        assertThat(figures()).containsOnly(entry(Statistic.COUNT, 1.0), entry(Statistic.MAX, -10.0));
    }

    private Map<Statistic, Double> figures() {
        Map<Statistic, Double> figures = new java.util.EnumMap<>(Statistic.class);
        for (Measurement measurement : this.registry.get("shop.orders").meter().measure()) {
            figures.put(measurement.getStatistic(), measurement.getValue());
        }
        return figures;
    }

    @Test
    void bindToWhenSeriesExistShowsThem() {
        metric(MetricType.COUNTER).addValue(1, EU);
        metric(MetricType.COUNTER).addValue(1);
        this.binder.bindTo(this.registry);
        this.binder.bindTo(this.registry);
        assertThat(meters()).hasSize(2);
        assertThat(skipped()).isZero();
    }

    @Test
    void bindToWhenGarbageIsCollectedKeepsWhatMetersMeasure() {
        this.binder.bindTo(this.registry);
        metric(MetricType.GAUGE).addValue(7);
        System.gc();
        assertThat(this.registry.get("shop.orders").gauge().value()).isEqualTo(7.0);
        assertThat(this.registry.get(ExportMeterNames.METRICS).gauge().value()).isEqualTo(1.0);
    }

    @ParameterizedTest
    @EnumSource(MetricType.class)
    void unregisterRemovesMeters(MetricType type) {
        this.binder.bindTo(this.registry);
        metric(type).addValue(1, EU);
        assertThat(meters()).isNotEmpty();
        this.collector.unregisterMetric("shop.orders");
        assertThat(meters()).isEmpty();
    }

    @Test
    void unregisterWhenNameComesBackWithAnotherTypeShowsTheNewOne() {
        this.binder.bindTo(this.registry);
        for (MetricType type : MetricType.values()) {
            metric(type).addValue(1, EU);
            assertThat(this.registry.get("shop.orders").meter().measure()).isNotEmpty();
            this.collector.unregisterMetric("shop.orders");
        }
        assertThat(meters()).isEmpty();
        assertThat(skipped()).isZero();
    }

    @Test
    void resetRemovesMetersAndNextValueStartsAnew() {
        this.binder.bindTo(this.registry);
        ThreadSafeMetric orders = metric(MetricType.COUNTER);
        orders.addValue(5, EU);
        orders.reset();
        assertThat(meters()).isEmpty();
        orders.addValue(2, EU);
        assertThat(this.registry.get("shop.orders").functionCounter().count()).isEqualTo(2.0);
    }

    @Test
    void cleanUpWhenSeriesWasIdleTooLongRemovesItsMetersOnly() {
        this.binder.bindTo(this.registry);
        ThreadSafeMetric orders = metric(MetricType.COUNTER);
        orders.addValue(5, EU);
        this.clock.advance(Duration.ofMinutes(59));
        orders.addValue(1, Tags.of("region", "us"));
        this.clock.advance(Duration.ofMinutes(2));
        this.collector.cleanupOldValues();
        assertThat(meters()).singleElement()
            .satisfies((meter) -> assertThat(meter.getId().getTag("region")).isEqualTo("us"));
    }

    @Test
    void closeRemovesAllMetersAndStopsListening() {
        this.registry.counter("other").increment();
        this.binder.bindTo(this.registry);
        ThreadSafeMetric orders = metric(MetricType.TIMER);
        orders.addValue(1, EU);
        this.binder.close();
        orders.addValue(1, Tags.of("region", "us"));
        this.binder.bindTo(this.registry);
        assertThat(this.registry.getMeters()).singleElement()
            .satisfies((meter) -> assertThat(meter.getId().getName()).isEqualTo("other"));
    }

    @Test
    void systemMetersShowTheCollectorsFigures() {
        this.binder.bindTo(this.registry);
        ThreadSafeMetric orders = metric(MetricType.COUNTER);
        orders.addValue(1);
        orders.addValue(-1);
        this.collector.cleanupOldValues();
        assertThat(counter(ExportMeterNames.VALUES_COLLECTED)).isEqualTo(1.0);
        assertThat(counter(ExportMeterNames.VALUES_REJECTED)).isEqualTo(1.0);
        assertThat(counter(ExportMeterNames.CLEANUPS)).isEqualTo(1.0);
        assertThat(gauge(ExportMeterNames.METRICS)).isEqualTo(1.0);
        assertThat(gauge(ExportMeterNames.METRICS_MAX)).isEqualTo(1000.0);
        assertThat(gauge(ExportMeterNames.MEMORY_MAX)).isEqualTo(64.0 * 1024 * 1024);
        assertThat(gauge(ExportMeterNames.MEMORY_USED))
            .isEqualTo(this.collector.getSystemStatistics().estimatedMemoryBytes());
        assertThat(gauge(ExportMeterNames.LAST_CLEANUP)).isEqualTo(this.clock.wallClockMillis() / 1000.0);
    }

    @Test
    void systemMetersShowEachFigureOfTheStatistics() {
        this.binder.bindTo(this.registry);
        int figures = io.threadsafemetrics.SystemStatistics.class.getRecordComponents().length;
        // two more: what is skipped, both ways
        assertThat(this.registry.getMeters()).hasSize(figures + 2);
    }

    @Test
    void registerWhenNameIsTakenByAnotherTypeIsLeftOutAndCounted() {
        this.registry.gauge("shop.orders", 42);
        this.binder.bindTo(this.registry);
        assertThat(metric(MetricType.COUNTER).addValue(1)).isTrue();
        assertThat(this.registry.get("shop.orders").gauge().value()).isEqualTo(42.0);
        assertThat(skipped()).isEqualTo(1.0);
        this.collector.unregisterMetric("shop.orders");
        this.binder.close();
        assertThat(this.registry.getMeters()).hasSize(1);
    }

    @Test
    void registerWhenNameIsTakenByTheSameTypeIsLeftOutAndCounted() {
        this.registry.gauge("shop.orders", 42);
        this.binder.bindTo(this.registry);
        metric(MetricType.GAUGE).addValue(1);
        this.collector.unregisterMetric("shop.orders");
        assertThat(this.registry.get("shop.orders").gauge().value()).isEqualTo(42.0);
        assertThat(skipped()).isEqualTo(1.0);
    }

    /** Else the application would get an exception, or our meter in place of its own. */
    @ParameterizedTest
    @EnumSource(MetricType.class)
    void registerWhenAnotherMeterComesLaterGivesWayWhateverTheType(MetricType type) {
        this.binder.bindTo(this.registry);
        metric(type).addValue(7, EU);
        double shown = meters().size();
        this.registry.counter("shop.orders", "region", "eu").increment();
        assertThat(meters()).singleElement().satisfies((meter) -> assertThat(meter).isInstanceOf(Counter.class));
        assertThat(skipped()).isEqualTo(shown);
        metric(type).addValue(8, EU);
        this.collector.unregisterMetric("shop.orders");
        assertThat(this.registry.counter("shop.orders", "region", "eu").count()).isEqualTo(1.0);
    }

    @Test
    void registerWhenAnotherGaugeComesLaterShowsThat() {
        this.binder.bindTo(this.registry);
        metric(MetricType.GAUGE).addValue(7);
        this.registry.gauge("shop.orders", 42);
        assertThat(this.registry.get("shop.orders").gauge().value()).isEqualTo(42.0);
        this.registry.remove(this.registry.get("shop.orders").gauge());
        metric(MetricType.GAUGE).reset();
        metric(MetricType.GAUGE).addValue(8);
        assertThat(this.registry.get("shop.orders").gauge().value()).as("began anew").isEqualTo(8.0);
    }

    @Test
    void registerWhenAnotherTimerComesLaterShowsItsPercentiles() {
        this.binder.bindTo(this.registry);
        metric(MetricType.TIMER).addValue(7);
        Timer.builder("shop.orders").publishPercentiles(0.5).register(this.registry).record(Duration.ofSeconds(1));
        assertThat(percentile("0.5")).isBetween(0.9, 1.1);
    }

    @Test
    void registerWhenAnotherMeterComesLaterThroughFiltersGivesWay() {
        this.registry.config().commonTags("app", "shop");
        this.binder.bindTo(this.registry);
        this.registry.config().meterFilter(MeterFilter.renameTag("shop", "region", "zone"));
        metric(MetricType.COUNTER).addValue(7, EU);
        assertThat(meters()).singleElement()
            .satisfies((meter) -> assertThat(meter.getId().getTags()).hasToString("[tag(app=shop), tag(zone=eu)]"));
        this.registry.counter("shop.orders", "region", "eu").increment();
        assertThat(this.registry.get("shop.orders").counter().count()).isEqualTo(1.0);
        assertThat(skipped()).isEqualTo(1.0);
    }

    @Test
    void registerWhenAnotherMeterComesAfterCloseLeavesItAlone() {
        this.binder.bindTo(this.registry);
        metric(MetricType.COUNTER).addValue(7);
        this.binder.close();
        this.registry.counter("shop.orders").increment();
        assertThat(this.registry.get("shop.orders").counter().count()).isEqualTo(1.0);
    }

    @Test
    void registerWhenFilterMapsSeriesToOneMeterShowsTheFirst() {
        this.registry.config().meterFilter(MeterFilter.ignoreTags("region"));
        this.binder.bindTo(this.registry);
        metric(MetricType.GAUGE).addValue(1, EU);
        metric(MetricType.GAUGE).addValue(2, Tags.of("region", "us"));
        assertThat(this.registry.get("shop.orders").gauge().value()).isEqualTo(1.0);
        assertThat(skipped()).isEqualTo(1.0);
    }

    @Test
    void registerWhenFilterDeniesIsCounted() {
        this.registry.config().meterFilter(MeterFilter.denyNameStartsWith("shop"));
        this.binder.bindTo(this.registry);
        assertThat(metric(MetricType.COUNTER).addValue(1)).isTrue();
        assertThat(meters()).isEmpty();
        assertThat(skipped()).isEqualTo(1.0);
    }

    @Test
    void registerWhenRegistryThrowsIsCountedAndDoesNotReachRecording() {
        this.registry.config().onMeterAdded((meter) -> {
            if (meter.getId().getName().startsWith("shop")) {
                throw new IllegalStateException("full");
            }
        });
        this.binder.bindTo(this.registry);
        assertThat(metric(MetricType.COUNTER).addValue(1)).isTrue();
        assertThat(skipped()).isEqualTo(1.0);
        assertThat(this.collector.getSystemStatistics().collectionErrors()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = { -1, 100.5, Double.NaN })
    void createWhenPercentileIsOutOfRangeThrows(double percentile) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new ThreadSafeMetricsMeterBinder(this.collector, List.of(percentile)))
            .withMessage("'percentiles' must be from 0 to 100 but was " + percentile);
    }

    private double skipped() {
        return counter(ExportMeterNames.EXPORT_SKIPPED);
    }

    private double counter(String name) {
        return this.registry.get(name).functionCounter().count();
    }

    private double gauge(String name) {
        return this.registry.get(name).gauge().value();
    }

}
