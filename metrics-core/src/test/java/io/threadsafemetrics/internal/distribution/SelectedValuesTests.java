package io.threadsafemetrics.internal.distribution;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.threadsafemetrics.internal.distribution.TestValues.buckets;
import static io.threadsafemetrics.internal.distribution.TestValues.check;
import static io.threadsafemetrics.internal.distribution.TestValues.histogram;
import static io.threadsafemetrics.internal.distribution.TestValues.sorted;
import static org.assertj.core.api.Assertions.assertThat;

/** Selected values against sorted ones. */
class SelectedValuesTests {

    private static final BucketLayout LAYOUT = BucketLayout.forRelativeError(0.01);

    private final Random random = new Random(6);

    @ParameterizedTest
    @EnumSource
    void valueAtRankInAnyOrderEqualsSorting(TestValues kind) {
        for (int size : new int[] { 1, 2, 16, 17, 18, 100, 1_000, 5_000 }) {
            checkRanks(kind.of(this.random, size));
        }
    }

    @Test
    void valueAtRankOfOrderedValuesEqualsSorting() {
        int size = 2_000;
        List<IntToDoubleFunction> orders = List.of((i) -> i, (i) -> -i, (i) -> Math.min(i, size - i), (i) -> i % 2,
                (i) -> i / 100, (i) -> i % 100, (i) -> (i == size / 2) ? 1 : 0, (i) -> Integer.reverse(i));
        for (IntToDoubleFunction order : orders) {
            checkRanks(IntStream.range(0, size).mapToDouble(order::applyAsDouble).toArray());
        }
    }

    @Test
    void valueAtRankSortsNoMoreThanTheRankNeeds() {
        double[] values = TestValues.LOG_NORMAL.of(this.random, 10_000);
        new SelectedValues(values, LAYOUT).valueAtRank(5_000);
        // of values in no order, one in two is larger than the one before
        assertThat(IntStream.range(1, values.length).filter((i) -> values[i] > values[i - 1]).count())
            .isLessThan(6_000);
    }

    private void checkRanks(double[] values) {
        double[] sorted = sorted(values);
        List<Integer> ranks = Arrays.asList(IntStream.range(0, values.length).boxed().toArray(Integer[]::new));
        Collections.shuffle(ranks, this.random);
        SelectedValues selected = new SelectedValues(values.clone(), LAYOUT);
        for (int rank : ranks) {
            // == because a negative zero and a positive one are in any order
            assertThat(selected.valueAtRank(rank) == sorted[rank]).as("rank %s", rank).isTrue();
        }
        check(selected, values);
        assertThat(selected.relativeError()).isZero();
        assertThat(buckets(selected)).isEqualTo(buckets(histogram(LAYOUT, values)));
        for (double threshold : new double[] { -1e300, -1, 0, 1, sorted[values.length / 2], 1e300 }) {
            assertThat(selected.countAtMost(threshold))
                .isEqualTo(Arrays.stream(values).filter((value) -> value <= threshold).count());
        }
    }

}
