package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

/**
 * Holds the alert rules of a collector and where each stands.
 */
final class AlertEvaluator {

    /*
     * Shared state: rules and their standings, guarded by 'lock'. Events are handed over
     * under it too, so that those of a rule are queued in order.
     */
    private static final System.Logger logger = System.getLogger(AlertEvaluator.class.getName());

    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Standing> standings = new LinkedHashMap<>();

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
            this.standings.put(rule.name(), new Standing(rule));
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

    List<ActiveAlert> active() {
        this.lock.lock();
        try {
            LongFunction<Instant> instants = instants(this.context.preciseNow());
            return this.standings.values()
                .stream()
                .filter((standing) -> standing.state != AlertState.OK)
                .map((standing) -> standing.toActiveAlert(instants))
                .toList();
        }
        finally {
            this.lock.unlock();
        }
    }

    List<AlertEvent> evaluate() {
        this.lock.lock();
        try {
            List<AlertEvent> events = new ArrayList<>();
            for (Standing standing : this.standings.values()) {
                AlertEvent event = standing.evaluate(figure(standing));
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
    private @Nullable Double figure(Standing standing) {
        AlertRule rule = standing.rule;
        ThreadSafeMetric metric = this.metrics.apply(rule.metric());
        if (metric == null || !standing.canAnswer(metric)) {
            return null;
        }
        Duration window = (rule.window() != null) ? rule.window() : metric.retentionWindow();
        WindowSnapshot snapshot = metric.window(window, rule.tags());
        return (snapshot.count() < rule.minCount()) ? null
                : ThreadSafeMetric.figure(snapshot, rule.aggregation(), rule.percentile()).getAsDouble();
    }

    private LongFunction<Instant> instants(long now) {
        Instant wallClock = Instant.ofEpochMilli(this.context.wallClockMillis());
        return (time) -> wallClock.minusNanos(now - time);
    }

    /**
     * Where one rule stands.
     */
    private final class Standing {

        private final AlertRule rule;

        private AlertState state = AlertState.OK;

        private @Nullable Double value;

        private long since;

        private long told;

        private boolean complained;

        Standing(AlertRule rule) {
            this.rule = rule;
        }

        boolean canAnswer(ThreadSafeMetric metric) {
            Duration window = this.rule.window();
            boolean tooLong = window != null && window.compareTo(metric.retentionWindow()) > 0;
            if (tooLong && !this.complained) {
                this.complained = true;
                logger.log(System.Logger.Level.WARNING,
                        "Alert rule ''{0}'' cannot be evaluated: its window {1} is longer"
                                + " than the retention {2} of ''{3}''",
                        this.rule.name(), window, metric.retentionWindow(), metric.name());
            }
            return !tooLong;
        }

        @Nullable AlertEvent evaluate(@Nullable Double figure) {
            long now = AlertEvaluator.this.context.preciseNow();
            this.value = figure;
            boolean breached = isBreached(figure);
            if (this.state == AlertState.FIRING) {
                return breached ? repeat(now) : enter(AlertState.OK, AlertState.RESOLVED, now);
            }
            if (!breached) {
                return (this.state == AlertState.PENDING) ? enter(AlertState.OK, AlertState.OK, now) : null;
            }
            boolean first = this.state == AlertState.OK;
            if (first) {
                this.since = now;
            }
            if (now - this.since >= this.rule.holdFor().toNanos()) {
                return enter(AlertState.FIRING, AlertState.FIRING, now);
            }
            return first ? enter(AlertState.PENDING, AlertState.PENDING, now) : null;
        }

        private boolean isBreached(@Nullable Double figure) {
            if (figure == null) {
                return this.rule.onNoData() == AlertState.FIRING;
            }
            return (this.state == AlertState.FIRING) ? !this.rule.isResolvedBy(figure) : this.rule.isBreachedBy(figure);
        }

        private AlertEvent enter(AlertState next, AlertState toldAs, long now) {
            this.state = next;
            this.told = now;
            return event(toldAs, now, false);
        }

        private @Nullable AlertEvent repeat(long now) {
            Duration every = this.rule.repeatEvery();
            if (every == null || now - this.told < every.toNanos()) {
                return null;
            }
            this.told = now;
            return event(AlertState.FIRING, now, true);
        }

        private AlertEvent event(AlertState toldAs, long now, boolean repeat) {
            LongFunction<Instant> instants = instants(now);
            return new AlertEvent(this.rule, toldAs, this.value, instants.apply(now), instants.apply(this.since),
                    repeat);
        }

        ActiveAlert toActiveAlert(LongFunction<Instant> instants) {
            return new ActiveAlert(this.rule.name(), this.rule.metric(), this.state, this.value, this.rule.threshold(),
                    instants.apply(this.since));
        }

    }

}
