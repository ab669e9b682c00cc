package io.threadsafemetrics.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.SlidingTimeWindowArrayReservoir;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.openjdk.jol.info.GraphLayout;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures the heap that a series retains, as the difference between what JOL finds with
 * it and without it. Clocks are not counted: they are the caller's.
 */
public final class RetainedBytes {

    private static final Duration RETENTION = Duration.ofMinutes(5);

    private static final int BUSY_VALUES = 1_000_000;

    private static final int QUIET_VALUES = 10;

    /**
     * How many quiet or idle series there are beside the first: enough to average over.
     */
    private static final int MORE_SERIES = 50;

    private final SteppedClock clock = new SteppedClock();

    private RetainedBytes() {
    }

    /**
     * Writes the figures in bytes as a JSON object.
     * @param arguments the file to write
     */
    public static void main(String[] arguments) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("busy", new RetainedBytes().busy());
        figures.put("quiet", new RetainedBytes().quiet());
        figures.put("idle", new RetainedBytes().idle());
        figures.put("micrometer.busy", new RetainedBytes().micrometer(BUSY_VALUES));
        figures.put("micrometer.quiet", new RetainedBytes().micrometer(QUIET_VALUES));
        figures.put("dropwizard.busy", new RetainedBytes().dropwizard(BUSY_VALUES));
        figures.put("dropwizard.quiet", new RetainedBytes().dropwizard(QUIET_VALUES));
        JsonMapper.shared().writeValue(Path.of(arguments[0]).toFile(), figures);
    }

    private static long bytes(Object root) {
        return GraphLayout.parseInstance(root).totalSize();
    }

    private void fill(int values, DoubleConsumer target) {
        Filling.fill(values, RETENTION, this.clock::advance, target);
    }

    private ThreadSafeMetricsCollector collector() {
        return ThreadSafeMetricsCollector.builder().clock(this.clock.ours).cleanupInterval(Duration.ZERO).build();
    }

    private long bytes(ThreadSafeMetricsCollector collector) {
        return bytes((Object) collector) - bytes(this.clock.ours);
    }

    private static ThreadSafeMetric metric(ThreadSafeMetricsCollector collector) {
        return collector.metric(MetricDefinition.histogram(Ours.NAME).maxValues(1000).build());
    }

    private static Tags tags(int i) {
        return Tags.of("region", "eu", "customer", "number " + i);
    }

    private double busy() {
        ThreadSafeMetricsCollector collector = collector();
        ThreadSafeMetric metric = metric(collector);
        long without = bytes(collector);
        fill(BUSY_VALUES, (value) -> metric.addValue(value, tags(0)));
        long count = metric.window(RETENTION).count();
        if (count != BUSY_VALUES) {
            throw new IllegalStateException("The window has " + count + " of " + BUSY_VALUES + " values");
        }
        return bytes(collector) - without;
    }

    private double quiet() {
        ThreadSafeMetricsCollector collector = withSeries(1 + MORE_SERIES);
        return (double) (bytes(collector) - bytes(withSeries(1))) / MORE_SERIES;
    }

    private ThreadSafeMetricsCollector withSeries(int series) {
        ThreadSafeMetricsCollector collector = collector();
        ThreadSafeMetric metric = metric(collector);
        fill(QUIET_VALUES, (value) -> {
            for (int i = 0; i < series; i++) {
                metric.addValue(value, tags(i));
            }
        });
        long count = metric.window(RETENTION).count();
        if (count != (long) QUIET_VALUES * series) {
            throw new IllegalStateException("The window has " + count + " values of " + series + " series");
        }
        return collector;
    }

    /** Less the tags, as the bar has it. */
    private double idle() {
        long difference = bytes(withIdleSeries(1 + MORE_SERIES)) - bytes(withIdleSeries(1));
        return (double) (difference - tagBytes(1 + MORE_SERIES) + tagBytes(1)) / MORE_SERIES;
    }

    /** Strings that the sets share count once, as in a collector. */
    private static long tagBytes(int series) {
        return GraphLayout.parseInstance(IntStream.range(0, series).mapToObj(RetainedBytes::tags).toArray())
            .totalSize();
    }

    private ThreadSafeMetricsCollector withIdleSeries(int series) {
        ThreadSafeMetricsCollector collector = withSeries(series);
        this.clock.advance(RETENTION.multipliedBy(2));
        collector.cleanupOldValues();
        return collector;
    }

    private double micrometer(int values) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock.micrometer);
        long without = bytes(registry);
        fill(values,
                Micrometer.builder(0.5, 0.95, 0.99).distributionStatisticExpiry(RETENTION).register(registry)::record);
        return bytes(registry) - without;
    }

    private double dropwizard(int values) {
        Histogram histogram = new Histogram(
                new SlidingTimeWindowArrayReservoir(RETENTION.toSeconds(), TimeUnit.SECONDS, this.clock.dropwizard));
        fill(values, (value) -> histogram.update(Math.round(value * 1e6)));
        return bytes(histogram) - bytes(this.clock.dropwizard);
    }

}
