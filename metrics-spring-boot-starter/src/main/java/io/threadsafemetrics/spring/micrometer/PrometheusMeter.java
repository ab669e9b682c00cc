package io.threadsafemetrics.spring.micrometer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.NamingConvention;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import org.jspecify.annotations.Nullable;

/**
 * One figure, or one histogram, of one series as Prometheus gets it. Threads: any.
 */
final class PrometheusMeter {

    /** What Prometheus calls a label of its own that somebody else brings. */
    private static final String EXPORTED = "exported_";

    private final Meter.Id id;

    private final MetricMetadata metadata;

    private final Class<? extends MetricSnapshot> kind;

    private final Labels labels;

    private final Map<String, String> identity = new TreeMap<>();

    private final Figure figure;

    private final SeriesReader reader;

    private final AtomicBoolean leftOut = new AtomicBoolean();

    private PrometheusMeter(Meter.Id id, MetricMetadata metadata, Class<? extends MetricSnapshot> kind, Labels labels,
            Figure figure, SeriesReader reader) {
        this.id = id;
        this.metadata = metadata;
        this.kind = kind;
        this.labels = labels;
        this.figure = figure;
        this.reader = reader;
        labels.forEach((label) -> {
            if (!label.getValue().isEmpty()) { // the same as no label to Prometheus
                this.identity.put(label.getName(), label.getValue());
            }
        });
    }

    /**
     * Creates one.
     * @param id the meter, as Micrometer's filters have left it
     * @param convention says how Prometheus names it
     * @throws IllegalArgumentException if two of its tags become one label
     */
    static PrometheusMeter of(Meter.Id id, NamingConvention convention, Class<? extends MetricSnapshot> kind,
            Figure figure, SeriesReader reader) {
        MetricMetadata metadata = new MetricMetadata(id.getConventionName(convention), id.getDescription());
        return new PrometheusMeter(id, metadata, kind, labels(id.getConventionTags(convention), kind), figure, reader);
    }

    private static Labels labels(List<Tag> tags, Class<?> kind) {
        Labels.Builder labels = Labels.builder();
        for (Tag tag : tags) {
            // which names of metrics may have, so that the client leaves it alone
            String name = PrometheusNaming.sanitizeLabelName(tag.getKey().replace(':', '_'));
            boolean reserved = kind == HistogramSnapshot.class && name.equals("le");
            labels.label(reserved ? EXPORTED + name : name, tag.getValue());
        }
        return labels.build();
    }

    /** The name of the meter. */
    String name() {
        return this.id.getName();
    }

    /** The name of the family. */
    String family() {
        return this.metadata.getPrometheusName();
    }

    Class<? extends MetricSnapshot> kind() {
        return this.kind;
    }

    /** The labels by which Prometheus tells series apart. */
    Map<String, String> identity() {
        return this.identity;
    }

    /** Whether both belong to one family: the same meter but for the tags. */
    boolean isShownWith(PrometheusMeter other) {
        return this.kind == other.kind && this.id.getName().equals(other.id.getName());
    }

    /**
     * Notes whether it is left out.
     * @return whether it was before
     */
    boolean leftOut(boolean now) {
        return this.leftOut.getAndSet(now);
    }

    /**
     * Adds the current figure, if there is one.
     */
    void addTo(Points points) {
        DataPointSnapshot point = this.figure.read(this.reader, this.labels);
        if (point != null) {
            points.all.add(point);
        }
    }

    Points newPoints() {
        return new Points(this);
    }

    /** Reads a figure. */
    @FunctionalInterface
    interface Figure {

        @Nullable DataPointSnapshot read(SeriesReader reader, Labels labels);

        static Figure counter() {
            return (reader, labels) -> {
                double total = reader.total();
                return (total >= 0) ? new CounterDataPointSnapshot(total, labels, null, reader.createdMillis()) : null;
            };
        }

        static Figure gauge(ToDoubleFunction<SeriesReader> figure) {
            return (reader, labels) -> new GaugeDataPointSnapshot(figure.applyAsDouble(reader), labels, null);
        }

        /** The largest value, where there is one. */
        static Figure max() {
            return (reader, labels) -> {
                OptionalDouble max = reader.max();
                return max.isPresent() ? new GaugeDataPointSnapshot(max.getAsDouble(), labels, null) : null;
            };
        }

        static Figure histogram() {
            return NativeHistogram::read;
        }

    }

    /** The figures of a family. */
    static final class Points {

        private final PrometheusMeter first;

        private final List<DataPointSnapshot> all = new ArrayList<>();

        private Points(PrometheusMeter first) {
            this.first = first;
        }

        boolean isEmpty() {
            return this.all.isEmpty();
        }

        MetricSnapshot snapshot() {
            if (this.first.kind == CounterSnapshot.class) {
                return new CounterSnapshot(this.first.metadata, of(CounterDataPointSnapshot.class));
            }
            if (this.first.kind == HistogramSnapshot.class) {
                return new HistogramSnapshot(this.first.metadata, of(HistogramDataPointSnapshot.class));
            }
            return new GaugeSnapshot(this.first.metadata, of(GaugeDataPointSnapshot.class));
        }

        private <T> List<T> of(Class<T> type) {
            return this.all.stream().map(type::cast).toList();
        }

    }

}
