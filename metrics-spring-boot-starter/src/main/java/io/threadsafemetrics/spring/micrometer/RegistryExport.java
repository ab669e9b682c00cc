package io.threadsafemetrics.spring.micrometer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.MetricsListener;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;

/**
 * Shows the series and alert rules of a collector in one registry, for as long as they
 * live.
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
     * events wait until it is done. They may then tell of series that start() has not
     * seen, has seen, or has seen the successor of: one of the same metric and tags, or
     * of a metric registered anew. The last kind is passed over, as is its removal.
     */
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();

    private final ReentrantLock lock = new ReentrantLock();

    private final ThreadSafeMetricsCollector collector;

    private final List<Double> percentiles;

    private final SkippedMeters skipped = new SkippedMeters(ThreadSafeMetricsMeterBinder.class);

    private final MeterRegistrar registrar; // guarded by lock

    private final List<SeriesView> views = new ArrayList<>(); // guarded by lock

    private final Map<Key, Exported> exported = new HashMap<>(); // guarded by lock

    private final Map<String, List<Meter.Id>> rules = new HashMap<>(); // guarded by lock

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
            this.registrar.prometheusRegistries().forEach(this::startView);
            this.collector.getAllMetrics()
                .keySet()
                .forEach((name) -> this.collector.findMetric(name)
                    .ifPresent((metric) -> metric.series().forEach((series) -> add(metric, series))));
            updateRules();
        }
        finally {
            this.lock.unlock();
        }
        handleEvents();
    }

    private void startView(MeterRegistry prometheus) {
        try {
            this.views.add(PrometheusExport.start(prometheus, this.percentiles, this.skipped));
        }
        catch (Throwable ex) { // the registry's: must not stop the application
            this.skipped.skip(prometheus.getClass().getSimpleName(), ex.toString());
        }
    }

    @Override
    public void seriesAdded(ThreadSafeMetric metric, MetricSeries series) {
        this.events.add(() -> add(metric, series));
        handleEvents();
    }

    @Override
    public void seriesRemoved(ThreadSafeMetric metric, MetricSeries series) {
        this.events.add(() -> remove(metric, series));
        handleEvents();
    }

    @Override
    public void alertRulesChanged() {
        this.events.add(this::updateRules);
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
        Key key = new Key(metric, series.tags());
        boolean registered = this.collector.findMetric(metric.name()).filter(metric::equals).isPresent();
        if (registered && !this.closed && !this.exported.containsKey(key) && !cameIn(metric, series)) {
            this.exported.put(key, new Exported(series,
                    this.registrar.registerSeries(SeriesMeters.of(metric, series, this.percentiles))));
            this.views.forEach((view) -> view.add(metric, series));
        }
    }

    /**
     * Whether a meter feeds the series, or did so before it ended: when the news of its
     * start is late, the meter may be forgotten already.
     */
    private boolean cameIn(ThreadSafeMetric metric, MetricSeries series) {
        IncomingMetrics incoming = IncomingMetrics.of(this.collector);
        if (incoming.contains(metric.name(), series.tags())) {
            return true;
        }
        boolean over = incoming.feeds(metric.name()) && !metric.series().contains(series);
        // asked again: meanwhile another meter may have taken over what is not over
        return over || incoming.contains(metric.name(), series.tags());
    }

    /**
     * Shows the rules that there are now, whatever has changed: a rule in place of
     * another has the meters of that.
     */
    private void updateRules() {
        if (this.closed) {
            return;
        }
        Set<String> names = new LinkedHashSet<>();
        this.collector.getAlertRules().forEach((rule) -> names.add(rule.name()));
        this.rules.entrySet().removeIf((shown) -> {
            boolean gone = !names.contains(shown.getKey());
            if (gone) {
                shown.getValue().forEach(this.registrar::remove);
            }
            return gone;
        });
        names.forEach((name) -> this.rules.computeIfAbsent(name, this::register));
    }

    private List<Meter.Id> register(String rule) {
        return AlertMeters.of(this.collector, rule)
            .stream()
            .map(this.registrar::register)
            .filter(Objects::nonNull)
            .toList();
    }

    private void remove(ThreadSafeMetric metric, MetricSeries series) {
        Key key = new Key(metric, series.tags());
        Exported known = this.exported.get(key);
        if (known != null && known.series.equals(series)) {
            this.exported.remove(key);
            known.meters.forEach(this.registrar::remove);
            this.views.forEach((view) -> view.remove(series));
        }
    }

    void close() {
        this.collector.removeListener(this);
        this.lock.lock();
        try {
            this.closed = true;
            this.exported.clear();
            this.views.forEach(SeriesView::close);
            this.views.clear();
            this.rules.clear();
            this.registrar.close();
        }
        finally {
            this.lock.unlock();
        }
        handleEvents();
    }

    private record Key(ThreadSafeMetric metric, Tags tags) {

    }

    private record Exported(MetricSeries series, List<Meter.Id> meters) {

    }

}
