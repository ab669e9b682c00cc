package io.threadsafemetrics.internal.distribution;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;

import org.junit.jupiter.api.Test;

import static io.threadsafemetrics.internal.distribution.TestValues.sorted;
import static org.assertj.core.api.Assertions.assertThat;

/** Selected values read by several threads, which move them. */
class SelectedValuesRaceTests {

    @Test
    void readsByThreeThreadsAtOnceAreThoseOfOne() throws Exception {
        double[] values = TestValues.LOG_NORMAL.of(new Random(6), 20_000);
        BucketLayout layout = BucketLayout.forRelativeError(0.01);
        double[] sorted = sorted(values);
        CyclicBarrier start = new CyclicBarrier(3);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 200; round++) {
                SelectedValues selected = new SelectedValues(values.clone(), layout);
                IntPredicate selects = (rank) -> selected.valueAtRank(rank) == sorted[rank];
                IntPredicate counts = (rank) -> selected.countAtMost(sorted[10_000]) == 10_001;
                for (Future<Boolean> reader : List.of(threads.submit(() -> reads(selects, 0, 4_000, start)),
                        threads.submit(() -> reads(selects, 19_999, -4_000, start)),
                        threads.submit(() -> reads(counts, 0, 2_000, start)))) {
                    assertThat(reader.get()).isTrue();
                }
            }
        }
        finally {
            threads.shutdownNow();
        }
    }

    private static boolean reads(IntPredicate read, int first, int step, CyclicBarrier start) throws Exception {
        start.await();
        boolean well = true;
        for (int rank = first; rank >= 0 && rank < 20_000; rank += step) {
            well &= read.test(rank);
        }
        return well;
    }

}
