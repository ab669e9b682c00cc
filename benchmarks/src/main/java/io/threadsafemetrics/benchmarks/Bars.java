package io.threadsafemetrics.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * The bars that this library is held against.
 */
final class Bars {

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private static final int[] WINDOW_VALUES = { 1_000, 10_000, 100_000, 1_000_000, 10_000_000 };

    private Bars() {
    }

    static List<Bar> all() {
        List<Bar> bars = new ArrayList<>();
        addRecord(bars);
        addByName(bars);
        addAllocation(bars);
        addWindow(bars);
        addReader(bars);
        addAlert(bars);
        addRetained(bars);
        addGrowth(bars);
        return bars;
    }

    private static void addRecord(List<Bar> bars) {
        bars.add(Bar.against("record through a bound series, 1 thread, precise clock",
                Figure.time("RecordBenchmark.series", 1), "System.nanoTime()",
                Figure.time("FloorBenchmark.nanoTime", 1), Comparison.RATIO, 1.5));
        bars.add(Bar.against("the same with a coarse clock", Figure.time("RecordBenchmark.seriesCoarse", 1),
                "HdrHistogram Recorder", Figure.time("RecordBenchmark.hdrRecorder", 1), Comparison.RATIO, 1.1));
        bars.add(Bar.against("record, " + CORES + " threads, one hot series",
                Figure.time("RecordBenchmark.series", CORES), "System.nanoTime(), " + CORES + " threads",
                Figure.time("FloorBenchmark.nanoTime", CORES), Comparison.RATIO, 1.6));
    }

    private static void addByName(List<Bar> bars) {
        for (int threads = 1; threads <= 2; threads++) {
            String suffix = ", " + threads + ((threads == 1) ? " thread" : " threads");
            bars.add(Bar.against("collect(name, value, map of two tags)" + suffix,
                    Figure.time("NameBenchmark.ours", threads), "Micrometer registry.summary(name, tags).record",
                    Figure.time("NameBenchmark.micrometer", threads), Comparison.RATIO_LESS_THAN, 1.0));
            bars.add(Bar.against("the same, tags put together for each value" + suffix,
                    Figure.time("NameBenchmark.oursTagsMade", threads), "Micrometer, likewise",
                    Figure.time("NameBenchmark.micrometerTagsMade", threads), Comparison.RATIO_LESS_THAN, 1.0));
        }
        bars.add(Bar.against("metric.addValue(value, prebuilt tags), 1 thread",
                Figure.time("RecordBenchmark.prebuiltTags", 1), "the bound series",
                Figure.time("RecordBenchmark.series", 1), Comparison.DIFFERENCE, 15.0));
    }

    /** The new slot of each second is a share of a byte for each of the values in it. */
    private static void addAllocation(List<Bar> bars) {
        double rounding = 0.1;
        bars.add(Bar.atMost("allocation per record, 1 thread", Figure.time("RecordBenchmark.series", 1).allocation(),
                rounding));
        bars.add(Bar.atMost("allocation per record, coarse clock",
                Figure.time("RecordBenchmark.seriesCoarse", 1).allocation(), rounding));
        bars.add(Bar.atMost("allocation per record, " + CORES + " threads",
                Figure.time("RecordBenchmark.series", CORES).allocation(), rounding));
    }

    static Figure window(int values, int seconds) {
        return Figure.time("WindowBenchmark.ours", 1, "values=" + values, "windowSeconds=" + seconds);
    }

    private static void addWindow(List<Bar> bars) {
        for (int values : WINDOW_VALUES) {
            bars.add(Bar.atMost("window of 10 s with %,d values".formatted(values), window(values, 10), 10_000));
        }
        for (int values : WINDOW_VALUES) {
            bars.add(Bar.atMost("window of 5 min with %,d values".formatted(values), window(values, 300), 40_000));
        }
        bars.add(Bar.against("window of 5 min with 100,000 values", window(100_000, 300),
                "Dropwizard sliding time window", Figure.time("WindowBenchmark.dropwizard", 1), Comparison.TIMES_FASTER,
                100));
    }

    private static void addReader(List<Bar> bars) {
        bars.add(Bar.against("writer while a reader asks for 5 min in a loop, mean",
                Figure.time("ReaderBenchmark.disturbed", 2).with("writer"), "the writer undisturbed",
                Figure.time("ReaderBenchmark.undisturbed", 1), Comparison.RATIO, 1.5));
        bars.add(Bar.against("the same, 99.99th percentile",
                Figure.sampled("ReaderBenchmark.disturbed", 2, "writer p99.99"), "the writer undisturbed",
                Figure.sampled("ReaderBenchmark.undisturbed", 1, "p99.99"), Comparison.RATIO, 2.0));
    }

    private static void addAlert(List<Bar> bars) {
        bars.add(Bar.against("writer while an alert fires and its callback blocks, mean",
                Figure.time("AlertBenchmark.callbackBlocks", 1), "the writer undisturbed",
                Figure.time("AlertBenchmark.undisturbed", 1), Comparison.RATIO, 1.5));
        bars.add(Bar.against("the same, 99.99th percentile",
                Figure.sampled("AlertBenchmark.callbackBlocks", 1, "p99.99"), "the writer undisturbed",
                Figure.sampled("AlertBenchmark.undisturbed", 1, "p99.99"), Comparison.RATIO, 2.0));
    }

    private static void addRetained(List<Bar> bars) {
        bars.add(Bar.atMost("retained by a busy series: 1,000,000 values in 5 min", Figure.retained("busy"), 110_000));
        bars.add(Bar.atMost("retained by a quiet series: 10 values in 5 min", Figure.retained("quiet"), 2_000));
        bars.add(Bar.atMost("retained by an idle series, beside its tags", Figure.retained("idle"), 500));
    }

    private static void addGrowth(List<Bar> bars) {
        bars.add(Bar.below("statistics of all metrics, 10,000 metrics",
                Figure.time("StatisticsBenchmark.allMetrics", 1), 10_000_000));
        Figure floor = Figure.time("GrowthBenchmark.threeLines", 1);
        bars.add(Bar.against("record into 100,000 series of one metric in random order",
                Figure.time("GrowthBenchmark.series", 1, "metrics=1"), "three cold longs for each", floor,
                Comparison.RATIO, 2.0));
        bars.add(Bar.against("the same, 1,000 series in each of 100 metrics",
                Figure.time("GrowthBenchmark.series", 1, "metrics=100"), "three cold longs for each", floor,
                Comparison.RATIO, 2.0));
    }

}
