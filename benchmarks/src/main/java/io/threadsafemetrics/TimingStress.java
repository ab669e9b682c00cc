package io.threadsafemetrics;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * A time that two threads end.
 */
public final class TimingStress {

    private TimingStress() {
    }

    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "one value")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A time is recorded twice, or not at all")
    @State
    public static class RecordsOnce {

        private final ThreadSafeMetric metric = StressMetrics.metric();

        private final Timing timing = this.metric.startTimer();

        @Actor
        public void one() {
            this.timing.close();
        }

        @Actor
        public void other() {
            this.timing.close();
        }

        @Arbiter
        public void after(J_Result result) {
            result.r1 = this.metric.getStatistics().count();
        }

    }

    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "one value")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "A flag is read, and written after")
    @State
    public static class RecordsOnceControl {

        private final ThreadSafeMetric metric = StressMetrics.metric();

        private volatile boolean closed;

        @Actor
        public void one() {
            close();
        }

        @Actor
        public void other() {
            close();
        }

        @Arbiter
        public void after(J_Result result) {
            result.r1 = this.metric.getStatistics().count();
        }

        private void close() {
            if (!this.closed) {
                this.closed = true;
                this.metric.addValue(1);
            }
        }

    }

}
