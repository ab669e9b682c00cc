package io.threadsafemetrics.spring.micrometer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

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

    private final Map<Meter.Id, Ours> registered = new HashMap<>();

    /** What is to go when somebody else wants a meter. */
    private final ConcurrentMap<Meter.Id, List<Meter.Id>> giving = new ConcurrentHashMap<>();

    private @Nullable ApplicationMetersFirst othersFirst;

    private volatile @Nullable RegistryWatch watch; // of the registry itself

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
     * Registers the meters of a series where it is not shown in another way.
     * @param requests the meters, the most telling first
     * @return the ids of those that were not left out
     */
    List<Meter.Id> registerSeries(List<MeterRequest> requests) {
        if (isPrometheus(this.registry)) {
            return List.of();
        }
        Meter.Id main = register(requests.get(0));
        List<Meter.Id> all = new ArrayList<>();
        if (main != null) {
            all.add(main);
        }
        requests.stream().skip(1).map(this::register).filter(Objects::nonNull).forEach(all::add);
        Ours ours = this.registered.get(main);
        if (ours != null && ours.wanted != null) {
            // a timer, say, brings meters of percentiles along, past all filters
            this.giving.put(ours.wanted, List.copyOf(all));
        }
        return all;
    }

    /** Told what a meter of ours is called where {@link #giveWay} hears of others. */
    void passed(Meter.Id id) {
        Attempt current = this.attempt;
        if (current != null && current.isMine()) {
            current.wanted(id);
        }
    }

    /**
     * Makes way for a meter that somebody else is about to register. Any thread may call
     * it.
     */
    void giveWay(Meter.Id wanted) {
        RegistryWatch current = this.watch;
        if (current != null) {
            this.giving.getOrDefault(wanted, List.of()).forEach((ours) -> giveWay(current, ours));
        }
    }

    private void giveWay(RegistryWatch current, Meter.Id ours) {
        try {
            if (current.removeOurs(ours)) {
                this.skipped.skip(ours.getName(), "another meter has the name and the tags");
            }
        }
        catch (Throwable ex) { // a registry's: must not reach who registers
            this.skipped.skip(ours.getName(), ex.toString());
        }
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

    private Meter.@Nullable Id tryRegister(MeterRequest request, Attempt attempted) {
        RegistryWatch current = watchAll();
        String obstacle = obstacle(request.id());
        if (obstacle == null) {
            Meter meter = Outgoing.register(request.id().getName(),
                    () -> request.registration().register(this.registry));
            if (meter instanceof NoopMeter) {
                this.skipped.deny(request.id().getName());
                return null;
            }
            obstacle = attempted.addedTo(current) ? attempted.obstacle() : "the name is taken by another meter";
            if (obstacle == null) {
                Meter.Id wanted = attempted.wanted();
                this.registered.put(meter.getId(), new Ours(request.measured(), wanted));
                if (wanted != null) {
                    this.giving.put(wanted, List.of(meter.getId()));
                }
                return meter.getId();
            }
            attempted.undo();
        }
        this.skipped.skip(request.id().getName(), obstacle);
        return null;
    }

    private @Nullable String obstacle(Meter.Id id) {
        for (RegistryWatch each : this.watches.values()) {
            String obstacle = each.obstacle(id);
            if (obstacle != null) {
                return obstacle;
            }
        }
        return null;
    }

    private RegistryWatch watchAll() {
        if (this.othersFirst == null && !isPrometheus(this.registry)) {
            this.othersFirst = ApplicationMetersFirst.start(this.registry, this);
        }
        RegistryWatch current = watch(this.registry);
        this.watch = current;
        return current;
    }

    /** Watches a registry and all that it is composed of by now. */
    private RegistryWatch watch(MeterRegistry watched) {
        if (watched instanceof CompositeMeterRegistry composite) {
            composite.getRegistries().forEach(this::watch);
        }
        RegistryWatch current = this.watches.get(watched);
        if (current == null) {
            current = RegistryWatch.start(watched, this.registered.keySet(), () -> this.attempt);
            this.watches.put(watched, current);
        }
        return current;
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
        Ours ours = this.registered.remove(id);
        if (ours != null && ours.wanted != null) {
            this.giving.remove(ours.wanted);
        }
        RegistryWatch current = this.watch;
        try {
            if (current != null) {
                current.removeOurs(id);
            }
        }
        catch (Throwable ex) { // a registry's: must not reach who records
            this.skipped.skip(id.getName(), ex.toString());
        }
    }

    /** Removes all our meters, also from registries that are no longer part of ours. */
    void close() {
        this.registered.keySet().stream().toList().forEach(this::remove);
        if (this.othersFirst != null) {
            this.othersFirst.stop(this);
        }
        this.watches.values().forEach(RegistryWatch::stop);
        this.watches.clear();
    }

    /**
     * A meter of ours.
     *
     * @param measured what it measures, which registries hold weakly
     * @param wanted what somebody else would ask for who wanted it
     */
    private record Ours(Object measured, Meter.@Nullable Id wanted) {

    }

}
