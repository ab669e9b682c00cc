package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricSeries;
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
import static org.assertj.core.api.Assertions.within;

/** The native histograms that Prometheus gets. */
class NativeHistogramExportTests {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(START);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private ThreadSafeMetricsCollector collector = collector(0.01);

    private ThreadSafeMetricsMeterBinder binder = new ThreadSafeMetricsMeterBinder(this.collector);

    @AfterEach
    void close() {
        this.binder.close();
        this.collector.close();
    }

    private ThreadSafeMetricsCollector collector(double relativeError) {
        return ThreadSafeMetricsCollector.builder()
            .clock(this.clock)
            .cleanupInterval(Duration.ZERO)
            .maxValues(100)
            .relativeError(relativeError)
            .build();
    }

    private ThreadSafeMetric bound(String name, MetricType type) {
        this.binder.bindTo(this.registry);
        return this.collector.metric(MetricDefinition.of(name, type).build());
    }

    private List<HistogramDataPointSnapshot> points(String family) {
        return this.registry.getPrometheusRegistry()
            .scrape()
            .stream()
            .filter((snapshot) -> snapshot.getMetadata().getPrometheusName().equals(family))
            .map(HistogramSnapshot.class::cast)
            .findFirst()
            .map(HistogramSnapshot::getDataPoints)
            .orElse(List.of());
    }

    private HistogramDataPointSnapshot point(String family) {
        assertThat(points(family)).hasSize(1);
        return points(family).get(0);
    }

    /** As Prometheus does it for positive values, but for its interpolation. */
    private static double quantile(HistogramDataPointSnapshot point, double quantile) {
        NativeHistogramBuckets buckets = point.getNativeBucketsForPositiveValues();
        double left = quantile * point.getCount() - point.getNativeZeroCount();
        int i = 0;
        while ((left -= buckets.getCount(i)) > 0) {
            i++;
        }
        return Math.pow(2, (buckets.getBucketIndex(i) - 0.5) / Math.pow(2, point.getNativeSchema()));
    }

