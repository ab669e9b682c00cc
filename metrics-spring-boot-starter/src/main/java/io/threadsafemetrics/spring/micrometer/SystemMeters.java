package io.threadsafemetrics.spring.micrometer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.threadsafemetrics.SystemStatistics;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.jspecify.annotations.Nullable;

/**
 * The meters that show a collector's own figures.
 */
final class SystemMeters {

    private final ThreadSafeMetricsCollector collector;

    private final List<MeterRequest> requests = new ArrayList<>();

    private SystemMeters(ThreadSafeMetricsCollector collector) {
        this.collector = collector;
    }

    /**
     * Returns the meters of a collector.
     * @param skipped counts the meters left out
     */
    static List<MeterRequest> of(ThreadSafeMetricsCollector collector, SkippedMeters skipped) {
        SystemMeters meters = new SystemMeters(collector);
        meters.addCounters();
        meters.addLevels();
        meters.addCounter(ExportMeterNames.EXPORT_SKIPPED, "Meters left out of this registry", skipped,
                SkippedMeters::count);
        meters.addCounter(ExportMeterNames.COLLECT_SKIPPED, "Meters of Micrometer that are not collected",
                IncomingMetrics.of(collector).skipped(), SkippedMeters::count);
        return meters.requests;
    }

    private void addCounters() {
        add(ExportMeterNames.VALUES_COLLECTED, "Values accepted", SystemStatistics::totalValuesCollected);
        add(ExportMeterNames.VALUES_REJECTED, "Values refused", SystemStatistics::rejectedValues);
        add(ExportMeterNames.VALUES_OVERFLOWED, "Values that went to an overflow series",
                SystemStatistics::overflowedValues);
        add(ExportMeterNames.COLLECTION_ERRORS, "Unexpected exceptions", SystemStatistics::collectionErrors);
        add(ExportMeterNames.CLEANUPS, "Clean-ups of all metrics", SystemStatistics::cleanupCount);
        add(ExportMeterNames.METRICS_REFUSED, "Registrations of metrics refused", SystemStatistics::refusedMetrics);
        add(ExportMeterNames.DROPPED_METADATA, "Values whose metadata was not kept for want of memory",
                SystemStatistics::droppedMetadata);
        add(ExportMeterNames.DROPPED_RAW_VALUES, "Raw values not kept for want of memory",
                SystemStatistics::droppedRawValues);
        add(ExportMeterNames.DROPPED_SLOTS, "Timeline slots dropped early for want of memory",
                SystemStatistics::droppedSlots);
        add(ExportMeterNames.COARSENED_HISTOGRAMS, "Histograms that gave up resolution",
                SystemStatistics::coarsenedHistograms);
        add(ExportMeterNames.WRITER_WAITS, "Recordings that waited for another thread", SystemStatistics::writerWaits);
        add(ExportMeterNames.ALERTS_DROPPED, "Alert events that found the delivery queue full",
                SystemStatistics::droppedAlerts);
        add(ExportMeterNames.CALLBACKS_FAILED, "Alert callbacks that threw", SystemStatistics::failedCallbacks);
    }

    private void addLevels() {
        addGauge(ExportMeterNames.METRICS, null, "Metrics registered", SystemStatistics::totalMetrics);
        addGauge(ExportMeterNames.METRICS_MAX, null, "Limit of metrics registered", SystemStatistics::maxMetrics);
        addGauge(ExportMeterNames.MEMORY_USED, "bytes", "Retained heap", SystemStatistics::estimatedMemoryBytes);
        addGauge(ExportMeterNames.MEMORY_MAX, "bytes", "Limit of the retained heap", SystemStatistics::maxMemoryBytes);
        addGauge(ExportMeterNames.LAST_CLEANUP, "seconds", "When the last clean-up ended, since 1970",
                (system) -> system.lastCleanup().toEpochMilli() / 1000.0);
    }

    private void add(String name, String description, ToDoubleFunction<SystemStatistics> figure) {
        addCounter(name, description, this.collector, (source) -> read(source, figure, 0.0));
    }

    private <T> void addCounter(String name, String description, T source, ToDoubleFunction<T> figure) {
        this.requests.add(new MeterRequest(new Meter.Id(name, Tags.empty(), null, description, Meter.Type.COUNTER),
                (registry) -> FunctionCounter.builder(name, source, figure).description(description).register(registry),
                source));
    }

    private void addGauge(String name, @Nullable String unit, String description,
            ToDoubleFunction<SystemStatistics> figure) {
        this.requests.add(new MeterRequest(new Meter.Id(name, Tags.empty(), unit, description, Meter.Type.GAUGE),
                (registry) -> Gauge.builder(name, this.collector, (source) -> read(source, figure, Double.NaN))
                    .baseUnit(unit)
                    .description(description)
                    .register(registry),
                this.collector));
    }

    private static double read(ThreadSafeMetricsCollector source, ToDoubleFunction<SystemStatistics> figure,
            double otherwise) {
        try {
            return figure.applyAsDouble(source.getSystemStatistics());
        }
        catch (RuntimeException ex) { // a user's clock must not fail a scrape
            return otherwise;
        }
    }

}
