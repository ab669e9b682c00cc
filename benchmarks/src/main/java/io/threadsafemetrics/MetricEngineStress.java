package io.threadsafemetrics;

import java.util.Map;

import io.threadsafemetrics.internal.window.Cells;
import io.threadsafemetrics.internal.window.StagedValues;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/**
 * A metric: edge E1, answers and resets of one instant, and what writers bring home.
 */
public final class MetricEngineStress {

    private MetricEngineStress() {
    }

    @JCStressTest
    @Outcome(id = { "false, 0", "false, 1", "true, 1" }, expect = Expect.ACCEPTABLE,
            desc = "a value recorded before, or beside")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A value whose recording returned before is not in the answer")
    @State
    public static class AnswerHasWhatWasRecordedBefore {

        private final ThreadSafeMetric metric = StressMetrics.metric();

        private volatile boolean recorded;

        @Actor
        public void writer() {
            this.metric.addValue(1);
            this.recorded = true;
        }

        @Actor
        public void reader(ZJ_Result result) {
            result.r1 = this.recorded;
            result.r2 = this.metric.window(StressMetrics.WINDOW).count();
        }

    }

    @JCStressTest
    @Outcome(id = { "false, 0", "false, 1", "true, 1" }, expect = Expect.ACCEPTABLE,
            desc = "a value recorded before, or beside")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The answer is older than the question")
    @State
    public static class AnswerHasWhatWasRecordedBeforeControl {

        private final ThreadSafeMetric metric = StressMetrics.metric();

        private volatile boolean recorded;

        @Actor
        public void writer() {
            this.metric.addValue(1);
            this.recorded = true;
        }

        @Actor
        public void reader(ZJ_Result result) {
            result.r2 = this.metric.window(StressMetrics.WINDOW).count();
            result.r1 = this.recorded;
        }

    }

    @JCStressTest
    @Outcome(id = { "0, 0", "1, 0", "1, 1" }, expect = Expect.ACCEPTABLE,
            desc = "in the order in which they were recorded")
    @Outcome(expect = Expect.FORBIDDEN, desc = "An answer has a value and lacks one recorded before it")
    @State
    public static class AnswerIsOfOneInstant {

        private final ThreadSafeMetric metric = StressMetrics.metric();

        @Actor
        public void writer() {
            this.metric.addValue(1, StressMetrics.A);
            this.metric.addValue(1, StressMetrics.B);
        }

        @Actor
        public void reader(JJ_Result result) {
            Map<String, WindowSnapshot> groups = StressMetrics.groups(this.metric);
            result.r1 = StressMetrics.count(groups, "a");
            result.r2 = StressMetrics.count(groups, "b");
        }

    }

    @JCStressTest
    @Outcome(id = { "0, 0", "1, 0", "1, 1" }, expect = Expect.ACCEPTABLE,
            desc = "in the order in which they were recorded")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Each series is asked by itself")
    @State
    public static class AnswerIsOfOneInstantControl {

        private final ThreadSafeMetric metric = StressMetrics.metric();

        @Actor
        public void writer() {
            this.metric.addValue(1, StressMetrics.A);
            this.metric.addValue(1, StressMetrics.B);
        }

        @Actor
        public void reader(JJ_Result result) {
            result.r1 = StressMetrics.count(StressMetrics.groups(this.metric), "a");
            result.r2 = StressMetrics.count(StressMetrics.groups(this.metric), "b");
        }

    }

    @JCStressTest
    @Outcome(id = { "1, 1", "0, 0" }, expect = Expect.ACCEPTABLE, desc = "all values, or none")
    @Outcome(expect = Expect.FORBIDDEN, desc = "An answer shows half of a reset")
    @State
    public static class ResetIsOfOneInstant {

        private final ThreadSafeMetric metric = StressMetrics.metric();

        public ResetIsOfOneInstant() {
            this.metric.addValue(1, StressMetrics.A);
            this.metric.addValue(1, StressMetrics.B);
        }

        @Actor
        public void resetter() {
            this.metric.reset();
        }

        @Actor
        public void reader(JJ_Result result) {
            Map<String, WindowSnapshot> groups = StressMetrics.groups(this.metric);
            result.r1 = StressMetrics.count(groups, "a");
            result.r2 = StressMetrics.count(groups, "b");
        }

    }

    @JCStressTest
    @Outcome(id = { "1, 1", "0, 0" }, expect = Expect.ACCEPTABLE, desc = "all values, or none")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Each series is reset by itself")
    @State
    public static class ResetIsOfOneInstantControl {

        private final ThreadSafeMetric a = StressMetrics.metric();

        private final ThreadSafeMetric b = StressMetrics.metric();

        public ResetIsOfOneInstantControl() {
            this.a.addValue(1);
            this.b.addValue(1);
        }

        @Actor
        public void resetter() {
            this.a.reset();
            this.b.reset();
        }

        @Actor
        public void reader(JJ_Result result) {
            result.r1 = this.a.getStatistics().count();
            result.r2 = this.b.getStatistics().count();
        }

    }

    @JCStressTest
    @Outcome(id = "12", expect = Expect.ACCEPTABLE, desc = "all values")
    @Outcome(expect = Expect.FORBIDDEN,
            desc = "A value is lost or counted twice, where a writer and a reader empty a cell")
    @State
    public static class FullCellLosesNothing {

        private final ThreadSafeMetric metric = StressMetrics.metric();

        @Actor
        public void writer() {
            for (int i = 0; i < 9; i++) { // one more than a cell holds
                this.metric.addValue(1);
            }
        }

        @Actor
        public void reader() {
            for (int i = 0; i < 3; i++) {
                this.metric.addValue(1);
                this.metric.getStatistics();
            }
        }

        @Arbiter
        public void after(J_Result result) {
            result.r1 = this.metric.getStatistics().count();
        }

    }

    @JCStressTest
    @Outcome(id = "12", expect = Expect.ACCEPTABLE, desc = "all values")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The cell is emptied without the lock of the metric")
    @State
    public static class FullCellLosesNothingControl {

        private final Cells cells = new Cells(StressMetrics.context().newAccount());

        private long home;

        @Actor
        public void writer() {
            for (int i = 0; i < 9; i++) {
                record();
            }
        }

        @Actor
        public void reader() {
            for (int i = 0; i < 3; i++) {
                record();
            }
        }

        @Arbiter
        public void after(J_Result result) {
            result.r1 = this.home;
        }

        private void record() {
            StressMetrics.leave(this.cells, 1, 1);
            this.cells.cut(0, false);
            for (StagedValues batch : this.cells.batches()) {
                this.home += batch.size();
            }
        }

    }

}
