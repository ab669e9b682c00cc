package io.threadsafemetrics.spring.micrometer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.noop.NoopMeter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.ThreadSafeMetric;
import org.jspecify.annotations.Nullable;

/**
 * Which Prometheus metrics show a series, with the names that the filters and the naming
 * convention of Micrometer's registry give them.
 */
final class PrometheusMeters {

    private final MeterRegistry registry;

    private final List<Double> percentiles;

    private final SkippedMeters skipped;

    PrometheusMeters(MeterRegistry registry, List<Double> percentiles, SkippedMeters skipped) {
        this.registry = registry;
        this.percentiles = percentiles;
        this.skipped = skipped;
    }

    /**
     * Returns what shows a series, the most telling first.
     */
    List<PrometheusMeter> of(ThreadSafeMetric metric, MetricSeries series) {
        Series shown = new Series(metric, new SeriesReader(metric, series), SeriesMeters.tagsOf(series));
        switch (metric.type()) {
            case COUNTER -> shown.add(Meter.Type.COUNTER, CounterSnapshot.class, PrometheusMeter.Figure.counter());
            case GAUGE, RATE ->
                shown.add(Meter.Type.GAUGE, GaugeSnapshot.class, PrometheusMeter.Figure.gauge(SeriesReader::current));
            case TIMER -> {
                shown.add(Meter.Type.TIMER, HistogramSnapshot.class, PrometheusMeter.Figure.histogram());
                shown.addGauge(ExportMeterNames.MAX_SUFFIX, Tags.empty(),
                        PrometheusMeter.Figure.gauge((reader) -> reader.max().orElse(0.0)));
                addPercentiles(shown);
            }
            case HISTOGRAM, SUMMARY -> {
                shown.add(Meter.Type.DISTRIBUTION_SUMMARY, HistogramSnapshot.class, PrometheusMeter.Figure.histogram());
                shown.addGauge(ExportMeterNames.MAX_SUFFIX, Tags.empty(), PrometheusMeter.Figure.max());
                addPercentiles(shown);
            }
        }
        return shown.meters;
    }

    private void addPercentiles(Series shown) {
        for (double percentile : this.percentiles) {
            shown.addGauge(ExportMeterNames.PERCENTILE_SUFFIX,
                    Tags.of(ExportMeterNames.PHI_TAG, SeriesMeters.phi(percentile)),
                    PrometheusMeter.Figure.gauge((reader) -> reader.percentile(percentile)));
        }
    }

    /**
     * Finds out what the registry's filters make of a meter, by registering one without
     * figures for a moment: a marked one, as Micrometer before 1.17 takes meters of one
     * name with the same values of other tags for the same, and would remove both.
     * @return null where a filter denies it
     */
    @SuppressWarnings("ReferenceEquality") // whether it is this very list
    private Meter.@Nullable Id filtered(Meter.Id id) {
        // a new one tells the probe from others
        List<Measurement> none = new ArrayList<>();
        Meter probe = Meter.builder(id.getName(), id.getType(), none)
            .tags(ApplicationMetersFirst.marked(Tags.of(id.getTags())))
            .baseUnit(id.getBaseUnit())
            .description(id.getDescription())
            .register(this.registry);
        if (probe instanceof NoopMeter) {
            return null;
        }
        Meter.Id filtered = ApplicationMetersFirst.unmarked(probe.getId());
        if (probe.measure() == none) {
            this.registry.remove(probe);
            return filtered;
        }
        // another's, where a filter took the mark away: maybe of another type
        return new Meter.Id(filtered.getName(), Tags.of(filtered.getTags()), id.getBaseUnit(), id.getDescription(),
                id.getType());
    }

    private final class Series {

        private final ThreadSafeMetric metric;

        private final SeriesReader reader;

        private final Tags tags;

        private final List<PrometheusMeter> meters = new ArrayList<>();

        Series(ThreadSafeMetric metric, SeriesReader reader, Tags tags) {
            this.metric = metric;
            this.reader = reader;
            this.tags = tags;
        }

        void add(Meter.Type type, Class<? extends MetricSnapshot> kind, PrometheusMeter.Figure figure) {
            String unit = (type != Meter.Type.TIMER) ? this.metric.definition().unit() : null;
            add(new Meter.Id(this.metric.name(), this.tags, unit, this.metric.definition().description(), type), kind,
                    figure);
        }

        void addGauge(String suffix, Tags more, PrometheusMeter.Figure figure) {
            add(new Meter.Id(this.metric.name() + suffix, this.tags.and(more), this.metric.definition().unit(),
                    this.metric.definition().description(), Meter.Type.GAUGE), GaugeSnapshot.class, figure);
        }

        private void add(Meter.Id id, Class<? extends MetricSnapshot> kind, PrometheusMeter.Figure figure) {
            try {
                Meter.Id filtered = filtered(id);
                if (filtered == null) {
                    PrometheusMeters.this.skipped.deny(id.getName());
                    return;
                }
                this.meters.add(PrometheusMeter.of(filtered,
                        Objects.requireNonNull(PrometheusMeters.this.registry.config().namingConvention()), kind,
                        figure, this.reader));
            }
            catch (Throwable ex) { // a filter's, or of tags that become one
                PrometheusMeters.this.skipped.skip(id.getName(), ex.toString());
            }
        }

    }

}
