package io.threadsafemetrics.spring.micrometer;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;

/**
 * Lets a meter that an application registers take the place of the one that shows a
 * series of the same name and tags. Without it the application would get ours, or an
 * exception where its own is of another type.
 * <p>
 * A {@link ThreadSafeMetricsMeterBinder} installs it where it is not yet. To install it
 * before a registry has meters keeps Micrometer from warning of a late filter. Filters
 * that come before it see one more tag of the meters of series. Threads: any.
 *
 * @since 0.1.0
 */
public final class ApplicationMetersFirst implements MeterFilter {

    /*
     * Micrometer looks up the very id that is asked for before it asks any filter. So
     * meters of series are registered under an id that nobody asks for, one with a tag
     * more, and this filter takes the tag away. What the application asks for comes here
     * then, unless it has asked before.
     *
     * Called with no lock of the registry, so ours can be removed at once. A composite
     * has its filters called likewise; its parts, while it holds a lock of its own, which
     * removing a meter from the part does not need.
     *
     * Not covered: a meter registered at the very moment at which its series starts.
     */
    private static final Tag MARK = Tag.of(ExportMeterNames.PREFIX + "export", ExportMeterNames.PREFIX + "export");

    /** A registry holds its filter: nothing here may lead back to the registry. */
    private static final Map<MeterRegistry, WeakReference<ApplicationMetersFirst>> INSTALLED = Collections
        .synchronizedMap(new WeakHashMap<>());

    private final Set<MeterRegistrar> registrars = new CopyOnWriteArraySet<>();

    private ApplicationMetersFirst() {
    }

    /**
     * Adds it to the filters of a registry, unless it is there.
     * @param registry the registry
     */
    public static void install(MeterRegistry registry) {
        in(registry);
    }

    private static ApplicationMetersFirst in(MeterRegistry registry) {
        ApplicationMetersFirst added = new ApplicationMetersFirst();
        WeakReference<ApplicationMetersFirst> known = INSTALLED.putIfAbsent(registry, new WeakReference<>(added));
        ApplicationMetersFirst there = (known != null) ? known.get() : null;
        if (there != null) {
            return there;
        }
        registry.config().meterFilter(added);
        return added;
    }

    /**
     * Starts to ask a registrar to make way.
     * @return whom to tell when it is to end
     */
    static ApplicationMetersFirst start(MeterRegistry registry, MeterRegistrar registrar) {
        ApplicationMetersFirst filter = in(registry);
        filter.registrars.add(registrar);
        return filter;
    }

    void stop(MeterRegistrar registrar) {
        this.registrars.remove(registrar);
    }

    /** The tags under which to register the meter of a series. */
    static Tags marked(Tags tags) {
        return tags.and(MARK);
    }

    static Meter.Id unmarked(Meter.Id id) {
        List<Tag> tags = id.getTags();
        return tags.contains(MARK) ? id.replaceTags(tags.stream().filter((tag) -> !tag.equals(MARK)).toList()) : id;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!Outgoing.isUnderWay()) {
            this.registrars.forEach((registrar) -> registrar.giveWay(id));
            return id;
        }
        Meter.Id ours = unmarked(id);
        this.registrars.forEach((registrar) -> registrar.passed(ours));
        return ours;
    }

}
