package io.threadsafemetrics.spring.micrometer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Watches the meters of one registry: tells ours from others'.
 */
final class RegistryWatch {

    /*
     * Micrometer calls listeners under the registry's lock, and before the new meter can
     * be found or removed. So 'lock' comes after the registry's: nothing is called on the
     * registry while it is held. A composite must not be called at all by a listener of
     * its parts: it spins on a lock that the same thread holds.
     */
    private final Object lock = new Object();

    private final MeterRegistry registry;

    private final Supplier<@Nullable Attempt> attempts;

    private final Link link = new Link(this);

    /** Whether a meter is ours; guarded by lock. */
    private final Map<Meter.Id, Boolean> meters = new HashMap<>();

    private RegistryWatch(MeterRegistry registry, Supplier<@Nullable Attempt> attempts) {
        this.registry = registry;
        this.attempts = attempts;
    }

    /**
     * Starts to watch a registry.
     * @param registry the registry, but not what it is composed of
     * @param ours which of its meters are ours already
     * @param attempts gives the registration that is under way, if any
     */
    static RegistryWatch start(MeterRegistry registry, Set<Meter.Id> ours, Supplier<@Nullable Attempt> attempts) {
        RegistryWatch watch = new RegistryWatch(registry, attempts);
        registry.config().onMeterAdded(watch.link::added).onMeterRemoved(watch.link::removed);
        registry.getMeters().forEach((meter) -> watch.remember(meter.getId(), ours.contains(meter.getId())));
        return watch;
    }

    /** Ends it: takes our meters out of the registry. */
    void stop() {
        List<Meter.Id> ours;
        synchronized (this.lock) {
            ours = this.meters.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
        }
        ours.forEach(this.registry::remove);
        this.link.watch = null;
    }

    /**
     * Returns why a meter of ours cannot be registered.
     * @return the reason, or null where nothing is in its way
     */
    @Nullable String obstacle(Meter.Id id) {
        synchronized (this.lock) {
            return this.meters.containsKey(id) ? "the name is taken by another meter" : null;
        }
    }

    /**
     * Removes a meter, unless it is gone or somebody else's.
     * @return whether it was there
     */
    boolean removeOurs(Meter.Id id) {
        boolean ours;
        synchronized (this.lock) {
            ours = this.meters.getOrDefault(id, false);
        }
        return ours && this.registry.remove(id) != null;
    }

    private void added(Meter.Id id) {
        Attempt attempt = this.attempts.get();
        if (attempt != null && attempt.isMine()) {
            addedOurs(id, attempt);
        }
        else {
            remember(id, false);
        }
    }

    private void addedOurs(Meter.Id id, Attempt attempt) {
        attempt.added(this, id);
        String obstacle = obstacle(id); // again: filters may have changed it
        if (obstacle != null) {
            attempt.refuse(obstacle);
        }
        remember(id, true);
    }

    private void remember(Meter.Id id, boolean ours) {
        synchronized (this.lock) {
            this.meters.putIfAbsent(id, ours);
        }
    }

    private void removed(Meter.Id id) {
        synchronized (this.lock) {
            this.meters.remove(id);
        }
    }

    /**
     * What the registry keeps of us for as long as it lives, since listeners cannot be
     * taken away. It leads to nothing once the watch has ended.
     */
    private static final class Link {

        private volatile @Nullable RegistryWatch watch;

        Link(RegistryWatch watch) {
            this.watch = watch;
        }

        void added(Meter meter) {
            RegistryWatch current = this.watch;
            if (current != null) {
                current.added(meter.getId());
            }
        }

        void removed(Meter meter) {
            RegistryWatch current = this.watch;
            if (current != null) {
                current.removed(meter.getId());
            }
        }

    }

}
