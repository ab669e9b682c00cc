package io.threadsafemetrics;

import java.time.Duration;

import io.threadsafemetrics.internal.util.Heap;
import org.jspecify.annotations.Nullable;

/**
 * Where one alert rule stands. Threads: the evaluator's lock.
 */
final class AlertStanding {

    /** Retained heap of a standing and its place in a map, without the rule. */
    static final long HEAP_BYTES = Heap.object(3 * Heap.REFERENCE + 3 * Long.BYTES + 1) + Heap.object(Double.BYTES)
            + Heap.object(Integer.BYTES + 5 * Heap.REFERENCE) + 2 * Heap.REFERENCE;

    final AlertRule rule;

    final long heapBytes;

    /** Whether it was logged that the rule is refused; for one evaluation at a time. */
    boolean complained;

    AlertState state = AlertState.OK;

    private @Nullable Double value;

    private long since;

    private long told;

    AlertStanding(AlertRule rule, long heapBytes) {
        this.rule = rule;
        this.heapBytes = heapBytes;
    }

    /**
     * Goes on to the next state.
     * @return what there is to tell, or null for nothing
     */
    @Nullable AlertEvent evaluate(AlertFigure figure, Present present) {
        this.value = figure.value();
        boolean breached = isBreachedBy(figure);
        if (this.state == AlertState.FIRING) {
            return breached ? repeat(present) : enter(AlertState.OK, AlertState.RESOLVED, present);
        }
        if (!breached) {
            return (this.state == AlertState.PENDING) ? enter(AlertState.OK, AlertState.OK, present) : null;
        }
        boolean first = this.state == AlertState.OK;
        if (first) {
            this.since = present.now();
        }
        if (present.now() - this.since >= this.rule.holdFor().toNanos()) {
            return enter(AlertState.FIRING, AlertState.FIRING, present);
        }
        return first ? enter(AlertState.PENDING, AlertState.PENDING, present) : null;
    }

    private boolean isBreachedBy(AlertFigure figure) {
        Double compared = figure.value();
        if (compared == null) {
            return !figure.refused() && this.rule.onNoData() == AlertState.FIRING;
        }
        return this.rule.isBreachedBy(compared, this.state == AlertState.FIRING);
    }

    /**
     * Ends with the rule: who was told that it fires is told of the end.
     * @return what there is to tell, or null for nothing
     */
    @Nullable AlertEvent end(Present present) {
        return (this.state == AlertState.FIRING) ? enter(AlertState.OK, AlertState.RESOLVED, present) : null;
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
