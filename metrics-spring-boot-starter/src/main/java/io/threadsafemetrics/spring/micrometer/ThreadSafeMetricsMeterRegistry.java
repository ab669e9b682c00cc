package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionCounter;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.internal.DefaultGauge;
import io.micrometer.core.instrument.internal.DefaultLongTaskTimer;
import io.micrometer.core.instrument.internal.DefaultMeter;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.jspecify.annotations.Nullable;

/**
 * Brings what is recorded with Micrometer into a collector, so that it answers questions
 * about any window. Its meters count as those of Micrometer's simple registry do: it may
 * stand beside other registries in a composite, or alone.
 * <p>
 * <b>Metrics</b> have the name, tags, unit and description of their meter. A counter is a
 * {@code COUNTER}, a timer a {@code TIMER} in seconds, a distribution summary a
 * {@code SUMMARY}; each value is recorded. All else is read at an interval: a gauge is a
 * {@code GAUGE}, a function counter a {@code COUNTER} of what it has grown by. A meter
 * with several figures becomes several metrics: a function timer the counters
 * {@code <name>.count} and {@code <name>.total} (seconds), a long task timer the gauges
 * {@code <name>.active}, {@code <name>.duration} and {@code <name>.max}, a custom meter
 * one for each of its statistics. Tags that break a rule of
 * {@link io.threadsafemetrics.Tags} go to the series {@code overflow=true}.
 * <p>
 * <b>A meter that the collector does not take</b> counts all the same in Micrometer: one
 * whose name is that of a metric of another type, or that finds no room. It is counted in
 * {@code threadsafe.metrics.collect.skipped}, logged once, and tries again after a
 * minute. A metric of the same name and type that is there already, with limits of its
 * own, say, takes the values.
 * <p>
 * <b>Lifecycle.</b> The series of a removed meter goes, and the metric with its last
 * series, soon after and on another thread; the same happens to all of them at
 * {@link #close()}. What gauges and functions are about is held weakly, as Micrometer's
 * own registries do.
 * <p>
 * <b>No echo.</b> What comes in is not sent out by a {@link ThreadSafeMetricsMeterBinder}
 * of the same collector, and what one sends out does not come in.
 * <p>
 * <b>Cost.</b> A value costs what Micrometer's own counting costs and recording through a
 * bound series. At most two daemon threads: a function that blocks holds up the reading
 * of other meters, and nothing else.
 * <p>
 * Threads: any.
 *
 * @since 0.1.0
 */
public final class ThreadSafeMetricsMeterRegistry extends MeterRegistry {

    /** As the simple registry has: what the largest value of a meter is about. */
    private static final Duration EXPIRY = Duration.ofMinutes(1);

    private final MeterSampler sampler;

    private final CollectorLink link;

    private ThreadSafeMetricsMeterRegistry(Builder builder) {
        super(builder.clock);
        this.sampler = new MeterSampler(builder.interval, this::sample);
        this.link = new CollectorLink(builder.collector, builder.clock, builder.metadata, this.sampler::later);
        NamePatterns names = new NamePatterns(builder.include, builder.exclude);
        config().meterFilter(new MeterFilter() {

            @Override
            public MeterFilterReply accept(Meter.Id id) {
                String name = id.getName();
                boolean ours = name.startsWith(ExportMeterNames.PREFIX) || Outgoing.isUnderWay(name);
                return (ours || !names.match(name)) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
            }

        }).onMeterRemoved(this::removed);
    }

    /**
     * Starts a registry with settings of one's own.
     * @param collector where the values go; it stays open when the registry is closed
     * @return a builder with the default settings
     */
    public static Builder builder(ThreadSafeMetricsCollector collector) {
        return new Builder(collector);
    }

    @Override
    protected Counter newCounter(Meter.Id id) {
        return started(new CollectedCounter(id, sink(id, MetricType.COUNTER)));
    }

