package io.threadsafemetrics.spring.micrometer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.ThreadSafeMetricsCollector;

/**
 * Shows each series of a collector as meters, which are read when a registry is scraped
 * or publishes, and cost nothing when values are recorded.
 * <p>
 * <b>Meters</b> have the tags of their series, and the unit and description of their
 * metric: a {@code COUNTER} is a function counter of its total; a {@code GAUGE} or
 * {@code RATE} is a gauge of the newest value (NaN before the first one); a {@code TIMER}
 * is a function timer of all its values, and a gauge {@code <name>.max} in seconds (0
 * where the retention window is empty); a {@code HISTOGRAM} or {@code SUMMARY} is one
 * meter with count, total and largest value, without a total below 0, and without a
 * largest value where the retention window is empty. Count and total are of all values
 * since the series began, and of one instant; largest values and percentiles are of the
 * retention window. Percentiles are gauges {@code <name>.percentile} with the tag
 * {@code phi}, NaN where the window is empty. Series of one metric may differ in their
 * tag keys. An alert rule is two gauges {@link ExportMeterNames#ALERTS}, of state
 * {@code firing} and {@code pending}, 1 or 0. The collector's own figures are
 * {@code threadsafe.metrics.*}, see {@link ExportMeterNames}.
 * <p>
 * <b>Prometheus.</b> In a Prometheus registry the series of all types are not meters but
 * one collector of its {@code PrometheusRegistry}, so that a scrape sees them at one
 * instant: a {@code TIMER}, {@code HISTOGRAM} or {@code SUMMARY} as a native histogram
 * (see {@link MetricSeries#histogram()}) and the largest value of its retention window as
 * a gauge {@code <name>.max}, with the slowest value that has the metadata
 * {@code traceId} as exemplar. Filters and naming convention of the meter registry apply.
 * A composite is looked through for such registries when it is bound.
 * <p>
 * <b>Lifecycle.</b> Meters come with a series or a rule and go with it. {@link #close()}
 * removes all of them, and stops listening to the collector.
 * <p>
 * <b>Names in the way of each other.</b> A meter that the registry or one of its filters
 * refuses, or whose name and tags are taken, is left out until its series begins anew;
 * one that Prometheus could not show beside another meter, for as long as that one is
 * there. A meter that is registered later takes the place of those of the series with its
 * name and tags, see {@link ApplicationMetersFirst}.
 * {@code threadsafe.metrics.export.skipped} counts the meters left out, and a log line
 * tells of each name once. See {@link ClashFreePrometheusRegistry} for names that are
 * taken while a scrape is under way.
 * <p>
 * Threads: any.
 *
 * @since 0.1.0
 */
public final class ThreadSafeMetricsMeterBinder implements MeterBinder, AutoCloseable {

    private final Object lock = new Object();

    private final ThreadSafeMetricsCollector collector;

    private final List<Double> percentiles;

    /** What holds the measured objects, which registries hold weakly; guarded by lock. */
    private final Map<MeterRegistry, RegistryExport> exports = new HashMap<>();

    private boolean closed; // guarded by lock

    /**
     * Creates a binder that shows no percentiles.
     * @param collector the collector to show
     */
    public ThreadSafeMetricsMeterBinder(ThreadSafeMetricsCollector collector) {
        this(collector, List.of());
    }

    /**
     * Creates a binder.
     * @param collector the collector to show
     * @param percentiles which percentiles to show of timers, histograms and summaries:
     * from 0 to 100
     * @throws IllegalArgumentException if a percentile is outside 0 to 100 or NaN
     */
    public ThreadSafeMetricsMeterBinder(ThreadSafeMetricsCollector collector, List<Double> percentiles) {
        this.collector = Objects.requireNonNull(collector, "'collector' must not be null");
        this.percentiles = percentiles.stream().distinct().toList();
        for (double percentile : this.percentiles) {
            if (!(percentile >= 0.0 && percentile <= 100.0)) {
                throw new IllegalArgumentException("'percentiles' must be from 0 to 100 but was " + percentile);
            }
        }
    }

    /**
     * Shows the collector in a registry. Binding to a registry again, or after
     * {@link #close()}, does nothing, nor does binding to a
     * {@link ThreadSafeMetricsMeterRegistry}. A composite shows the meters in all its
     * parts.
     * @param registry the registry
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        synchronized (this.lock) {
            boolean echo = registry instanceof ThreadSafeMetricsMeterRegistry;
            if (!echo && !this.closed && !this.exports.containsKey(registry)) {
                RegistryExport export = new RegistryExport(this.collector, this.percentiles, registry);
                this.exports.put(registry, export);
                export.start();
            }
        }
    }

    /**
     * Removes all meters from all registries. The collector stays open.
     */
    @Override
    public void close() {
        synchronized (this.lock) {
            this.closed = true;
            this.exports.values().forEach(RegistryExport::close);
            this.exports.clear();
        }
    }

}
