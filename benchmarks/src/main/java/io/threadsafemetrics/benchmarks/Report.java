package io.threadsafemetrics.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Writes the figures down as Markdown.
 */
final class Report {

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private static final String[][] RECORDERS = { { "nothing", "FloorBenchmark.blank" },
            { "`System.nanoTime()`", "FloorBenchmark.nanoTime" }, { "`LongAdder`", "FloorBenchmark.longAdder" },
            { "**this library**, bound series", "RecordBenchmark.series" },
            { "**this library**, bound series, coarse clock", "RecordBenchmark.seriesCoarse" },
            { "**this library**, metric and prebuilt tags", "RecordBenchmark.prebuiltTags" },
            { "Micrometer summary", "RecordBenchmark.micrometer" },
            { "Micrometer summary, 3 percentiles", "RecordBenchmark.micrometerPercentiles" },
            { "Dropwizard, sliding time window", "RecordBenchmark.dropwizardSlidingWindow" },
            { "Dropwizard, lock-free decaying", "RecordBenchmark.dropwizardDecaying" },
            { "Prometheus client, native histogram", "RecordBenchmark.prometheusNative" },
            { "Prometheus client, summary, 3 quantiles", "RecordBenchmark.prometheusSummary" },
            { "HdrHistogram Recorder", "RecordBenchmark.hdrRecorder" },
            { "HdrHistogram DoubleRecorder", "RecordBenchmark.hdrDoubleRecorder" },
            { "OpenTelemetry, exponential histogram", "RecordBenchmark.openTelemetry" } };

    private final Rounds rounds;

    private final String setting;

    private final List<String> lines = new ArrayList<>();

    /**
     * Creates a report.
     * @param rounds the figures
     * @param setting where they come from, as {@link Setting} wrote it
     */
    Report(Rounds rounds, String setting) {
        this.rounds = rounds;
        this.setting = setting;
    }

    String markdown() {
        addHead();
        addBars();
        addRecorders();
        addOthers();
        return String.join("\n", this.lines) + '\n';
    }

    private void addHead() {
        addLines("# Benchmarks", "", this.setting,
                "Rounds: " + this.rounds.count() + ". Each figure is the median of all rounds.",
                "A round runs each benchmark once, in a JVM of its own, so ours and the others' take turns.",
                "A ratio is taken within a round; in brackets are the smallest and the largest.",
                "B is what an operation allocates, CPU the time of all threads of the process for one operation, so work "
                        + "done by another thread shows.",
                "Times are those of one thread. Values are log-normal.",
                "Each trial of recording ended by comparing the number of values recorded with the library's own count.",
                "The new slot of each second is shared by all values in it: less than 0.1 B for each counts as none.",
                "");
    }

    private void addBars() {
        addLines("## Bars", "", "| what | here | beside | measure | bar | met | B | CPU |",
                "|---|---|---|---|---|---|---|---|");
        Bars.all().stream().filter((bar) -> bar.measured(this.rounds)).map(this::line).forEach(this::addLines);
        addLines("");
        List<Bar> missing = Bars.all().stream().filter((bar) -> !bar.measured(this.rounds)).toList();
        if (!missing.isEmpty()) {
            addLines("Not run: " + missing.stream().map(Bar::what).collect(Collectors.joining("; ")) + '.', "");
        }
    }

    private String line(Bar bar) {
        double[] measures = bar.measures(this.rounds);
        double measure = Rounds.median(measures);
        Figure other = bar.other();
        return row(bar.what(), shown(bar.figure()), (other == null) ? "" : bar.otherName() + ": " + shown(other),
                measure(bar, measure, measures), bar.text(), bar.met(measure) ? "yes" : "**no**",
                beside(bar.figure().allocation(), bar), beside(bar.figure().cpu(), bar));
    }

    private static String measure(Bar bar, double median, double[] measures) {
        Unit unit = bar.comparison().unit(bar.figure().unit());
        double least = Arrays.stream(measures).min().orElse(median);
        double most = Arrays.stream(measures).max().orElse(median);
        return unit.format(median) + " (" + unit.format(least) + " to " + unit.format(most) + ')';
    }

    /** Only where an operation is one value. */
    private String beside(Figure figure, Bar bar) {
        boolean one = bar.figure().metric().equals(Figure.SCORE)
                && bar.figure().benchmark().matches("(Record|Name|Growth)Benchmark.*");
        return one ? shown(figure) : "";
    }

    private void addRecorders() {
        if (!this.rounds.have(Figure.time("FloorBenchmark.nanoTime", 1))
                && !this.rounds.have(Figure.time("FloorBenchmark.nanoTime", CORES))) {
            return;
        }
        addLines("## Recording one value", "",
                "Into one series; × is the ratio to `System.nanoTime()` by as many threads.", "",
                "| what | 1 thread | × | B | CPU | " + CORES + " threads | × | B | CPU |",
                "|---|---|---|---|---|---|---|---|---|");
        for (String[] recorder : RECORDERS) {
            Figure one = Figure.time(recorder[1], 1);
            Figure all = Figure.time(recorder[1], CORES);
            if (this.rounds.have(one) || this.rounds.have(all)) {
                addLines(row(recorder[0], shown(one), clocks(one, 1), shown(one.allocation()), shown(one.cpu()),
                        shown(all), clocks(all, CORES), shown(all.allocation()), shown(all.cpu())));
            }
        }
        addLines("");
    }

    private String clocks(Figure figure, int threads) {
        Bar ratio = Bar.against("", figure, "", Figure.time("FloorBenchmark.nanoTime", threads), Comparison.RATIO, 0);
        return ratio.measured(this.rounds) ? Unit.number(Rounds.median(ratio.measures(this.rounds))) : "";
    }

    private void addOthers() {
        addLines("## Other figures", "", "| what | figure |", "|---|---|");
        addOther("retained: Micrometer summary, 3 percentiles over 5 min, 1,000,000 values",
                Figure.retained("micrometer.busy"));
        addOther("retained: Micrometer summary, 3 percentiles over 5 min, 10 values",
                Figure.retained("micrometer.quiet"));
        addOther("retained: Dropwizard sliding time window of 5 min, 1,000,000 values",
                Figure.retained("dropwizard.busy"));
        addOther("retained: Dropwizard sliding time window of 5 min, 10 values", Figure.retained("dropwizard.quiet"));
        addOther("the reader's question for 5 min beside a writer",
                Figure.time("ReaderBenchmark.disturbed", 2).with("reader"));
        addOther("growth: three longs of one cache line for each of 100,000 series",
                Figure.time("GrowthBenchmark.oneLine", 1));
        addOther("growth: the clock and one number in an object for each of 100,000 series",
                Figure.time("GrowthBenchmark.clockAndObject", 1));
        addOther("growth: a plain Micrometer summary for each of 100,000 series",
                Figure.time("GrowthBenchmark.micrometer", 1));
    }

    private void addOther(String what, Figure figure) {
        if (this.rounds.have(figure)) {
            addLines(row(what, shown(figure)));
        }
    }

    private String shown(Figure figure) {
        @Nullable Double median = this.rounds.median(figure);
        return (median == null) ? "" : figure.unit().format(median);
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private void addLines(String... more) {
        this.lines.addAll(List.of(more));
    }

}
