package io.threadsafemetrics.spring.micrometer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.NamingConvention;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.MetricStatistics;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetric;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where each series of an application is to be found, and what may be in its way: worked
 * out from the collector's answers and the rules for users alone.
 */
final class ExpectedSeries {

    private static final List<String> COUNTER = List.of("", "_total", "_created");

    private static final List<String> HISTOGRAM = List.of("", "_bucket", "_count", "_sum", "_created");

    private static final List<String> GAUGE = List.of("");

    /**
     * One meter of a series.
     *
     * @param main the meter of the series that all others go with
     * @param suffixes what Prometheus appends to its name
     * @param shown which of them has the figure
     */
    private record Expected(Meter.Id id, Meter.Id main, List<String> suffixes, String shown, double figure,
            Statistic statistic) {

    }

    private final List<Expected> all = new ArrayList<>();

    private final NamingConvention convention;

    private Meter.Id main; // of the series that is being added

    ExpectedSeries(FuzzedApplication application) {
        this.convention = application.prometheus.config().namingConvention();
        application.collector.getAllMetrics().keySet().forEach((name) -> {
            ThreadSafeMetric metric = application.collector.findMetric(name).orElseThrow();
            metric.series().forEach((series) -> add(metric, series));
        });
    }

    private void add(ThreadSafeMetric metric, MetricSeries series) {
        MetricStatistics lifetime = series.lifetime();
        double max = series.window(FuzzedApplication.RETENTION).max().orElse(0.0);
        double median = series.window(FuzzedApplication.RETENTION).percentile(50).orElse(Double.NaN);
        Tags tags = Tags.empty();
        for (Map.Entry<String, String> tag : series.tags().asMap().entrySet()) {
            tags = tags.and(tag.getKey(), tag.getValue());
        }
        String name = metric.name();
        String unit = metric.definition().unit();
        this.main = new Meter.Id(name, tags, unit, null, Meter.Type.OTHER);
        switch (metric.type()) {
            case COUNTER -> add(new Meter.Id(name, tags, unit, null, Meter.Type.COUNTER), COUNTER, "_total",
                    lifetime.totalValue(), Statistic.COUNT);
            case GAUGE, RATE -> addGauge(name, tags, unit, lifetime.currentValue());
            case TIMER -> {
                add(new Meter.Id(name, tags, null, null, Meter.Type.TIMER), HISTOGRAM, "_count", lifetime.count(),
                        Statistic.COUNT);
                addGauge(name + ".max", tags, unit, max);
            }
            case HISTOGRAM, SUMMARY -> {
                add(new Meter.Id(name, tags, unit, null, Meter.Type.DISTRIBUTION_SUMMARY), HISTOGRAM, "_count",
                        lifetime.count(), Statistic.COUNT);
                add(new Meter.Id(name + ".max", tags, unit, null, Meter.Type.GAUGE), GAUGE, "", max, Statistic.MAX);
            }
        }
        if (metric.type() == MetricType.TIMER || metric.type() == MetricType.HISTOGRAM
                || metric.type() == MetricType.SUMMARY) {
            addGauge(name + ".percentile", tags.and("phi", "0.5"), unit, median);
        }
    }

    private void addGauge(String name, Tags tags, String unit, double figure) {
        add(new Meter.Id(name, tags, unit, null, Meter.Type.GAUGE), GAUGE, "", figure, Statistic.VALUE);
    }

    private void add(Meter.Id id, List<String> suffixes, String shown, double figure, Statistic statistic) {
        this.all.add(new Expected(id, this.main, suffixes, shown, figure, statistic));
    }

    /**
     * Finds out what a registry does not have.
     * @param taken which meters the application has had there
     */
    Set<Meter.Id> missingIn(MeterRegistry registry, Set<Meter.Id> taken) {
        Map<Meter.Id, Meter> meters = registry.getMeters()
            .stream()
            .collect(Collectors.toMap(Meter::getId, (meter) -> meter));
        Map<Meter.Id, Integer> times = new HashMap<>();
        List<Expected> expected = this.all.stream().filter((each) -> each.statistic != Statistic.MAX).toList();
        expected.forEach((each) -> times.merge(each.id, 1, Integer::sum));
        Set<Meter.Id> missing = new HashSet<>();
        for (Expected each : expected) {
            boolean contended = taken.contains(each.id) || taken.contains(each.main) || times.get(each.id) > 1
                    || each.id.getName().startsWith("threadsafe.metrics.");
            Meter found = meters.get(each.id);
            if (contended) {
                if (found == null) {
                    missing.add(each.id);
                }
                continue;
            }
            assertThat(found).as("meter of %s", each).isNotNull();
            found.measure().forEach((measurement) -> {
                if (measurement.getStatistic() == each.statistic) {
                    assertThat(measurement.getValue()).as("%s", each).isEqualTo(each.figure);
                }
            });
        }
        return missing;
    }

    /**
     * Finds out what Prometheus is not shown.
     * @param without what it is shown without the collector
     */
    Set<Meter.Id> missingIn(Exposition exposition, Exposition without) {
        Set<String> taken = new HashSet<>(without.names());
        exposition.names().stream().filter((name) -> name.startsWith("threadsafe_metrics_")).forEach(taken::add);
        Map<String, Set<String>> names = new HashMap<>(); // by family and meter
        Map<Object, Integer> series = new HashMap<>();
        List<Expected> possible = this.all.stream().filter((each) -> labels(each) != null).toList();
        possible.forEach((each) -> {
            names.computeIfAbsent(family(each) + "\n" + each.id.getName() + each.suffixes, (key) -> new HashSet<>())
                .addAll(names(each));
            series.merge(Map.entry(family(each), labels(each)), 1, Integer::sum);
        });
        Set<Meter.Id> missing = this.all.stream()
            .filter((each) -> labels(each) == null)
            .map(Expected::id)
            .collect(Collectors.toCollection(HashSet::new));
        for (Expected each : possible) {
            Exposition.Series expected = new Exposition.Series(family(each) + each.shown, labels(each));
            boolean contended = names(each).stream()
                .anyMatch(taken::contains) || series.get(Map.entry(family(each), labels(each))) > 1 || names.entrySet()
                    .stream()
                    .filter((other) -> !other.getKey().equals(family(each) + "\n" + each.id.getName() + each.suffixes))
                    .anyMatch((other) -> other.getValue().stream().anyMatch(names(each)::contains));
            Double figure = exposition.samples().get(expected);
            if (contended) {
                if (figure == null) {
                    missing.add(each.id);
                }
                continue;
            }
            assertThat(figure).as("%s of %s", expected, each).isEqualTo(each.figure);
        }
        return missing;
    }

    private String family(Expected expected) {
        return PrometheusNaming.prometheusName(expected.id.getConventionName(this.convention));
    }

    private Set<String> names(Expected expected) {
        return expected.suffixes.stream().map(family(expected)::concat).collect(Collectors.toSet());
    }

    /** The labels but for empty ones, or null where two become one. */
    private Map<String, String> labels(Expected expected) {
        Map<String, String> labels = new TreeMap<>();
        for (Tag tag : expected.id.getConventionTags(this.convention)) {
            String key = PrometheusNaming
                .sanitizeLabelName(PrometheusNaming.prometheusName(tag.getKey()).replace(':', '_'));
            boolean reserved = expected.suffixes == HISTOGRAM && key.equals("le");
            if (labels.put(reserved ? "exported_le" : key, tag.getValue()) != null) {
                return null;
            }
        }
        labels.values().removeIf(String::isEmpty);
        return labels;
    }

}
