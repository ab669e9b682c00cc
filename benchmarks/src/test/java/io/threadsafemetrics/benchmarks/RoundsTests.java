package io.threadsafemetrics.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Figures are found in what JMH writes, and ratios are taken within a round.
 */
class RoundsTests {

    private static final Figure OURS = Figure.time("RecordBenchmark.series", 1);

    private static final Figure CLOCK = Figure.time("FloorBenchmark.nanoTime", 1);

    @TempDir
    private Path directory;

    private void round(int number, double ours, double clock) throws IOException {
        Path round = Files.createDirectories(Rounds.round(this.directory, number));
        Files.writeString(round.resolve("record.json"),
                "[" + result("RecordBenchmark.series", ours) + ", " + result("FloorBenchmark.nanoTime", clock) + "]");
    }

    private static String result(String method, double score) {
        return """
                {"benchmark": "io.threadsafemetrics.benchmarks.%s", "mode": "avgt", "threads": 1,
                 "params": {"values": "1000", "seconds": "10"},
                 "primaryMetric": {"score": %s, "scorePercentiles": {"99.99": 7.0}},
                 "secondaryMetrics": {"writer": {"score": 2.0, "scorePercentiles": {"99.99": 9.0}}}}
                """.formatted(method, score);
    }

    private static Figure withParameters(Figure figure) {
        return new Figure(figure.benchmark() + " seconds=10 values=1000", figure.metric(), figure.unit());
    }

    @Test
    void valuesWhenGroupMethodIsAskedForAreItsOwn() throws IOException {
        round(1, 40, 20);
        Rounds rounds = new Rounds(this.directory);
        Figure ours = withParameters(OURS);
        assertThat(rounds.values(ours)).containsExactly(40);
        assertThat(rounds.values(ours.with("p99.99"))).containsExactly(7);
        assertThat(rounds.values(ours.with("writer"))).containsExactly(2);
        assertThat(rounds.values(ours.with("writer p99.99"))).containsExactly(9);
    }

    @Test
    void measuresWhenRoundsDifferAreRatiosWithinARound() throws IOException {
        round(1, 40, 20);
        round(2, 90, 30);
        round(3, 10, 10);
        Bar bar = Bar.against("", withParameters(OURS), "", withParameters(CLOCK), Comparison.RATIO, 1.5);
        double[] measures = bar.measures(new Rounds(this.directory));
        assertThat(measures).containsExactly(2, 3, 1);
        assertThat(Rounds.median(measures)).isEqualTo(2);
    }

    @Test
    void haveWhenARoundLacksTheFigureIsFalse() throws IOException {
        round(1, 40, 20);
        Files.createDirectories(Rounds.round(this.directory, 2));
        assertThat(new Rounds(this.directory).have(withParameters(OURS))).isFalse();
    }

}
