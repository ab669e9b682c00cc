package io.threadsafemetrics;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Where one alert rule stands. Threads: the evaluator's lock.
 */
final class AlertStanding {

    private static final System.Logger logger = System.getLogger(AlertStanding.class.getName());

    final AlertRule rule;

    AlertState state = AlertState.OK;

    private @Nullable Double value;

    private long since;

    private long told;

    private boolean refused; // no answer can be had, which is not "no data"

    private boolean complained;

    AlertStanding(AlertRule rule) {
        this.rule = rule;
    }

    boolean canAnswer(@Nullable ThreadSafeMetric metric) {
        Duration window = this.rule.window();
        this.refused = metric != null && window != null && window.compareTo(metric.retentionWindow()) > 0;
        if (metric != null && this.refused && !this.complained) {
            this.complained = true;
            logger.log(System.Logger.Level.WARNING,
                    "Alert rule ''{0}'' cannot be evaluated: its window {1} is longer"
                            + " than the retention {2} of ''{3}''",
                    this.rule.name(), window, metric.retentionWindow(), metric.name());
        }
        return !this.refused;
    }

    /**
     * Goes on to the next state.
     * @param figure the figure compared, or null where there is no data or the rule was
     * refused
     * @return what there is to tell, or null for nothing
     */
    @Nullable AlertEvent evaluate(@Nullable Double figure, Present present) {
        long now = present.now();
        this.value = figure;
        boolean breached = isBreached(figure);
        if (this.state == AlertState.FIRING) {
            return breached ? repeat(present) : enter(AlertState.OK, AlertState.RESOLVED, present);
        }
        if (!breached) {
            return (this.state == AlertState.PENDING) ? enter(AlertState.OK, AlertState.OK, present) : null;
        }
        boolean first = this.state == AlertState.OK;
        if (first) {
            this.since = now;
        }
        if (now - this.since >= this.rule.holdFor().toNanos()) {
            return enter(AlertState.FIRING, AlertState.FIRING, present);
        }
        return first ? enter(AlertState.PENDING, AlertState.PENDING, present) : null;
    }

    private boolean isBreached(@Nullable Double figure) {
        if (figure == null) {
            return !this.refused && this.rule.onNoData() == AlertState.FIRING;
        }
        return (this.state == AlertState.FIRING) ? !this.rule.isResolvedBy(figure) : this.rule.isBreachedBy(figure);
    }

    private AlertEvent enter(AlertState next, AlertState toldAs, Present present) {
        this.state = next;
        this.told = present.now();
        return event(toldAs, present, false);
    }

    private @Nullable AlertEvent repeat(Present present) {
        Duration every = this.rule.repeatEvery();
        if (every == null || present.now() - this.told < every.toNanos()) {
            return null;
        }
        this.told = present.now();
        return event(AlertState.FIRING, present, true);
    }

    private AlertEvent event(AlertState toldAs, Present present, boolean repeat) {
        return new AlertEvent(this.rule, toldAs, this.value, present.wallClock(), present.instantOf(this.since),
                repeat);
    }

    ActiveAlert toActiveAlert(Present present) {
        return new ActiveAlert(this.rule.name(), this.rule.metric(), this.state, this.value, this.rule.threshold(),
                present.instantOf(this.since));
    }

}
