package io.threadsafemetrics.spring.micrometer;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.threadsafemetrics.MetricType;
import org.jspecify.annotations.Nullable;

/**
 * A meter that is read, each of its statistics into a series of its own. Threads: one at
 * a time reads, any ends it.
 */
final class SampledMeter {

    private static final System.Logger logger = System.getLogger(ThreadSafeMetricsMeterRegistry.class.getName());

    private final Meter meter;

    private final CollectorLink link;

    // guarded by itself
    private final Map<Statistic, Sample> samples = new EnumMap<>(Statistic.class);

    private boolean ended; // guarded by 'samples'

    private boolean failedBefore; // of the thread that reads

    SampledMeter(Meter meter, CollectorLink link) {
        this.meter = meter;
        this.link = link;
    }

    /** Reads it. What a function of the application throws goes no further. */
    void sample() {
        try {
            Set<Statistic> seen = EnumSet.noneOf(Statistic.class);
            for (Measurement measurement : this.meter.measure()) {
                Sample sample = seen.add(measurement.getStatistic()) ? sampleOf(measurement.getStatistic()) : null;
                if (sample != null) {
                    sample.take(measurement.getValue());
                }
            }
        }
        catch (Throwable ex) {
            noteFailure(ex);
        }
    }

    private @Nullable Sample sampleOf(Statistic statistic) {
        synchronized (this.samples) {
            return this.ended ? null : this.samples.computeIfAbsent(statistic, this::newSample);
        }
    }

    private Sample newSample(Statistic statistic) {
        boolean growing = statistic == Statistic.COUNT || statistic == Statistic.TOTAL
                || statistic == Statistic.TOTAL_TIME;
        return new Sample(new SeriesSink(this.link, nameOf(statistic), growing ? MetricType.COUNTER : MetricType.GAUGE,
                this.meter.getId()), growing);
    }

    /** A meter with one figure bears its own name, else each figure has a suffix. */
    private String nameOf(Statistic statistic) {
        Meter.Id id = this.meter.getId();
        boolean only = statistic == Statistic.VALUE
                || (statistic == Statistic.COUNT && id.getType() == Meter.Type.COUNTER);
        return only ? id.getName() : id.getName() + "." + statistic.getTagValueRepresentation();
    }

    private void noteFailure(Throwable ex) {
        if (!this.failedBefore) {
            this.failedBefore = true;
            logger.log(System.Logger.Level.WARNING, "Could not read meter ''{0}'': {1}", this.meter.getId().getName(),
                    ex);
        }
    }

    /** Ends it: each series in the given way, none starts any more. */
    void end(Consumer<SeriesSink> way) {
        synchronized (this.samples) {
            this.ended = true;
        }
        this.samples.values().forEach((sample) -> way.accept(sample.sink));
    }

    /** One statistic. */
    private static final class Sample {

        private final SeriesSink sink;

        private final boolean growing;

        private double last;

        Sample(SeriesSink sink, boolean growing) {
            this.sink = sink;
            this.growing = growing;
        }

        /**
         * Takes a reading: of a total that only grows, by how much it has grown, at first
         * from zero; from one that goes back it counts on. NaN is no reading.
         */
        void take(double value) {
            if (!Double.isFinite(value)) {
                return;
            }
            double grown = this.growing ? value - this.last : value;
            this.last = value;
            if (!this.growing || grown > 0) {
                this.sink.record(grown);
            }
            else {
                this.sink.bind();
            }
        }

    }

}
