package io.threadsafemetrics.internal.distribution;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DD_Result;

/**
 * A snapshot that two threads ask for percentiles: to find a rank moves values.
 */
public final class SelectedValuesStress {

    private SelectedValuesStress() {
    }

    private static double[] descending() {
        return IntStream.range(0, 40).mapToDouble((i) -> 39 - i).toArray();
    }

    @JCStressTest
    @Outcome(id = "3.0, 30.0", expect = Expect.ACCEPTABLE, desc = "the values of the ranks")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A rank is answered while another thread moves values")
    @State
    public static class RanksByTwoThreads {

        private final SelectedValues selected = new SelectedValues(descending(), BucketLayout.forRelativeError(0.01));

        @Actor
        public void low(DD_Result result) {
            result.r1 = this.selected.valueAtRank(3);
        }

        @Actor
        public void high(DD_Result result) {
            result.r2 = this.selected.valueAtRank(30);
        }

    }

    @JCStressTest
    @Outcome(id = "3.0, 30.0", expect = Expect.ACCEPTABLE, desc = "the values of the ranks")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Sorted on demand, not synchronized")
    @State
    public static class RanksByTwoThreadsControl {

        private final SortedOnDemand selected = new SortedOnDemand(descending());

        @Actor
        public void low(DD_Result result) {
            result.r1 = this.selected.valueAtRank(3);
        }

        @Actor
        public void high(DD_Result result) {
            result.r2 = this.selected.valueAtRank(30);
        }

    }

    /** Sorts at the first question, without a lock. */
    private static final class SortedOnDemand {

        private final double[] values;

        private boolean sorted;

        SortedOnDemand(double[] values) {
            this.values = values;
        }

        double valueAtRank(int rank) {
            if (!this.sorted) {
                this.sorted = true;
                Arrays.sort(this.values);
            }
            return this.values[rank];
        }

    }

}
