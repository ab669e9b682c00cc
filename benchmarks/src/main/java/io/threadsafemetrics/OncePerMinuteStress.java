package io.threadsafemetrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Two who want to log.
 */
public final class OncePerMinuteStress {

    private OncePerMinuteStress() {
    }

    @JCStressTest
    @Outcome(id = { "true, false", "false, true" }, expect = Expect.ACCEPTABLE, desc = "one of them")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both pass, or none")
    @State
    public static class OneCallerPasses {

        private final OncePerMinute once = new OncePerMinute();

        @Actor
        public void one(ZZ_Result result) {
            result.r1 = this.once.tryAcquire();
        }

        @Actor
        public void other(ZZ_Result result) {
            result.r2 = this.once.tryAcquire();
        }

    }

    @JCStressTest
    @Outcome(id = { "true, false", "false, true" }, expect = Expect.ACCEPTABLE, desc = "one of them")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The time is read, and written after")
    @State
    public static class OneCallerPassesControl {

        private final AtomicLong passed = new AtomicLong(System.nanoTime() - TimeUnit.MINUTES.toNanos(1));

        @Actor
        public void one(ZZ_Result result) {
            result.r1 = tryAcquire();
        }

        @Actor
        public void other(ZZ_Result result) {
            result.r2 = tryAcquire();
        }

        private boolean tryAcquire() {
            long now = System.nanoTime();
            boolean passes = now - this.passed.get() >= TimeUnit.MINUTES.toNanos(1);
            if (passes) {
                this.passed.set(now);
            }
            return passes;
        }

    }

}
