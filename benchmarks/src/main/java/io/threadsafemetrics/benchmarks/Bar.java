package io.threadsafemetrics.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * A line of the table: what is measured, beside what, and what it may cost.
 *
 * @param what says it in words
 * @param figure ours
 * @param otherName what it is compared with, in words
 * @param other the figure of that, or null where the bar is absolute
 * @param comparison how the two are held against the limit
 * @param limit the bar
 */
record Bar(String what, Figure figure, String otherName, @Nullable Figure other, Comparison comparison, double limit) {

    static Bar atMost(String what, Figure figure, double limit) {
        return new Bar(what, figure, "", null, Comparison.AT_MOST, limit);
    }

    static Bar below(String what, Figure figure, double limit) {
        return new Bar(what, figure, "", null, Comparison.LESS_THAN, limit);
    }

    static Bar against(String what, Figure figure, String otherName, Figure other, Comparison comparison,
            double limit) {
        return new Bar(what, figure, otherName, other, comparison, limit);
    }

    /** Whether the rounds have the figures of this bar. */
    boolean measured(Rounds rounds) {
        Figure beside = this.other;
        return rounds.have(this.figure) && (beside == null || rounds.have(beside));
    }

    /** In each round for itself: what two rounds differ in must not show. */
    double[] measures(Rounds rounds) {
        double[] ours = rounds.values(this.figure);
        Figure beside = this.other;
        double[] others = (beside == null) ? ours : rounds.values(beside);
        double[] measures = new double[ours.length];
        for (int i = 0; i < ours.length; i++) {
            measures[i] = this.comparison.measure(ours[i], others[i]);
        }
        return measures;
    }

    String text() {
        return this.comparison.bar(this.limit, this.figure.unit());
    }

    boolean met(double measure) {
        return this.comparison.met(measure, this.limit);
    }

}
