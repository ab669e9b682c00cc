package io.threadsafemetrics;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/**
 * A clock that one thread moves on and another one reads.
 */
public final class CoarseMetricsClockStress {

    private CoarseMetricsClockStress() {
    }

    @JCStressTest(Mode.Termination)
    @Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "seen")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Asked again and again, and never seen")
    @State
    public static class TickIsSeen {

        private final CoarseMetricsClock clock = new CoarseMetricsClock();

        private final long start = this.clock.monotonicNanos();

        @Actor
        public void asker() {
            while (this.clock.monotonicNanos() == this.start) {
                // asks again
            }
        }

        @Signal
        public void teller() {
            this.clock.tick();
        }

    }

    @JCStressTest(Mode.Termination)
    @Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "seen in time")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The time is a plain field")
    @State
    public static class TickIsSeenControl {

        private long nanos;

        @Actor
        public void asker() {
            while (this.nanos == 0) {
                // asks again
            }
        }

        @Signal
        public void teller() {
            this.nanos = 1;
        }

    }

}
