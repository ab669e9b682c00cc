package io.threadsafemetrics.spring.micrometer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.registry.PrometheusScrapeRequest;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.ThreadSafeMetric;
import org.jspecify.annotations.Nullable;

/**
 * Shows series in a Prometheus registry: as one collector beside Micrometer's, so that a
 * scrape sees all of them at one instant, and leaves out what cannot be shown beside the
 * others. Threads: any may scrape; one at a time adds and removes.
 */
final class PrometheusExport implements MultiCollector, SeriesView {

    /** Set while a thread looks at the other collectors: it comes back here then. */
    private final ThreadLocal<Boolean> looking = new ThreadLocal<>();

    private final PrometheusRegistry registry;

    private final PrometheusMeters source;

    private final SkippedMeters skipped;

    private final Object lock = new Object();

    /** In the order in which they came; guarded by lock. */
    private final Map<MetricSeries, List<PrometheusMeter>> meters = new LinkedHashMap<>();

    private PrometheusExport(PrometheusMeterRegistry registry, List<Double> percentiles, SkippedMeters skipped) {
        this.registry = registry.getPrometheusRegistry();
        this.source = new PrometheusMeters(registry, percentiles, skipped);
        this.skipped = skipped;
    }

    /**
     * Starts to show series.
     * @param registry a {@link PrometheusMeterRegistry}
     */
    static SeriesView start(MeterRegistry registry, List<Double> percentiles, SkippedMeters skipped) {
        PrometheusExport export = new PrometheusExport((PrometheusMeterRegistry) registry, percentiles, skipped);
        export.registry.register(export);
        return export;
    }

    @Override
    public void add(ThreadSafeMetric metric, MetricSeries series) {
        List<PrometheusMeter> added = this.source.of(metric, series);
        synchronized (this.lock) {
            this.meters.put(series, added);
        }
    }

    @Override
    public void remove(MetricSeries series) {
        synchronized (this.lock) {
            this.meters.remove(series);
        }
    }

    @Override
    public void close() {
        this.registry.unregister(this);
        synchronized (this.lock) {
            this.meters.clear();
        }
    }

    /**
     * Looks at what the others show before it answers, which a
     * {@link ClashFreePrometheusRegistry} knows without.
     */
    @Override
    public MetricSnapshots collect() {
        if (this.looking.get() != null) {
            return MetricSnapshots.of();
        }
        this.looking.set(true);
        try {
            return collectBeside(this.registry.scrape(), (name) -> true);
        }
        finally {
            this.looking.remove();
        }
    }

    @Override
    public MetricSnapshots collect(Predicate<String> includedNames, @Nullable PrometheusScrapeRequest request) {
        if (this.looking.get() != null) {
            return MetricSnapshots.of();
        }
        this.looking.set(true);
        try {
            return collectBeside(this.registry.scrape(request), includedNames);
        }
        finally {
            this.looking.remove();
        }
    }

    /**
     * Answers what can be shown beside others.
     * @param others what is shown already
     * @param included which names are wanted
     */
    MetricSnapshots collectBeside(MetricSnapshots others, Predicate<String> included) {
        Set<String> taken = new HashSet<>();
        others.forEach((other) -> taken.addAll(ExpositionNames.of(other)));
        List<MetricSnapshot> shown = new ArrayList<>();
        families().forEach((name, family) -> {
            Set<String> names = ExpositionNames.of(name, family.get(0).kind());
            String clash = names.stream().filter(taken::contains).findFirst().orElse(null);
            if (clash != null) {
                family.forEach((meter) -> leaveOut(meter, "Prometheus shows another meter as '" + clash + "'"));
            }
            else if (names.stream().anyMatch(included)) {
                add(family, shown);
            }
            taken.addAll(names);
        });
        return new MetricSnapshots(shown);
    }

    private Map<String, List<PrometheusMeter>> families() {
        Map<String, List<PrometheusMeter>> families = new LinkedHashMap<>();
        synchronized (this.lock) {
            this.meters.values()
                .forEach((all) -> all.forEach(
                        (meter) -> families.computeIfAbsent(meter.family(), (absent) -> new ArrayList<>()).add(meter)));
        }
        return families;
    }

    private void add(List<PrometheusMeter> family, List<MetricSnapshot> shown) {
        PrometheusMeter first = family.get(0);
        Map<Map<String, String>, PrometheusMeter> byLabels = new HashMap<>();
        PrometheusMeter.Points points = first.newPoints();
        for (PrometheusMeter meter : family) {
            if (!meter.isShownWith(first)) {
                leaveOut(meter, "Prometheus shows metric '" + first.name() + "' as '" + first.family() + "', too");
            }
            else if (byLabels.putIfAbsent(meter.identity(), meter) != null) {
                leaveOut(meter, "Prometheus shows another series with the labels " + meter.identity());
            }
            else {
                meter.addTo(points);
                meter.leftOut(false);
            }
        }
        if (!points.isEmpty()) {
            shown.add(points.snapshot());
        }
    }

    private void leaveOut(PrometheusMeter meter, String reason) {
        if (!meter.leftOut(true)) {
            this.skipped.skip(meter.name(), reason);
        }
    }

}
