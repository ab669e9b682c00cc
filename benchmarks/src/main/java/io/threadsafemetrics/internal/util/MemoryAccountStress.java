package io.threadsafemetrics.internal.util;

import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/**
 * Two who take and give back bytes of one metric.
 */
public final class MemoryAccountStress {

    private MemoryAccountStress() {
    }

    @JCStressTest
    @Outcome(id = "11, 11, 0", expect = Expect.ACCEPTABLE, desc = "all bytes")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The account and the budget disagree")
    @State
    public static class NoByteIsLost {

        private final MemoryBudget budget = new MemoryBudget(1000);

        private final MemoryAccount account = new MemoryAccount(this.budget, new Losses());

        @Actor
        public void one() {
            this.account.tryReserve(5, 2, Use.SERIES);
            this.account.release(1);
        }

        @Actor
        public void other() {
            this.account.reserve(7);
            this.account.promise(3);
            this.account.endPromise(1);
        }

        @Arbiter
        public void after(JJJ_Result result) {
            result.r1 = this.account.bytes();
            result.r2 = this.budget.usedBytes();
            this.account.releaseAll();
            result.r3 = this.budget.usedBytes();
        }

    }

    @JCStressTest
    @Outcome(id = "11, 11, 0", expect = Expect.ACCEPTABLE, desc = "all bytes")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The account adds without an atomic update")
    @State
    public static class NoByteIsLostControl {

        private final MemoryBudget budget = new MemoryBudget(1000);

        private final PlainAccount account = new PlainAccount(this.budget);

        @Actor
        public void one() {
            this.account.reserve(5);
            this.account.reserve(-1);
        }

        @Actor
        public void other() {
            this.account.reserve(7);
        }

        @Arbiter
        public void after(JJJ_Result result) {
            result.r1 = this.account.bytes();
            result.r2 = this.budget.usedBytes();
            this.account.releaseAll();
            result.r3 = this.budget.usedBytes();
        }

    }

    /** An account with a plain number. */
    private static final class PlainAccount {

        private final MemoryBudget budget;

        private long bytes;

        PlainAccount(MemoryBudget budget) {
            this.budget = budget;
        }

        void reserve(long wanted) {
            this.budget.reserve(wanted);
            this.bytes += wanted;
        }

        long bytes() {
            return this.bytes;
        }

        void releaseAll() {
            this.budget.release(this.bytes);
        }

    }

}
