package io.threadsafemetrics;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

import io.threadsafemetrics.internal.util.Texts;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a collector by name: which come, which go, and that all are closed.
 */
final class RegisteredMetrics {

    /*
     * Shared state: 'byName' and 'leaving', written under 'registration' alone, read by
     * any thread.
     *
     * 'leaving' is a metric whose name is gone while its last values are not home yet. It
     * is set before the metric leaves 'byName', so who misses it there finds it here, or
     * its values counted.
     *
     * Checked by RegistrationLincheckTests.
     */
    static final String NAME_TAKEN = "the name is taken";

    private final ReentrantLock registration = new ReentrantLock();

    private final CollectorContext context;

    private volatile ConcurrentMap<String, ThreadSafeMetric> byName = new ConcurrentHashMap<>();

    private volatile @Nullable ThreadSafeMetric leaving;

    private int most; // since the map was made; under 'registration'

    RegisteredMetrics(CollectorContext context) {
        this.context = context;
    }

    @Nullable ThreadSafeMetric find(String name) {
        ThreadSafeMetric metric = this.byName.get(name);
        return (metric != null) ? metric : this.byName.get(Texts.wellFormed(name));
    }

    /**
     * Returns the metrics as they are now.
     * @return a view, to be read only
     */
    Collection<ThreadSafeMetric> all() {
        return this.byName.values();
    }

    int size() {
        return this.byName.size();
    }

    /**
     * Registers a metric.
     * @return why it could not, or null if it did
     */
    @Nullable String register(ThreadSafeMetric metric) {
        this.registration.lock();
        try {
            if (this.byName.containsKey(metric.name())) {
                return NAME_TAKEN;
            }
            if (this.context.isClosed()) {
                return "the collector is closed";
            }
            int allowed = this.context.settings.maxMetrics();
            if (size() >= allowed || !metric.engine().tryReserve(metric.definition())) {
                this.context.counters.refusedMetrics.increment();
                return "there is no room, with " + size() + " of at most " + allowed + " metrics and "
                        + this.context.budget;
            }
            this.byName.put(metric.name(), metric);
            this.most = Math.max(this.most, size());
            return null;
        }
        finally {
            this.registration.unlock();
        }
    }

    /**
     * Removes a metric. The caller delivers to listeners.
     * @return false if there is none of the name
     */
    boolean unregister(String name) {
        this.registration.lock();
        try {
            ThreadSafeMetric metric = find(name);
            if (metric == null) {
                return false;
            }
            this.leaving = metric;
            this.byName.remove(name);
            // before another metric of the name has series of which listeners are told
            metric.engine().unregister();
            shrink();
            this.context.relief.startTurnAnew();
            return true;
        }
        finally {
            this.leaving = null;
            this.registration.unlock();
        }
    }

    /** The table of a map never shrinks. */
    private void shrink() {
        if (size() < this.most / 4) {
            this.byName = new ConcurrentHashMap<>(this.byName);
            this.most = size();
        }
    }

    /**
     * Brings home what is staged, for figures that all metrics share.
     */
    void flush() {
        all().forEach((metric) -> metric.engine().flush());
        ThreadSafeMetric last = this.leaving; // read after 'byName'
        if (last != null) {
            last.engine().flush();
        }
    }

    /**
     * Refuses values and metrics from now on. The caller delivers to listeners.
     */
    void close() {
        this.registration.lock();
        try {
            this.context.close();
            all().forEach((metric) -> metric.engine().close());
        }
        finally {
            this.registration.unlock();
        }
    }

}