    @ParameterizedTest
    @EnumSource(names = { "TIMER", "HISTOGRAM", "SUMMARY" })
    void quantilesAreThoseOfTheCollector(MetricType type) {
        ThreadSafeMetric metric = bound("a", type);
        Random random = new Random(1);
        double[] values = IntStream.range(0, 20_000).mapToDouble((i) -> Math.exp(random.nextGaussian() - 3)).toArray();
        for (int i = 0; i < values.length; i++) {
            metric.addValue(values[i]);
            if (i % 100 == 0) {
                this.clock.advance(Duration.ofSeconds(1));
            }
        }
        Arrays.sort(values);
        HistogramDataPointSnapshot point = point((type == MetricType.TIMER) ? "a_seconds" : "a");
        assertThat(point.getCount()).isEqualTo(values.length);
        assertThat(point.getSum()).isEqualTo(metric.getStatistics().totalValue());
        assertThat(point.getNativeSchema()).isEqualTo(6);
        for (double percentile : new double[] { 1, 10, 50, 90, 95, 99, 99.9 }) {
            double exact = values[(int) (percentile / 100 * values.length)];
            double quantile = quantile(point, percentile / 100);
            assertThat(quantile).as("p" + percentile).isCloseTo(exact, within(0.0061 * exact));
            double own = metric.window(Duration.ofMinutes(5)).percentile(percentile).orElseThrow();
            assertThat(quantile).as("p" + percentile).isCloseTo(own, within(0.0061 * own));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = { 0.001, 0.002, 0.01, 0.1 })
    void schemaIsTheScaleOrEight(double relativeError) {
        this.collector.close();
        this.collector = collector(relativeError);
        this.binder = new ThreadSafeMetricsMeterBinder(this.collector);
        bound("a", MetricType.HISTOGRAM).addValue(0.3);
        HistogramDataPointSnapshot point = point("a");
        // 0.001 asks for schema 9, and Prometheus has 8 at most
        int schema = Map.of(0.001, 8, 0.002, 8, 0.01, 6, 0.1, 2).get(relativeError);
        assertThat(point.getNativeSchema()).isEqualTo(schema);
        assertThat(point.getNativeBucketsForPositiveValues().getBucketIndex(0))
            .isEqualTo((int) Math.ceil(Math.log(0.3) / Math.log(2) * (1 << schema)));
    }

    @Test
    void zerosAndNegativeValuesHaveTheirBuckets() {
        ThreadSafeMetric metric = bound("a", MetricType.HISTOGRAM);
        for (double value : new double[] { 0, -0.0, -4, 4, 4, Double.MIN_VALUE }) {
            metric.addValue(value);
        }
        HistogramDataPointSnapshot point = point("a");
        assertThat(point.getNativeZeroCount()).isEqualTo(3);
        assertThat(point.getNativeZeroThreshold()).isPositive();
        assertThat(point.getNativeBucketsForPositiveValues().getBucketIndex(0)).isEqualTo(2 * 64);
        assertThat(point.getNativeBucketsForPositiveValues().getCount(0)).isEqualTo(2);
        assertThat(point.getNativeBucketsForNegativeValues().getBucketIndex(0)).isEqualTo(2 * 64);
        assertThat(point.getNativeBucketsForNegativeValues().getCount(0)).isEqualTo(1);
        assertThat(point.getSum()).isEqualTo(4);
    }

    @Test
    void seriesWithoutValuesIsAnEmptyHistogram() {
        bound("a", MetricType.TIMER).series(Tags.empty());
        HistogramDataPointSnapshot point = point("a_seconds");
        assertThat(point.hasNativeHistogramData()).isTrue();
        assertThat(point.getCount()).isZero();
        assertThat(point.getNativeZeroThreshold()).isPositive();
    }

    @Test
    void bucketsBeyondTheCoarsestSchemaGoToTheirUpperEnd() {
        this.collector.close();
        this.collector = ThreadSafeMetricsCollector.builder()
            .clock(this.clock)
            .cleanupInterval(Duration.ZERO)
            .relativeError(0.1)
            .maxMemoryBytes(65_536)
            .maxValues(1)
            .retentionWindow(Duration.ofSeconds(10))
            .build();
        this.binder = new ThreadSafeMetricsMeterBinder(this.collector);
        ThreadSafeMetric metric = bound("a", MetricType.HISTOGRAM);
        this.collector.metric(MetricDefinition.histogram("b").build());
        Random random = new Random(1);
        for (int i = 0; i < 40_000; i++) {
            double value = Math.pow(2, 2000 * random.nextDouble() - 1000);
            metric.addValue(value, Tags.of("id", "" + random.nextInt(1 + i / 100)));
            this.clock.advance(Duration.ofMillis(10));
        }
        points("a").stream().filter(HistogramDataPointSnapshot::hasNativeHistogramData).forEach((point) -> {
            assertThat(point.getNativeSchema()).isBetween(-4, 8);
            assertThat(this.collector.getSystemStatistics().coarsenedHistograms()).isPositive();
        });
        assertThat(points("a").stream().mapToLong(HistogramDataPointSnapshot::getCount).sum()).isEqualTo(40_000);
    }

    @Test
    void exemplarIsTheSlowestValueWithATrace() {
        MetricSeries series = bound("a", MetricType.TIMER).series(Tags.empty());
        series.addValue(9, Map.of("orderId", "1"));
        this.clock.advance(Duration.ofSeconds(1));
        series.addValue(8, Map.of("traceId", "cafe", "spanId", "beef"));
        series.addValue(7, Map.of("traceId", "other"));
        this.collector.findMetric("a").orElseThrow().addValue(10, Tags.of("k", "v"), Map.of("traceId", "far"));
        this.clock.advance(Duration.ofSeconds(1));
        HistogramDataPointSnapshot point = points("a_seconds").stream()
            .filter((each) -> each.getLabels().isEmpty())
            .findFirst()
            .orElseThrow();
        Exemplar exemplar = point.getExemplars().getLatest();
        assertThat(exemplar.getValue()).isEqualTo(8.0);
        assertThat(exemplar.getLabels().get("trace_id")).isEqualTo("cafe");
        assertThat(exemplar.getLabels().get("span_id")).isEqualTo("beef");
        assertThat(exemplar.getTimestampMillis()).isEqualTo(START.plusSeconds(1).toEpochMilli());
    }

    @Test
    void exemplarWhoseIdIsOddIsLeftOut() {
        MetricSeries series = bound("a", MetricType.TIMER).series(Tags.empty());
        series.addValue(9, Map.of("traceId", "x".repeat(200)));
        series.addValue(9, Map.of("traceId", 42));
        series.addValue(9, Map.of("traceId", " "));
        assertThat(point("a_seconds").getExemplars().size()).isZero();
    }

    @Test
    void createdTimeHelpAndUnitAreThoseOfTheMetric() {
        this.binder.bindTo(this.registry);
        this.clock.advance(Duration.ofSeconds(7));
        this.collector
            .metric(MetricDefinition.summary("disk.read").unit("bytes").description("Bytes read\nat once").build())
            .addValue(5);
        this.clock.advance(Duration.ofMinutes(9));
        // as it may be rounded
        this.clock.setWallClock(START.plusSeconds(547).plusMillis(1));
        HistogramDataPointSnapshot point = point("disk_read_bytes");
        assertThat(point.getCreatedTimestampMillis()).isBetween(START.plusSeconds(7).toEpochMilli(),
                START.plusSeconds(7).toEpochMilli() + 1);
        long first = point.getCreatedTimestampMillis();
        this.clock.setWallClock(START.plusSeconds(547).plusMillis(900));
        assertThat(point("disk_read_bytes").getCreatedTimestampMillis()).isEqualTo(first);
        assertThat(this.registry.scrape().lines()).contains("# HELP disk_read_bytes Bytes read\\nat once",
                "# TYPE disk_read_bytes histogram", "disk_read_bytes_count 1", "disk_read_bytes_sum 5.0");
    }

    @Test
    void isNotShownAsMeterToo() {
        bound("a", MetricType.TIMER).addValue(1);
        assertThat(this.registry.getMeters()).noneMatch((meter) -> meter.getId().getName().equals("a"));
        assertThat(this.registry.scrape().lines().filter((line) -> line.startsWith("a_seconds_count"))).hasSize(1);
    }

    @Test
    void commonTagsAndFiltersOfTheRegistryApply() {
        this.registry.config()
            .commonTags("application", "orders")
            .meterFilter(MeterFilter.denyNameStartsWith("secret"))
            .meterFilter(MeterFilter.ignoreTags("noise"));
        this.binder.bindTo(this.registry);
        for (String name : List.of("a", "secret.a")) {
            this.collector.metric(MetricDefinition.timer(name).build()).addValue(1, Tags.of("k", "v", "noise", "1"));
        }
        assertThat(this.registry.scrape()).contains("a_seconds_count{application=\"orders\",k=\"v\"} 1\n")
            .doesNotContain("secret");
    }

    @Test
    void tagLeIsRenamed() {
        bound("a", MetricType.TIMER).addValue(1, Tags.of("le", "0.5", "quantile", "1"));
        assertThat(this.registry.scrape()).contains("a_seconds_count{exported_le=\"0.5\",quantile=\"1\"} 1\n");
    }

    @Test
    void seriesWhoseLabelsAreTheSameToPrometheusAreLeftOutButForTheFirst() {
        ThreadSafeMetric metric = bound("a", MetricType.TIMER);
        metric.addValue(1, Tags.of("k.k", "v"));
        metric.addValue(1, Tags.of("k_k", "v"));
        metric.addValue(1, Tags.of("k-k", "v"));
        metric.addValue(1, Tags.empty());
        metric.addValue(1, Tags.of("empty", ""));
        assertThat(points("a_seconds")).hasSize(2);
        assertThat(this.registry.scrape()).contains("a_seconds_count{k_k=\"v\"} 1\n", "a_seconds_count 1\n",
                // three series, with their max
                "threadsafe_metrics_export_skipped_total 6.0");
    }

    @Test
    void includedNamesSelectFamilies() {
        bound("a", MetricType.TIMER).addValue(1);
        this.collector.metric(MetricDefinition.counter("b").build()).addValue(1);
        for (String name : List.of("a_seconds", "a_seconds_count")) {
            assertThat(this.registry.getPrometheusRegistry().scrape(name::equals).stream())
                .extracting((MetricSnapshot snapshot) -> snapshot.getMetadata().getPrometheusName())
                .containsExactly("a_seconds");
        }
    }

    @Test
    void resetIsAResetOfTheCounter() {
        ThreadSafeMetric metric = bound("a", MetricType.TIMER);
        metric.addValue(1);
        metric.addValue(1);
        assertThat(point("a_seconds").getCount()).isEqualTo(2);
        this.clock.advance(Duration.ofMinutes(2));
        metric.reset();
        metric.addValue(3);
        HistogramDataPointSnapshot point = point("a_seconds");
        assertThat(point.getCount()).isEqualTo(1);
        assertThat(point.getSum()).isEqualTo(3.0);
        assertThat(point.getCreatedTimestampMillis()).isEqualTo(START.plusSeconds(120).toEpochMilli());
    }

}
