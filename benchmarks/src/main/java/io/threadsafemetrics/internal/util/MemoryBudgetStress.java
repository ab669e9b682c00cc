package io.threadsafemetrics.internal.util;

import java.util.concurrent.atomic.AtomicLong;

import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/**
 * Two who want bytes that are there once.
 */
public final class MemoryBudgetStress {

    private MemoryBudgetStress() {
    }

    @JCStressTest
    @Outcome(id = { "true, false, 60", "false, true, 60" }, expect = Expect.ACCEPTABLE,
            desc = "one of them gets the bytes")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The budget is exceeded, or refuses what it has")
    @State
    public static class LimitHolds {

        private final MemoryBudget budget = new MemoryBudget(100);

        @Actor
        public void one(ZZJ_Result result) {
            result.r1 = this.budget.tryReserve(60, Use.SERIES);
        }

        @Actor
        public void other(ZZJ_Result result) {
            result.r2 = this.budget.tryReserve(60, Use.SERIES);
        }

        @Arbiter
        public void after(ZZJ_Result result) {
            result.r3 = this.budget.usedBytes();
        }

    }

    @JCStressTest
    @Outcome(id = { "true, false, 60", "false, true, 60" }, expect = Expect.ACCEPTABLE,
            desc = "one of them gets the bytes")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The limit is checked, and the bytes are taken after")
    @State
    public static class LimitHoldsControl {

        private final AtomicLong used = new AtomicLong();

        @Actor
        public void one(ZZJ_Result result) {
            result.r1 = tryReserve();
        }

        @Actor
        public void other(ZZJ_Result result) {
            result.r2 = tryReserve();
        }

        @Arbiter
        public void after(ZZJ_Result result) {
            result.r3 = this.used.get();
        }

        private boolean tryReserve() {
            if (this.used.get() + 60 > 98) {
                return false;
            }
            this.used.addAndGet(60);
            return true;
        }

    }

}
