package io.threadsafemetrics.spring.micrometer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.noop.NoopMeter;
import org.jspecify.annotations.Nullable;

/**
 * Registers meters in a registry, and in those that it is composed of, so that nothing
 * that goes wrong there gets out, and no meter makes a scrape fail. Threads: one at a
 * time.
 */
final class MeterRegistrar {

    /** The name of a series, to find out whether a registry lets them in. */
    private static final String PROBE = "probe";

    private static final String PROMETHEUS = "io.micrometer.prometheusmetrics.PrometheusMeterRegistry";

    private final MeterRegistry registry;

    private final SkippedMeters skipped;

    private final Map<MeterRegistry, RegistryWatch> watches = new HashMap<>();

    /** Our meters and what they measure, which registries hold weakly. */
    private final Map<Meter.Id, Object> measured = new HashMap<>();

    private volatile @Nullable Attempt attempt; // other threads look whose it is

    MeterRegistrar(MeterRegistry registry, SkippedMeters skipped) {
        this.registry = registry;
        this.skipped = skipped;
    }

    /**
     * Registers a meter.
     * @return its id, or null if it was left out, which is counted
     */
    Meter.@Nullable Id register(MeterRequest request) {
        Attempt current = new Attempt();
        this.attempt = current;
        try {
            return tryRegister(request, current);
        }
        catch (Throwable ex) { // a registry's or a filter's: must not reach who records
            this.skipped.skip(request.id().getName(), ex.toString());
            undo(current);
            return null;
        }
        finally {
            this.attempt = null;
        }
    }

    /**
     * Registers a meter of a series where it is not shown in another way.
     * @return its id, or null if it was left out
     */
    Meter.@Nullable Id registerOfSeries(MeterRequest request) {
        return isPrometheus(this.registry) ? null : register(request);
    }

    /**
     * Returns the Prometheus registries among those that the registry is composed of by
     * now, or itself, once our meters of series are kept out of them.
     */
    List<MeterRegistry> prometheusRegistries() {
        if (isPrometheus(this.registry)) {
            return List.of(this.registry);
        }
        List<MeterRegistry> parts = this.watches.keySet().stream().filter(MeterRegistrar::isPrometheus).toList();
        parts.forEach(MeterRegistrar::keepOut);
        return parts;
    }

    /**
     * Told by the name of the class: without Prometheus there is none, and nothing here
     * may load it.
     */
    private static boolean isPrometheus(MeterRegistry registry) {
        for (Class<?> type = registry.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(PROMETHEUS)) {
                return true;
            }
        }
        return false;
    }

    private static void keepOut(MeterRegistry part) {
        Meter probe = Outgoing.register(PROBE, () -> Meter.builder(PROBE, Meter.Type.OTHER, List.of()).register(part));
        if (!(probe instanceof NoopMeter)) { // the application has not done so in time
            part.remove(probe);
            part.config().meterFilter(new OutgoingSeriesFilter());
        }
    }

    private Meter.@Nullable Id tryRegister(MeterRequest request, Attempt current) {
        RegistryWatch watch = watch(this.registry);
        String obstacle = obstacle(request.id());
        if (obstacle == null) {
            Meter meter = Outgoing.register(request.id().getName(),
                    () -> request.registration().register(this.registry));
            if (meter instanceof NoopMeter) {
                this.skipped.deny(request.id().getName());
                return null;
            }
            obstacle = current.addedTo(watch) ? current.obstacle() : "the name is taken by another meter";
            if (obstacle == null) {
                this.measured.put(meter.getId(), request.measured());
                return meter.getId();
            }
            current.undo();
        }
        this.skipped.skip(request.id().getName(), obstacle);
        return null;
    }

    private @Nullable String obstacle(Meter.Id id) {
        for (RegistryWatch watch : this.watches.values()) {
            String obstacle = watch.obstacle(id);
            if (obstacle != null) {
                return obstacle;
            }
        }
        return null;
    }

    /** Watches a registry and all that it is composed of by now. */
    private RegistryWatch watch(MeterRegistry watched) {
        if (watched instanceof CompositeMeterRegistry composite) {
            composite.getRegistries().forEach(this::watch);
        }
        RegistryWatch watch = this.watches.get(watched);
        if (watch == null) {
            watch = RegistryWatch.start(watched, this.measured.keySet(), () -> this.attempt);
            this.watches.put(watched, watch);
        }
        return watch;
    }

    private static void undo(Attempt failed) {
        try {
            failed.undo();
        }
        catch (Throwable ex) { // counted already
            System.getLogger(MeterRegistrar.class.getName()).log(System.Logger.Level.DEBUG, "Could not undo", ex);
        }
    }

    /** Removes a meter that {@link #register} returned, unless it is gone. */
    void remove(Meter.Id id) {
        this.measured.remove(id);
        RegistryWatch watch = this.watches.get(this.registry);
        try {
            if (watch != null) {
                watch.removeOurs(id);
            }
        }
        catch (Throwable ex) { // a registry's: must not reach who records
            this.skipped.skip(id.getName(), ex.toString());
        }
    }

    /** Removes all our meters, also from registries that are no longer part of ours. */
    void close() {
        this.measured.keySet().stream().toList().forEach(this::remove);
        this.watches.values().forEach(RegistryWatch::stop);
        this.watches.clear();
    }

}
