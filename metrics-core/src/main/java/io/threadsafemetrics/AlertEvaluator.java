package io.threadsafemetrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Evaluates the alert rules of a collector and tells of their transitions.
 */
final class AlertEvaluator {

    /*
     * Shared state: the rules and where they stand, guarded by 'lock', which is held for
     * one transition at a time: who adds or removes a rule waits for no evaluation.
     *
     * 'evaluation' is held by one evaluation from the first figure to the last
     * transition, so that no rule meets its figures out of order.
     *
     * Edge E1: a transition and its hand-over to 'delivery' are one step under 'lock',
     * and only for a rule that is still held. So each transition is told once, those of a
     * rule in order, and nothing after the rule's end.
     *
     * User code: the clock is read under 'evaluation' and must not block; listeners are
     * called after.
     *
     * Checked by AlertModelTests, AlertHammerTests and AlertEvaluatorStress (controls:
     * evaluated without 'evaluation'; a rule's end not looked for).
     */
    private static final System.Logger logger = System.getLogger(AlertEvaluator.class.getName());

    private final ReentrantLock evaluation = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();

    private final AlertRules rules;

    private final Function<String, @Nullable ThreadSafeMetric> metrics;

    private final OwnMetrics own;

    private final CollectorContext context;

    private final Consumer<AlertEvent> delivery;

    AlertEvaluator(Function<String, @Nullable ThreadSafeMetric> metrics, OwnMetrics own, CollectorContext context,
            Consumer<AlertEvent> delivery) {
        this.rules = new AlertRules(context);
        this.metrics = metrics;
        this.own = own;
        this.context = context;
        this.delivery = delivery;
    }

    /**
     * Adds a rule in place of one of its name.
     * @return false if that is equal, and goes on
     * @throws IllegalStateException if there is no room
     */
    boolean add(AlertRule rule) {
        Present present = this.context.present();
        return locked(() -> {
            AlertStanding before = this.rules.find(rule.name());
            if (before != null && before.rule.equals(rule)) {
                return false;
            }
            this.own.keep(rule.metric());
            try {
                end(this.rules.put(rule), present);
            }
            finally {
                dropUnasked(rule.metric()); // where there was no room for the rule
            }
            return true;
        });
    }

    boolean remove(String name) {
        Present present = this.context.present();
        return locked(() -> end(this.rules.remove(name), present));
    }

    /** Whether there was a rule to end. */
    private boolean end(@Nullable AlertStanding standing, Present present) {
        if (standing == null) {
            return false;
        }
        tell(standing.end(present));
        dropUnasked(standing.rule.metric());
        return true;
    }

    private void dropUnasked(String metric) {
        if (!this.rules.ask(metric)) {
            this.own.drop(metric);
        }
    }

    @Nullable Duration retentionOf(String metric) {
        if (OwnMetrics.isOwn(metric)) {
            return this.own.retentionWindow();
        }
        ThreadSafeMetric found = this.metrics.apply(metric);
        return (found != null) ? found.retentionWindow() : null;
    }

    private @Nullable ThreadSafeMetric find(String metric) {
        return OwnMetrics.isOwn(metric) ? this.own.find(metric) : this.metrics.apply(metric);
    }

    List<AlertRule> rules() {
        return locked(() -> this.rules.all().stream().map((standing) -> standing.rule).toList());
    }

    List<ActiveAlert> active() {
        Present present = this.context.present();
        return locked(() -> this.rules.all()
            .stream()
            .filter((standing) -> standing.state != AlertState.OK)
            .map((standing) -> standing.toActiveAlert(present))
            .toList());
    }

    @Nullable AlertState state(String rule) {
        return locked(() -> {
            AlertStanding standing = this.rules.find(rule);
            return (standing != null) ? standing.state : null;
        });
    }

    List<AlertEvent> evaluate() {
        this.own.flush();
        List<AlertEvent> events = new ArrayList<>();
        this.evaluation.lock();
        try {
            this.own.feed();
            for (AlertStanding standing : locked(this.rules::all)) {
                AlertEvent event = evaluate(standing);
                if (event != null) {
                    events.add(event);
                }
            }
        }
        finally {
            this.evaluation.unlock();
        }
        this.context.listeners.deliver();
        return List.copyOf(events);
    }

    private @Nullable AlertEvent evaluate(AlertStanding standing) {
        try {
            Present present = this.context.present();
            ThreadSafeMetric metric = find(standing.rule.metric());
            AlertFigure figure = AlertFigure.of(standing.rule, metric);
            if (figure.refused() && metric != null) {
                complainOnce(standing, metric);
            }
            return locked(() -> this.rules.hold(standing) ? tell(standing.evaluate(figure, present)) : null);
        }
        catch (Throwable ex) { // a user's clock, say; one rule must not harm another
            this.context.counters.errors.add(ex);
            return null;
        }
    }

    private static void complainOnce(AlertStanding standing, ThreadSafeMetric metric) {
        if (!standing.complained) {
            standing.complained = true;
            logger.log(System.Logger.Level.WARNING,
                    "Could not evaluate {0}: its window {1} is longer than the metric''s retention {2}", standing.rule,
                    standing.rule.window(), metric.retentionWindow());
        }
    }

    private @Nullable AlertEvent tell(@Nullable AlertEvent event) {
        if (event != null && (event.state() == AlertState.FIRING || event.state() == AlertState.RESOLVED)) {
            this.delivery.accept(event);
        }
        return event;
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        this.lock.lock();
        try {
            return action.get();
        }
        finally {
            this.lock.unlock();
        }
    }

}
