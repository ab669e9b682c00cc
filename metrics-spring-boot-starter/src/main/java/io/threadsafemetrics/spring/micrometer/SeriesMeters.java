package io.threadsafemetrics.spring.micrometer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tags;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.ThreadSafeMetric;
import org.jspecify.annotations.Nullable;

/**
 * Which meters show a series.
 */
final class SeriesMeters {

    private final String name;

    private final @Nullable String unit;

    private final @Nullable String description;

    private final Tags tags;

    private final SeriesReader reader;

    private final List<MeterRequest> requests = new ArrayList<>();

    private SeriesMeters(ThreadSafeMetric metric, MetricSeries series) {
        this.name = metric.name();
        this.unit = metric.definition().unit();
        this.description = metric.definition().description();
        this.tags = tagsOf(series);
        this.reader = new SeriesReader(metric, series);
    }

    static Tags tagsOf(MetricSeries series) {
        List<String> pairs = new ArrayList<>();
        series.tags().asMap().forEach((key, value) -> {
            pairs.add(key);
            pairs.add(value);
        });
        return Tags.of(pairs.toArray(String[]::new));
    }

    /**
     * Returns the meters of a series, the most telling first.
     * @param percentiles which percentiles of the retention window to show, from 0 to 100
     */
    static List<MeterRequest> of(ThreadSafeMetric metric, MetricSeries series, List<Double> percentiles) {
        SeriesMeters meters = new SeriesMeters(metric, series);
        switch (metric.type()) {
            case COUNTER -> meters.addCounter();
            case GAUGE, RATE -> meters.addGauge(meters.name, meters.tags, SeriesReader::current);
            case TIMER -> {
                meters.addTimer();
                // 0 where the window is empty, as the largest value of Micrometer's timer
                meters.addGauge(meters.name + ExportMeterNames.MAX_SUFFIX, meters.tags,
                        (reader) -> reader.max().orElse(0.0));
                meters.addPercentiles(percentiles);
            }
            case HISTOGRAM, SUMMARY -> {
                meters.addSummary();
                meters.addPercentiles(percentiles);
            }
        }
        return meters.requests;
    }

    private void addCounter() {
        add(new Meter.Id(this.name, this.tags, this.unit, this.description, Meter.Type.COUNTER),
                (registry) -> FunctionCounter.builder(this.name, this.reader, SeriesReader::total)
                    .tags(ApplicationMetersFirst.marked(this.tags))
                    .baseUnit(this.unit)
                    .description(this.description)
                    .register(registry));
    }

    private void addTimer() {
        add(new Meter.Id(this.name, this.tags, null, this.description, Meter.Type.TIMER), (registry) -> FunctionTimer
            .builder(this.name, this.reader, (reader) -> (long) reader.count(), SeriesReader::total, TimeUnit.SECONDS)
            .tags(ApplicationMetersFirst.marked(this.tags))
            .description(this.description)
            .register(registry));
    }

    /**
     * Adds a meter with count, total and largest value. Its type is not that of
     * Micrometer's summaries: the Prometheus registry would mix its figures with those of
     * a summary of the same name, and fail.
     */
    private void addSummary() {
        add(new Meter.Id(this.name, this.tags, this.unit, this.description, Meter.Type.OTHER),
                (registry) -> Meter
                    .builder(this.name, Meter.Type.OTHER, (Iterable<Measurement> & Outgoing) this::summary)
                    .tags(ApplicationMetersFirst.marked(this.tags))
                    .baseUnit(this.unit)
                    .description(this.description)
                    .register(registry));
    }

    /**
     * Takes the figures anew for each scrape. A negative total is left out, since a
     * registry takes it for a counter and may refuse to be scraped; so is the largest
     * value of an empty window.
     */
    private Iterator<Measurement> summary() {
        List<Measurement> figures = new ArrayList<>();
        figures.add(new Measurement(this.reader::count, Statistic.COUNT));
        if (this.reader.total() >= 0) {
            figures.add(new Measurement(() -> nanIfNegative(this.reader.total()), Statistic.TOTAL));
        }
        if (this.reader.max().isPresent()) {
            figures.add(new Measurement(() -> this.reader.max().orElse(Double.NaN), Statistic.MAX));
        }
        return figures.iterator();
    }

    private static double nanIfNegative(double total) {
        return (total >= 0) ? total : Double.NaN;
    }

    private void addPercentiles(List<Double> percentiles) {
        for (double percentile : percentiles) {
            addGauge(this.name + ExportMeterNames.PERCENTILE_SUFFIX,
                    this.tags.and(ExportMeterNames.PHI_TAG, phi(percentile)),
                    (reader) -> reader.percentile(percentile));
        }
    }

    static String phi(double percentile) {
        return BigDecimal.valueOf(percentile).movePointLeft(2).stripTrailingZeros().toPlainString();
    }

    private void addGauge(String gaugeName, Tags gaugeTags, ToDoubleFunction<SeriesReader> figure) {
        add(new Meter.Id(gaugeName, gaugeTags, this.unit, this.description, Meter.Type.GAUGE),
                (registry) -> Gauge.builder(gaugeName, this.reader, figure)
                    .tags(ApplicationMetersFirst.marked(gaugeTags))
                    .baseUnit(this.unit)
                    .description(this.description)
                    .register(registry));
    }

    private void add(Meter.Id id, MeterRequest.Registration registration) {
        this.requests.add(new MeterRequest(id, registration, this.reader));
    }

}
