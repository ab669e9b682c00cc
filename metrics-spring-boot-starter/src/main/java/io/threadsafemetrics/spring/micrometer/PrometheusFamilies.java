package io.threadsafemetrics.spring.micrometer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.NamingConvention;
import org.jspecify.annotations.Nullable;

/**
 * Knows the names that the meters of a Prometheus registry are shown under, to find those
 * that would make a scrape fail. The registry itself compares the names of meters only.
 * Two families of one name, as a summary {@code a} and a gauge {@code a.max} have, it
 * finds when it is scraped, and then shows nothing at all. Threads: the caller's lock.
 */
final class PrometheusFamilies {

    private static final String REGISTRY = "PrometheusMeterRegistry";

    private static final List<String> SINGLE = List.of("");

    private static final List<String> FUNCTION_TIMER = List.of("", "_count", "_sum", "_bucket");

    private static final List<String> DISTRIBUTION = List.of("", "_count", "_sum", "_bucket", "_max", "_active_count",
            "_duration_sum");

    private static final List<String> CUSTOM = List.of("", "_sum", "_max", "_value", "_active_count", "_duration_sum");

    private final MeterRegistry registry;

    private final Map<String, Map<Owner, Set<Meter.Id>>> families = new HashMap<>();

    PrometheusFamilies(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Whether a registry is one of Prometheus, told by the name of its class: the class
     * may be absent.
     */
    static boolean isUsedBy(MeterRegistry registry) {
        for (Class<?> type = registry.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getSimpleName().equals(REGISTRY)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns why a meter of ours could not be shown.
     * @return the reason, or null where nothing is in its way
     */
    @Nullable String obstacle(Meter.Id id) {
        Owner owner = owner(id, true);
        for (String family : owner.families()) {
            for (Owner other : owners(family).keySet()) {
                if (!owner.isShownWith(other)) {
                    return "Prometheus would show it as '" + family + "', as it does '" + other.name() + "'";
                }
            }
        }
        return labelObstacle(id);
    }

    private @Nullable String labelObstacle(Meter.Id id) {
        Set<String> keys = new HashSet<>();
        for (Tag tag : id.getConventionTags(namingConvention())) {
            if (!keys.add(tag.getKey())) {
                return "Prometheus would show two of its tags as '" + tag.getKey() + "'";
            }
        }
        String reserved = switch (id.getType()) {
            case TIMER -> "quantile";
            case OTHER -> "statistic";
            default -> null;
        };
        return (reserved != null && keys.contains(reserved)) ? "Prometheus keeps the tag '" + reserved + "' to itself"
                : null;
    }

    /**
     * Returns our meters that a scrape would fail with because of somebody else's new
     * one. Where the two have one name to Prometheus but not one type, the registry
     * leaves the new one out by itself.
     */
    Set<Meter.Id> victims(Meter.Id newcomer) {
        Owner owner = owner(newcomer, false);
        Set<Meter.Id> victims = new HashSet<>();
        if (!isLeftOut(owner)) {
            owner.families().forEach((family) -> owners(family).forEach((other, ids) -> {
                if (other.ours() && !owner.isShownWith(other)) {
                    victims.addAll(ids);
                }
            }));
        }
        return victims;
    }

    void add(Meter.Id id, boolean ours) {
        Owner owner = owner(id, ours);
        if (!isLeftOut(owner)) {
            owner.families()
                .forEach((family) -> this.families.computeIfAbsent(family, (absent) -> new HashMap<>())
                    .computeIfAbsent(owner, (absent) -> new HashSet<>())
                    .add(id));
        }
    }

    void remove(Meter.Id id, boolean ours) {
        Owner owner = owner(id, ours);
        for (String family : owner.families()) {
            Map<Owner, Set<Meter.Id>> owners = this.families.get(family);
            Set<Meter.Id> ids = (owners != null) ? owners.get(owner) : null;
            if (owners != null && ids != null && ids.remove(id) && ids.isEmpty()) {
                owners.remove(owner);
                this.families.remove(family, Map.of());
            }
        }
    }

    private boolean isLeftOut(Owner newcomer) {
        return owners(newcomer.family()).keySet()
            .stream()
            .anyMatch((other) -> other.family().equals(newcomer.family()) && !other.isSameMeter(newcomer));
    }

    private Map<Owner, Set<Meter.Id>> owners(String family) {
        return this.families.getOrDefault(family, Map.of());
    }

    private NamingConvention namingConvention() {
        return this.registry.config().namingConvention();
    }

    private Owner owner(Meter.Id id, boolean ours) {
        return new Owner(id.getConventionName(namingConvention()), id.getName(), id.getType(), ours);
    }

    /**
     * Meters that the registry shows together.
     *
     * @param family the name that they are shown under
     * @param name their own name
     * @param type their type
     * @param ours whether we registered them
     */
    private record Owner(String family, String name, Meter.Type type, boolean ours) {

        List<String> families() {
            List<String> suffixes = switch (this.type) {
                case COUNTER, GAUGE -> SINGLE;
                case TIMER -> this.ours ? FUNCTION_TIMER : DISTRIBUTION;
                case DISTRIBUTION_SUMMARY, LONG_TASK_TIMER -> DISTRIBUTION;
                case OTHER -> CUSTOM;
            };
            return suffixes.stream().map(this.family::concat).toList();
        }

        boolean isSameMeter(Owner other) {
            return this.family.equals(other.family) && this.name.equals(other.name) && this.type == other.type;
        }

        /**
         * Whether a family may hold both. Somebody else's timer may be shown as a
         * histogram, which does not go with our summary.
         */
        boolean isShownWith(Owner other) {
            return isSameMeter(other)
                    && (this.ours == other.ours || this.type == Meter.Type.COUNTER || this.type == Meter.Type.GAUGE);
        }

    }

}
