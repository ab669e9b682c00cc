package io.threadsafemetrics;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJJ_Result;

/**
 * A collector that is closed beside a writer.
 */
public final class CollectorContextStress {

    private CollectorContextStress() {
    }

    @JCStressTest
    @Outcome(id = { "true, 0, 0", "false, 1, 0" }, expect = Expect.ACCEPTABLE,
            desc = "recorded before, or refused as closed")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A closed collector refuses as if the metric had been unregistered")
    @State
    public static class RefusalTellsItsCause {

        private final CollectorContext context = StressMetrics.context();

        private final ThreadSafeMetric metric = StressMetrics.metric(this.context);

        @Actor
        public void writer(ZJJ_Result result) {
            result.r1 = this.metric.addValue(1);
        }

        @Actor
        public void closer() {
            this.context.close();
            this.metric.engine().close();
        }

        @Arbiter
        public void after(ZJJ_Result result) {
            result.r2 = this.context.counters.refused(Refusal.CLOSED);
            result.r3 = this.context.counters.refused(Refusal.UNREGISTERED);
        }

    }

    @JCStressTest
    @Outcome(id = { "true, 0, 0", "false, 1, 0" }, expect = Expect.ACCEPTABLE,
            desc = "recorded before, or refused as closed")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The cells are closed before the collector is")
    @State
    public static class RefusalTellsItsCauseControl {

        private final CollectorContext context = StressMetrics.context();

        private final ThreadSafeMetric metric = StressMetrics.metric(this.context);

        @Actor
        public void writer(ZJJ_Result result) {
            result.r1 = this.metric.addValue(1);
        }

        @Actor
        public void closer() {
            this.metric.engine().close();
            this.context.close();
        }

        @Arbiter
        public void after(ZJJ_Result result) {
            result.r2 = this.context.counters.refused(Refusal.CLOSED);
            result.r3 = this.context.counters.refused(Refusal.UNREGISTERED);
        }

    }

}
