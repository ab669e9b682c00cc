package io.threadsafemetrics.spring.micrometer;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;

/**
 * The names of the time series that Prometheus makes of a metric, and its own. Two
 * metrics that share one cannot be told apart, or make a scrape fail.
 */
final class ExpositionNames {

    private static final List<String> COUNTER = List.of("", "_total", "_created");

    private static final List<String> HISTOGRAM = List.of("", "_bucket", "_count", "_sum", "_created");

    /** Of durations that are not over, say. */
    private static final List<String> GAUGE_HISTOGRAM = List.of("", "_bucket", "_gcount", "_gsum");

    private static final List<String> SUMMARY = List.of("", "_count", "_sum", "_created");

    private static final List<String> INFO = List.of("", "_info");

    private static final List<String> OTHER = List.of("");

    private ExpositionNames() {
    }

    static Set<String> of(MetricSnapshot snapshot) {
        String name = snapshot.getMetadata().getPrometheusName();
        boolean gauge = snapshot instanceof HistogramSnapshot histogram && histogram.isGaugeHistogram();
        return gauge ? of(name, GAUGE_HISTOGRAM) : of(name, snapshot.getClass());
    }

    static Set<String> of(String name, Class<? extends MetricSnapshot> type) {
        return of(name, suffixes(type));
    }

    private static Set<String> of(String name, List<String> suffixes) {
        return suffixes.stream().map(name::concat).collect(Collectors.toSet());
    }

    private static List<String> suffixes(Class<?> type) {
        List<String> suffixes = OTHER;
        if (type == CounterSnapshot.class) {
            suffixes = COUNTER;
        }
        else if (type == HistogramSnapshot.class) {
            suffixes = HISTOGRAM;
        }
        else if (type == SummarySnapshot.class) {
            suffixes = SUMMARY;
        }
        else if (type == InfoSnapshot.class) {
            suffixes = INFO;
        }
        return suffixes;
    }

}
