package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.Fuzz;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.Generate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with meters of its own in two registries and with values in a collector,
 * which is shown there, or not.
 */
final class FuzzedApplication implements AutoCloseable {

    /** What happens to an application that gets no exception. */
    static final String DONE = "done";

    static final Duration RETENTION = Duration.ofMinutes(5);

    private static final List<Double> PERCENTILES = List.of(50.0);

    /** Where the meters are. */
    enum Registries {

        SEPARATE, COMPOSITE, SEPARATE_CLASH_FREE, COMPOSITE_CLASH_FREE;

        boolean isComposite() {
            return name().startsWith("COMPOSITE");
        }

    }

    /** What an application does. */
    sealed interface Step {

        /** What it does with the collector, or nothing. */
        default void collect(ThreadSafeMetricsCollector collector) {
        }

        /** What it does with a registry, or nothing. */
        default void meter(MeterRegistry registry, Set<Meter.Id> own) {
        }

    }

    record Value(FuzzedMeter metric, MetricType type, double value) implements Step {

        @Override
        public void collect(ThreadSafeMetricsCollector collector) {
            Map<String, String> tags = new LinkedHashMap<>();
            for (int i = 0; i < this.metric.tags().size(); i += 2) {
                tags.put(this.metric.tags().get(i), this.metric.tags().get(i + 1));
            }
            MetricType registered = this.metric.isMetricName() ? register(collector) : null;
            boolean negative = this.value < 0 && (registered == MetricType.COUNTER || registered == MetricType.TIMER);
            assertThat(collector.collect(this.metric.name(), this.value, tags, Map.of("traceId", this.metric.name())))
                .isEqualTo(registered != null && !negative);
        }

        /** Registers it, unless there is one. */
        private MetricType register(ThreadSafeMetricsCollector collector) {
            if (collector.findMetric(this.metric.name()).isEmpty()) {
                MetricDefinition.Builder definition = MetricDefinition.of(this.metric.name(), this.type)
                    .description(this.metric.description());
                collector.registerMetric(
                        ((this.type != MetricType.TIMER) ? definition.unit(this.metric.unit()) : definition).build());
            }
            return collector.findMetric(this.metric.name()).orElseThrow().type();
        }

        @Override
        public String toString() {
            return this.type + " metric " + this.value + " of " + this.metric;
        }

    }

    record Registration(FuzzedMeter meter) implements Step {

        @Override
        public void meter(MeterRegistry registry, Set<Meter.Id> own) {
            own.add(this.meter.register(registry).getId());
        }

    }

    /** The application removes its meters of a name. */
    record Removal(String name) implements Step {

        @Override
        public void meter(MeterRegistry registry, Set<Meter.Id> own) {
            own.stream().filter((id) -> id.getName().equals(this.name)).toList().forEach((id) -> {
                registry.remove(id);
                own.remove(id);
            });
        }

    }

    record End(String name) implements Step {

        @Override
        public void collect(ThreadSafeMetricsCollector collector) {
            if (FuzzedMeter.isMetricName(this.name)) {
                collector.unregisterMetric(this.name);
            }
        }

    }

    record Scrape() implements Step {

    }

    /** What it does, from when on the collector is shown, and where. */
    record Story(List<Step> steps, int bound, Registries registries) {

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(this.registries.toString());
            for (int i = 0; i < this.steps.size(); i++) {
                text.append((i == this.bound) ? "\n  bind" : "")
                    .append("\n  ")
                    .append(Fuzz.shown("" + this.steps.get(i)));
            }
            return text.toString();
        }

    }

    static Gen<Story> stories() {
        return FuzzedMeter.names()
            .flatMap((names) -> Fuzz.some(steps(names), 10)
                .zip(Generate.range(0, 5), Generate.enumValues(Registries.class), Story::new));
    }

    private static Gen<Step> steps(Gen<String> names) {
        Gen<FuzzedMeter> meters = FuzzedMeter.of(names, FuzzedMeter.Kind.values());
        Gen<Step> value = meters.zip(Generate.enumValues(MetricType.class), FuzzedMeter.someValues(), Value::new);
        Gen<Step> registration = meters.map(Registration::new);
        Gen<Step> rest = Fuzz.any(names.map(Removal::new), names.map(End::new),
                Fuzz.oneOf(new Scrape()).map((scrape) -> scrape));
        return Fuzz.any(value, value, registration, registration, rest);
    }

    private final ManualClock clock = new ManualClock();

    final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .clock(this.clock)
        .cleanupInterval(Duration.ZERO)
        .build();

    private final ThreadSafeMetricsMeterBinder binder = new ThreadSafeMetricsMeterBinder(this.collector, PERCENTILES);

    final SimpleMeterRegistry simple = new SimpleMeterRegistry(SimpleConfig.DEFAULT, new MockClock());

    final PrometheusMeterRegistry prometheus;

    private final List<MeterRegistry> registries;

    /** What the application itself has registered, in each registry. */
    private final Map<MeterRegistry, Set<Meter.Id>> own = new LinkedHashMap<>();

    private final Set<Meter.Id> everOwn = new HashSet<>();

    FuzzedApplication(Registries kind) {
        PrometheusRegistry registry = kind.name().endsWith("CLASH_FREE") ? new ClashFreePrometheusRegistry()
                : new PrometheusRegistry();
        this.prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, new MockClock());
        if (kind.isComposite()) {
            // as the starter does
            this.prometheus.config().meterFilter(new OutgoingSeriesFilter());
            this.registries = List
                .of(new CompositeMeterRegistry(new MockClock(), List.of(this.simple, this.prometheus)));
        }
        else {
            this.registries = List.of(this.simple, this.prometheus);
        }
        this.registries.forEach((each) -> {
            this.own.put(each, new HashSet<>());
            ApplicationMetersFirst.install(each); // as the starter does
        });
    }

    void bind() {
        this.registries.forEach(this.binder::bindTo);
    }

    /**
     * Does a step.
     * @return for each registry whether the application got an exception
     */
    List<String> step(Step step) {
        step.collect(this.collector);
        List<String> outcomes = new ArrayList<>();
        this.registries
            .forEach((registry) -> outcomes.add(outcome((own) -> step.meter(registry, own), this.own.get(registry))));
        this.everOwn.addAll(this.own.values().iterator().next());
        this.simple.getMeters()
            .stream()
            .map(Meter::getId)
            // percentiles of its timers
            .filter((id) -> id.syntheticAssociation() != null)
            .forEach(this.everOwn::add);
        return outcomes;
    }

    private static String outcome(Consumer<Set<Meter.Id>> action, Set<Meter.Id> own) {
        try {
            action.accept(own);
            return DONE;
        }
        catch (RuntimeException ex) {
            return ex.toString();
        }
    }

    /** All meters that the application has ever had in the simple registry. */
    Set<Meter.Id> everOwn() {
        return this.everOwn;
    }

    @Override
    public void close() {
        this.binder.close();
        this.collector.close();
    }

}
