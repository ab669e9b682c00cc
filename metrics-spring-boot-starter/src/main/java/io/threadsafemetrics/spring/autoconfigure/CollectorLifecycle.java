package io.threadsafemetrics.spring.autoconfigure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.threadsafemetrics.AlertCallback;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.GlobalMetrics;
import io.threadsafemetrics.MetricsListener;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Ties the collector to the context: what was done at start is undone at close, or when
 * the start fails, in reverse order.
 * <p>
 * A context that finds the collector in its parent adds only its own listeners and
 * callbacks; the rest is the parent's business.
 */
final class CollectorLifecycle
        implements SmartInitializingSingleton, ApplicationListener<ContextClosedEvent>, DisposableBean {

    private static final System.Logger logger = System.getLogger(CollectorLifecycle.class.getName());

    private final ThreadSafeMetricsCollector collector;

    private final CollectorSettings settings;

    private final ApplicationContext context;

    private final boolean local;

    private final Deque<AutoCloseable> undo = new ArrayDeque<>();

    private final List<AlertCallback> callbacks = new ArrayList<>();

    CollectorLifecycle(ThreadSafeMetricsCollector collector, CollectorSettings settings, ApplicationContext context) {
        this.collector = collector;
        this.settings = settings;
        this.context = context;
        this.local = context.getBeanNamesForType(ThreadSafeMetricsCollector.class, true, false).length > 0;
        if (this.local) {
            settings.register(collector);
        }
        localBeans(MetricsListener.class).forEach(this::add);
        if (this.local) {
            this.undo.push(GlobalMetrics.install(collector));
        }
    }

    /**
     * Adds the callbacks, once all beans are there, and then the rules: no alert is
     * raised before somebody is told.
     */
    @Override
    public void afterSingletonsInstantiated() {
        localBeans(AlertCallback.class).forEach(this::add);
        if (this.local) {
            add((event) -> this.context.publishEvent(new MetricAlertEvent(this.collector, event)));
            this.settings.builtInRules().forEach(this::add);
            this.settings.rules().forEach(this::add);
        }
    }

    private void add(MetricsListener listener) {
        this.collector.addListener(listener);
        this.undo.push(() -> this.collector.removeListener(listener));
    }

    private void add(AlertCallback callback) {
        this.collector.addAlertCallback(callback);
        this.callbacks.add(callback);
    }

    private void add(AlertRule builtIn) {
        this.collector.addAlertRule(builtIn);
        this.undo.push(() -> this.collector.removeAlertRule(builtIn.name()));
    }

    private void add(DeclaredRule declared) {
        declared.addTo(this.collector);
        this.undo.push(() -> this.collector.removeAlertRule(declared.rule().name()));
    }

    /**
     * Returns the beans of a type, in order, without those of parent contexts.
     */
    private <T> List<T> localBeans(Class<T> type) {
        Set<T> inherited = Collections.newSetFromMap(new IdentityHashMap<>());
        ApplicationContext parent = this.context.getParent();
        if (parent != null) {
            parent.getBeanProvider(type).forEach(inherited::add);
        }
        return this.context.getBeanProvider(type).orderedStream().filter((bean) -> !inherited.contains(bean)).toList();
    }

    /**
     * Removes the callbacks before any bean is destroyed. They are not told of the end of
     * the rules, which would be taken for good news.
     */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext().equals(this.context)) {
            removeCallbacks();
        }
    }

    private void removeCallbacks() {
        this.callbacks.forEach(this.collector::removeAlertCallback);
        this.callbacks.clear();
    }

    @Override
    public void destroy() {
        removeCallbacks(); // where the start failed
        while (!this.undo.isEmpty()) {
            try {
                this.undo.pop().close();
            }
            catch (Exception ex) {
                logger.log(System.Logger.Level.WARNING, "Could not undo a step of the start", ex);
            }
        }
    }

}
