package io.threadsafemetrics.spring.micrometer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.MetricsListener;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;

/**
 * Shows the series of a collector in one registry, for as long as they live.
 */
final class RegistryExport implements MetricsListener {

    /*
     * The collector tells of series one event at a time and in order, on a thread that
     * records and may hold a registry's lock. That thread must not wait for 'lock', whose
     * holder may wait for the registry: it leaves its event in the queue, and whoever
     * holds 'lock' looks at the queue again after giving it back. Checked by
     * ConcurrentExportTests.
     *
     * No gap, no double: start() listens before it looks at the series there are, and
     * events wait until it is done. A series that comes meanwhile is told of, and known
     * already, or not; one that goes is removed by its event.
     */
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();

    private final ReentrantLock lock = new ReentrantLock();

    private final ThreadSafeMetricsCollector collector;

    private final List<Double> percentiles;

    private final SkippedMeters skipped = new SkippedMeters();

    private final MeterRegistrar registrar; // guarded by lock

    /** The meters of each series; guarded by lock. */
    private final Map<MetricSeries, List<Meter.Id>> exported = new HashMap<>();

    private boolean closed; // guarded by lock

    RegistryExport(ThreadSafeMetricsCollector collector, List<Double> percentiles, MeterRegistry registry) {
        this.collector = collector;
        this.percentiles = percentiles;
        this.registrar = new MeterRegistrar(registry, this.skipped);
    }

    void start() {
        this.lock.lock();
        try {
            this.collector.addListener(this);
            SystemMeters.of(this.collector, this.skipped).forEach(this.registrar::register);
            this.collector.getAllMetrics()
                .keySet()
                .forEach((name) -> this.collector.findMetric(name)
                    .ifPresent((metric) -> metric.series().forEach((series) -> add(metric, series))));
        }
        finally {
            this.lock.unlock();
        }
        handleEvents();
    }

    @Override
    public void seriesAdded(ThreadSafeMetric metric, MetricSeries series) {
        this.events.add(() -> add(metric, series));
        handleEvents();
    }

    @Override
    public void seriesRemoved(ThreadSafeMetric metric, MetricSeries series) {
        this.events.add(() -> remove(series));
        handleEvents();
    }

    private void handleEvents() {
        while (!this.events.isEmpty() && !this.lock.isHeldByCurrentThread() && this.lock.tryLock()) {
            try {
                Runnable event;
                while ((event = this.events.poll()) != null) {
                    event.run();
                }
            }
            finally {
                this.lock.unlock();
            }
        }
    }

    private void add(ThreadSafeMetric metric, MetricSeries series) {
        if (!this.closed && !this.exported.containsKey(series)) {
            this.exported.put(series,
                    SeriesMeters.of(metric, series, this.percentiles)
                        .stream()
                        .map(this.registrar::register)
                        .filter(Objects::nonNull)
                        .toList());
        }
    }

    private void remove(MetricSeries series) {
        List<Meter.Id> meters = this.exported.remove(series);
        if (meters != null) {
            meters.forEach(this.registrar::remove);
        }
    }

    void close() {
        this.collector.removeListener(this);
        this.lock.lock();
        try {
            this.closed = true;
            this.exported.clear();
            this.registrar.close();
        }
        finally {
            this.lock.unlock();
        }
        handleEvents();
    }

}
