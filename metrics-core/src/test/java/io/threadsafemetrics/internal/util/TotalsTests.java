package io.threadsafemetrics.internal.util;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Random;
import java.util.stream.DoubleStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Sums against exact ones. */
class TotalsTests {

    private final Random random = new Random(5);

    @Test
    void sumOfManyTenthsIsTheTrueOne() {
        Totals totals = new Totals();
        for (int i = 0; i < 1_000_000; i++) {
            add(totals, 0.1);
        }
        double exact = new BigDecimal(0.1).multiply(BigDecimal.valueOf(1_000_000)).doubleValue();
        assertThat(Math.abs(totals.sum() - exact)).isLessThanOrEqualTo(Math.ulp(exact));
    }

    @Test
    void sumOfCancellingValuesKeepsTheSmallOnes() {
        assertThat(totals(1, 1e100, 1, -1e100).sum()).isEqualTo(2);
    }

    @Test
    void sumOfMergedPartsEqualsTheExactOne() {
        for (int round = 0; round < 20; round++) {
            Totals whole = new Totals();
            BigDecimal exact = BigDecimal.ZERO;
            BigDecimal magnitude = BigDecimal.ZERO;
            for (int part = 0; part < 50; part++) {
                Totals totals = new Totals();
                for (int i = 0; i < 50; i++) {
                    double value = this.random.nextGaussian() * Math.pow(10, this.random.nextInt(24) - 12);
                    add(totals, value);
                    exact = exact.add(new BigDecimal(value));
                    magnitude = magnitude.add(new BigDecimal(value).abs());
                }
                whole.add(totals);
            }
            assertThat(whole.count()).isEqualTo(2_500);
            assertThat(new BigDecimal(whole.sum()).subtract(exact).abs())
                .isLessThanOrEqualTo(magnitude.multiply(new BigDecimal("1e-12")));
        }
    }

    @Test
    void sumOfMergedPartsKeepsTheSmallOnes() {
        Totals whole = totals(1e100, 1);
        whole.add(totals(-1e100, 1));
        assertThat(whole.sum()).isEqualTo(2);
    }

    @Test
    void addAllOfAPartOfAnArrayCountsEachValueOnce() {
        // their sum is exact
        double[] values = this.random.ints(20, -1_000, 1_000).asDoubleStream().toArray();
        for (int from = 0; from < values.length; from++) {
            for (int to = from + 1; to <= values.length; to++) {
                Totals totals = new Totals();
                totals.addAll(values, from, to);
                DoubleSummaryStatistics expected = Arrays.stream(values, from, to).summaryStatistics();
                assertThat(totals.count()).isEqualTo(expected.getCount());
                assertThat(totals.sum()).isEqualTo(expected.getSum());
                assertThat(totals.min()).isEqualTo(expected.getMin());
                assertThat(totals.max()).isEqualTo(expected.getMax());
            }
        }
    }

    @Test
    void minAndMaxOfZerosTakeTheNegativeOneForTheSmaller() {
        for (double[] zeros : new double[][] { { 0.0, -0.0, 5 }, { -0.0, 0.0, -5 }, { -0.0, 0.0 }, { 0.0, -0.0 } }) {
            Totals totals = new Totals();
            totals.addAll(zeros, 0, zeros.length);
            double[] sorted = zeros.clone();
            Arrays.sort(sorted); // as Double.compare does
            assertThat(Double.compare(totals.min(), sorted[0])).isZero();
            assertThat(Double.compare(totals.max(), sorted[sorted.length - 1])).isZero();
        }
    }

    @Test
    void sumOfTheLargestValuesOfBothSignsIsANumber() {
        Totals totals = new Totals();
        totals.addAll(new double[] { Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 7 }, 0,
                5);
        assertThat(totals.sum()).isEqualTo(7);
    }

    @Test
    void sumBeyondTheRangeOfADoubleStaysAtTheLargest() {
        Totals high = totals(Double.MAX_VALUE, Double.MAX_VALUE, 1, Double.MAX_VALUE);
        assertThat(high.sum()).isEqualTo(Double.MAX_VALUE);
        Totals low = totals(-Double.MAX_VALUE, -Double.MAX_VALUE, -1);
        assertThat(low.sum()).isEqualTo(-Double.MAX_VALUE);
        high.add(high);
        assertThat(high.sum()).isEqualTo(Double.MAX_VALUE);
        high.add(low);
        assertThat(high.sum()).isFinite();
        assertThat(high.count()).isEqualTo(11);
        assertThat(high.min()).isEqualTo(-Double.MAX_VALUE);
        assertThat(high.max()).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void sumWhenItsRoundingErrorsLeaveTheRangeStaysAtTheLargest() {
        double tooSmallAlone = 0.45 * Math.ulp(Double.MAX_VALUE);
        assertThat(totals(Double.MAX_VALUE, tooSmallAlone, tooSmallAlone).sum()).isEqualTo(Double.MAX_VALUE);
        assertThat(totals(-Double.MAX_VALUE, -tooSmallAlone, -tooSmallAlone).sum()).isEqualTo(-Double.MAX_VALUE);
    }

    @Test
    void sumOfExtremesInAnyOrderIsNeverNanOrInfinite() {
        double[] extremes = { Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, -Double.MIN_VALUE, 0.0, -0.0,
                1e308, -1e308, Math.nextDown(Double.MAX_VALUE), 1, Math.ulp(Double.MAX_VALUE) };
        for (int round = 0; round < 10_000; round++) {
            Totals totals = new Totals();
            Totals others = new Totals();
            for (int i = 0; i < 20; i++) {
                add((this.random.nextInt(4) > 0) ? totals : others, extremes[this.random.nextInt(extremes.length)]);
                assertThat(totals.sum()).isFinite();
            }
            totals.add(others);
            assertThat(totals.sum()).isFinite();
        }
    }

    @Test
    void totalsOfNothingAreZeroAndMergeAsNothing() {
        Totals totals = totals(3, -4);
        totals.add(new Totals());
        assertThat(new Totals().sum()).isZero();
        assertThat(new Totals().count()).isZero();
        assertThat(totals.count()).isEqualTo(2);
        assertThat(totals.sum()).isEqualTo(-1);
        assertThat(totals.min()).isEqualTo(-4);
        assertThat(totals.max()).isEqualTo(3);
    }

    private static Totals totals(double... values) {
        Totals totals = new Totals();
        DoubleStream.of(values).forEach((value) -> add(totals, value));
        return totals;
    }

    private static void add(Totals totals, double value) {
        totals.addAll(new double[] { value }, 0, 1);
    }

}
