package io.threadsafemetrics;

import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Evaluations of an alert rule beside another one, and beside the rule's end.
 */
public final class AlertEvaluatorStress {

    private static final AlertRule RULE = AlertRule.builder("rule", "m").above(1).build();

    /** It takes a while to ask, longer than to see that there is no metric. */
    private static final ThreadSafeMetric BREACHED = StressMetrics.metric();

    static {
        BREACHED.addValue(2);
    }

    private AlertEvaluatorStress() {
    }

    /** An evaluator, whether its rule is breached, and how often it told of what. */
    abstract static class Watched {

        final CollectorContext context = StressMetrics.context();

        volatile boolean breached = true;

        int firings; // guarded by the lock of whoever evaluates

        int ends;

        @Nullable ThreadSafeMetric metric() {
            return this.breached ? BREACHED : null;
        }

        void tell(@Nullable AlertEvent event) {
            if (event != null) {
                this.firings += (event.state() == AlertState.FIRING) ? 1 : 0;
                this.ends += (event.state() == AlertState.RESOLVED) ? 1 : 0;
            }
        }

    }

    abstract static class Evaluated extends Watched {

        final AlertEvaluator evaluator = new AlertEvaluator((name) -> metric(), new OwnMetrics(this.context, () -> {
        }), this.context, this::tell);

        Evaluated() {
            this.evaluator.add(RULE);
        }

    }

    /** As the evaluator would be with the lock of the rules alone, and a blind eye. */
    abstract static class EvaluatedWithOneLock extends Watched {

        private final ReentrantLock lock = new ReentrantLock();

        private final AlertRules rules = new AlertRules(this.context);

        private final AlertStanding standing;

        EvaluatedWithOneLock() {
            this.rules.put(RULE);
            this.standing = this.rules.all().get(0);
        }

        int evaluate() {
            AlertFigure figure = AlertFigure.of(RULE, metric());
            this.lock.lock();
            try {
                AlertEvent event = this.standing.evaluate(figure, this.context.present());
                tell(event);
                return (event != null) ? 1 : 0;
            }
            finally {
                this.lock.unlock();
            }
        }

        void remove() {
            this.lock.lock();
            try {
                AlertStanding removed = this.rules.remove("rule");
                tell((removed != null) ? removed.end(this.context.present()) : null);
            }
            finally {
                this.lock.unlock();
            }
        }

    }

    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired, and resolved by the other one")
    @Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "evaluated after the breach")
    @Outcome(expect = Expect.FORBIDDEN, desc = "An old figure is compared after a new one, or a transition told twice")
    @State
    public static class NoFigureOutOfOrder extends Evaluated {

        @Actor
        public void one(III_Result result) {
            result.r1 = this.evaluator.evaluate().size();
        }

        @Actor
        public void other(III_Result result) {
            this.breached = false;
            result.r2 = this.evaluator.evaluate().size();
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = this.firings - this.ends;
        }

    }

    @JCStressTest
    @Outcome(id = { "1, 1, 0", "0, 0, 0" }, expect = Expect.ACCEPTABLE, desc = "in order")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "A figure is taken, and compared after a newer one")
    @State
    public static class NoFigureOutOfOrderControl extends EvaluatedWithOneLock {

        @Actor
        public void one(III_Result result) {
            result.r1 = evaluate();
        }

        @Actor
        public void other(III_Result result) {
            this.breached = false;
            result.r2 = evaluate();
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = this.firings - this.ends;
        }

    }

    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "fired, and ended with the rule")
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "removed before")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A rule that is no more fires, and nobody is told of the end")
    @State
    public static class NothingAfterTheEnd extends Evaluated {

        @Actor
        public void evaluator() {
            this.evaluator.evaluate();
        }

        @Actor
        public void remover() {
            this.evaluator.remove("rule");
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = this.firings;
            result.r2 = this.ends;
        }

    }

    @JCStressTest
    @Outcome(id = { "1, 1", "0, 0" }, expect = Expect.ACCEPTABLE, desc = "in order")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Whether the rule is still there is not looked at")
    @State
    public static class NothingAfterTheEndControl extends EvaluatedWithOneLock {

        @Actor
        public void evaluator() {
            evaluate();
        }

        @Actor
        public void remover() {
            remove();
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = this.firings;
            result.r2 = this.ends;
        }

    }

}
