package io.threadsafemetrics.benchmarks;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A bar is met exactly where its words say so.
 */
class ComparisonTests {

    private static boolean met(Comparison comparison, double figure, double other, double limit) {
        return comparison.met(comparison.measure(figure, other), limit);
    }

    @Test
    void metWhenAtMostTakesTheFigureAlone() {
        assertThat(met(Comparison.AT_MOST, 10, 1, 10)).isTrue();
        assertThat(met(Comparison.AT_MOST, 10.1, 1, 10)).isFalse();
        assertThat(met(Comparison.LESS_THAN, 10, 1, 10)).isFalse();
    }

    @Test
    void metWhenRatioDividesByTheOther() {
        assertThat(met(Comparison.RATIO, 30, 20, 1.5)).isTrue();
        assertThat(met(Comparison.RATIO, 31, 20, 1.5)).isFalse();
        assertThat(met(Comparison.RATIO_LESS_THAN, 20, 20, 1)).isFalse();
    }

    @Test
    void metWhenDifferenceSubtractsTheOther() {
        assertThat(met(Comparison.DIFFERENCE, 35, 20, 15)).isTrue();
        assertThat(met(Comparison.DIFFERENCE, 36, 20, 15)).isFalse();
    }

    @Test
    void metWhenTimesFasterDividesTheOther() {
        assertThat(met(Comparison.TIMES_FASTER, 1, 100, 100)).isTrue();
        assertThat(met(Comparison.TIMES_FASTER, 1, 99, 100)).isFalse();
    }

    @Test
    void barNamesTheLimit() {
        assertThat(Comparison.AT_MOST.bar(40_000, Unit.NANOS)).isEqualTo("≤ 40.0 µs");
        assertThat(Comparison.RATIO.bar(1.5, Unit.NANOS)).isEqualTo("≤ 1.50 ×");
        assertThat(Comparison.RATIO_LESS_THAN.bar(1, Unit.NANOS)).isEqualTo("< 1.00 ×");
        assertThat(Comparison.DIFFERENCE.bar(15, Unit.NANOS)).isEqualTo("≤ +15.0 ns");
        assertThat(Comparison.TIMES_FASTER.bar(100, Unit.NANOS)).isEqualTo("≥ 100 × faster");
    }

}
