package io.threadsafemetrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Holds the alert rules of a collector and where each stands.
 */
final class AlertEvaluator {

    /*
     * Shared state: rules and their standings, guarded by 'lock'. Events are handed over
     * under it too, so that those of a rule are queued in order.
     */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, AlertStanding> standings = new LinkedHashMap<>();

    private final Function<String, @Nullable ThreadSafeMetric> metrics;

    private final CollectorContext context;

    private final Consumer<AlertEvent> delivery;

    AlertEvaluator(Function<String, @Nullable ThreadSafeMetric> metrics, CollectorContext context,
            Consumer<AlertEvent> delivery) {
        this.metrics = metrics;
        this.context = context;
        this.delivery = delivery;
    }

    void add(AlertRule rule) {
        this.lock.lock();
        try {
            this.standings.put(rule.name(), new AlertStanding(rule));
        }
        finally {
            this.lock.unlock();
        }
    }

    boolean remove(String name) {
        this.lock.lock();
        try {
            return this.standings.remove(name) != null;
        }
        finally {
            this.lock.unlock();
        }
    }

    List<AlertRule> rules() {
        this.lock.lock();
        try {
            return this.standings.values().stream().map((standing) -> standing.rule).toList();
        }
        finally {
            this.lock.unlock();
        }
    }

    List<ActiveAlert> active() {
        this.lock.lock();
        try {
            Present present = this.context.present();
            return this.standings.values()
                .stream()
                .filter((standing) -> standing.state != AlertState.OK)
                .map((standing) -> standing.toActiveAlert(present))
                .toList();
        }
        finally {
            this.lock.unlock();
        }
    }

    List<AlertEvent> evaluate() {
        this.lock.lock();
        try {
            Present present = this.context.present();
            List<AlertEvent> events = new ArrayList<>();
            for (AlertStanding standing : this.standings.values()) {
                AlertEvent event = standing.evaluate(figure(standing), present);
                if (event != null) {
                    events.add(event);
                    deliver(event);
                }
            }
            return List.copyOf(events);
        }
        finally {
            this.lock.unlock();
        }
    }

    private void deliver(AlertEvent event) {
        if (event.state() == AlertState.FIRING || event.state() == AlertState.RESOLVED) {
            this.delivery.accept(event);
        }
    }

    /**
     * Returns the figure that a rule compares, or null where there is no data.
     */
    private @Nullable Double figure(AlertStanding standing) {
        AlertRule rule = standing.rule;
        ThreadSafeMetric metric = this.metrics.apply(rule.metric());
        if (!standing.canAnswer(metric) || metric == null) {
            return null;
        }
        Duration window = (rule.window() != null) ? rule.window() : metric.retentionWindow();
        WindowSnapshot snapshot = metric.window(window, rule.tags());
        return (snapshot.count() < rule.minCount()) ? null
                : ThreadSafeMetric.figure(snapshot, rule.aggregation(), rule.percentile()).getAsDouble();
    }

}
