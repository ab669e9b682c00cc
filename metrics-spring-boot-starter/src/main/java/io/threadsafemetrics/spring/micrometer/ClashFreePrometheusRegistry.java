package io.threadsafemetrics.spring.micrometer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.registry.PrometheusScrapeRequest;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.jspecify.annotations.Nullable;

/**
 * A Prometheus registry that asks our series last, and tells them what this very scrape
 * shows already: a name that another collector takes while a scrape is under way cannot
 * make it fail. In any other registry our series look at the others first, which collects
 * those twice.
 *
 * @since 0.1.0
 */
public final class ClashFreePrometheusRegistry extends PrometheusRegistry {

    private final List<PrometheusExport> exports = new CopyOnWriteArrayList<>();

    @Override
    public void register(MultiCollector collector) {
        if (collector instanceof PrometheusExport export) {
            this.exports.add(export);
        }
        else {
            super.register(collector);
        }
    }

    @Override
    public void unregister(MultiCollector collector) {
        if (collector instanceof PrometheusExport export) {
            this.exports.remove(export);
        }
        else {
            super.unregister(collector);
        }
    }

    @Override
    public void clear() {
        this.exports.clear();
        super.clear();
    }

    @Override
    public MetricSnapshots scrape(@Nullable PrometheusScrapeRequest request) {
        return withSeries(super.scrape(request), (name) -> true);
    }

    @Override
    public MetricSnapshots scrape(@Nullable Predicate<String> includedNames,
            @Nullable PrometheusScrapeRequest request) {
        return (includedNames != null) ? withSeries(super.scrape(includedNames, request), includedNames)
                : scrape(request);
    }

    private MetricSnapshots withSeries(MetricSnapshots others, Predicate<String> included) {
        MetricSnapshots all = others;
        for (PrometheusExport export : this.exports) {
            List<MetricSnapshot> both = new ArrayList<>();
            all.forEach(both::add);
            export.collectBeside(all, included).forEach(both::add);
            all = new MetricSnapshots(both);
        }
        return all;
    }

}