    @Override
    protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauseDetector) {
        return started(new CollectedTimer(id, this.clock, config, pauseDetector, sink(id, MetricType.TIMER)));
    }

    @Override
    protected DistributionSummary newDistributionSummary(Meter.Id id, DistributionStatisticConfig config,
            double scale) {
        return started(new CollectedSummary(id, this.clock, config, scale, sink(id, MetricType.SUMMARY)));
    }

    private SeriesSink sink(Meter.Id id, MetricType type) {
        return new SeriesSink(this.link, id.getName(), type, id);
    }

    /** Not here but soon: the caller holds locks that a listener may wait for. */
    private <M extends Collected> M started(M meter) {
        this.sampler.later(meter.sink()::bind);
        this.sampler.start();
        return meter;
    }

    @Override
    protected <T> Gauge newGauge(Meter.Id id, @Nullable T obj, ToDoubleFunction<T> valueFunction) {
        return sampled(new DefaultGauge<>(id, obj, valueFunction), obj);
    }

    @Override
    protected <T> FunctionCounter newFunctionCounter(Meter.Id id, T obj, ToDoubleFunction<T> countFunction) {
        return sampled(new CumulativeFunctionCounter<>(id, obj, countFunction), obj);
    }

    @Override
    protected <T> FunctionTimer newFunctionTimer(Meter.Id id, T obj, ToLongFunction<T> countFunction,
            ToDoubleFunction<T> totalTimeFunction, TimeUnit totalTimeFunctionUnit) {
        return sampled(new CumulativeFunctionTimer<>(id, obj, countFunction, totalTimeFunction, totalTimeFunctionUnit,
                getBaseTimeUnit()), obj);
    }

    @Override
    protected LongTaskTimer newLongTaskTimer(Meter.Id id, DistributionStatisticConfig config) {
        return sampled(new DefaultLongTaskTimer(id, this.clock, getBaseTimeUnit(), config, false), null);
    }

    @Override
    protected Meter newMeter(Meter.Id id, Meter.Type type, Iterable<Measurement> measurements) {
        return sampled(new DefaultMeter(id, type, measurements), measurements);
    }

    private <M extends Meter> M sampled(M meter, @Nullable Object measured) {
        // ours come back through a composite that had them before it had us
        if (!(measured instanceof Outgoing)) {
            this.sampler.add(meter, this.link);
            this.sampler.start();
        }
        return meter;
    }

    /** Called by Micrometer under its locks. */
    private void removed(Meter meter) {
        if (meter instanceof Collected collected) {
            collected.sink().remove();
        }
        else {
            this.sampler.remove(meter.getId());
        }
    }

    @Override
    protected TimeUnit getBaseTimeUnit() {
        return TimeUnit.SECONDS;
    }

    @Override
    protected DistributionStatisticConfig defaultHistogramConfig() {
        return DistributionStatisticConfig.builder().expiry(EXPIRY).build().merge(DistributionStatisticConfig.DEFAULT);
    }

    /** Reads what nobody records, and lets refused meters try again. */
    void sample() {
        forEachCollected(SeriesSink::bind);
        this.sampler.sample();
    }

    private void forEachCollected(Consumer<SeriesSink> action) {
        for (Meter meter : getMeters()) {
            if (meter instanceof Collected collected) {
                action.accept(collected.sink());
            }
        }
    }

    /**
     * Takes the metrics of all meters out of the collector, and ends the threads. Values
     * recorded later count in Micrometer alone. The collector stays open.
     */
    @Override
    public void close() {
        super.close();
        this.link.close();
        this.sampler.close();
        forEachCollected(SeriesSink::close);
    }

    /**
     * Builds a {@link ThreadSafeMetricsMeterRegistry}. Not for use by several threads.
     */
    public static final class Builder {

        private static final Duration LONGEST_INTERVAL = Duration.ofDays(3650);

        private final ThreadSafeMetricsCollector collector;

        private Clock clock = Clock.SYSTEM;

        private List<String> include = List.of();

        private List<String> exclude = List.of();

        private Duration interval = Duration.ofSeconds(10);

        private @Nullable Supplier<? extends Map<String, ?>> metadata;

        private Builder(ThreadSafeMetricsCollector collector) {
            this.collector = Objects.requireNonNull(collector, "'collector' must not be null");
        }

        /**
         * Sets the clock of the meters. Default: {@link Clock#SYSTEM}. Another one should
         * be that of the collector, see {@link MicrometerMetricsClock}.
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "'clock' must not be null");
            return this;
        }

        /**
         * Sets which meters the registry has. Default: all.
         * @param patterns patterns of names, {@code *} for any characters; none for all
         * @return this builder
         * @throws IllegalArgumentException if a pattern is blank
         */
        public Builder include(List<String> patterns) {
            this.include = List.copyOf(patterns);
            new NamePatterns(this.include, List.of());
            return this;
        }

        /**
         * Sets which meters the registry does not have. Default: none.
         * @param patterns patterns of names, {@code *} for any characters
         * @return this builder
         * @throws IllegalArgumentException if a pattern is blank
         */
        public Builder exclude(List<String> patterns) {
            this.exclude = List.copyOf(patterns);
            new NamePatterns(List.of(), this.exclude);
            return this;
        }

        /**
         * Sets how often gauges and functions are read. Default: 10 seconds.
         * @param interval zero for never, at most 3650 days
         * @return this builder
         * @throws IllegalArgumentException if it is negative or longer
         */
        public Builder interval(Duration interval) {
            Objects.requireNonNull(interval, "'interval' must not be null");
            if (interval.isNegative() || interval.compareTo(LONGEST_INTERVAL) > 0) {
                throw new IllegalArgumentException(
                        "'interval' must be between zero and " + LONGEST_INTERVAL + " but was " + interval);
            }
            this.interval = interval;
            return this;
        }

        /**
         * Sets what to keep beside each value of a timer or summary, as the trace that it
         * belongs to. Default: nothing.
         * @param metadata called by the thread that records; an empty map for nothing
         * @return this builder
         */
        public Builder metadata(Supplier<? extends Map<String, ?>> metadata) {
            this.metadata = Objects.requireNonNull(metadata, "'metadata' must not be null");
            return this;
        }

        /**
         * Creates the registry.
         * @return a registry to be closed when it is no longer needed
         */
        public ThreadSafeMetricsMeterRegistry build() {
            return new ThreadSafeMetricsMeterRegistry(this);
        }

    }

}
