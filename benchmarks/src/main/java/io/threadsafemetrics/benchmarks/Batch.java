package io.threadsafemetrics.benchmarks;

import java.nio.file.Path;
import java.util.List;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Benchmarks that run one after another with the same threads and times, each in a JVM of
 * its own.
 *
 * @param name names it in files and on the command line
 * @param include which benchmarks, as a regular expression
 * @param mode mean or sampled times
 * @param threads how many threads; 0 for as many as the benchmark declares
 * @param iterationMillis how long an iteration is
 */
record Batch(String name, String include, Mode mode, int threads, int iterationMillis) {

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    static List<Batch> all() {
        return List.of(new Batch("record", "\\.(Floor|Record)Benchmark\\.", Mode.AverageTime, 1, 800),
                new Batch("hot", "\\.(Floor|Record)Benchmark\\.", Mode.AverageTime, CORES, 800),
                new Batch("name-1", "\\.NameBenchmark\\.", Mode.AverageTime, 1, 800),
                new Batch("name-2", "\\.NameBenchmark\\.", Mode.AverageTime, 2, 800),
                new Batch("window", "\\.WindowBenchmark\\.", Mode.AverageTime, 1, 500),
                new Batch("reader-mean", "\\.ReaderBenchmark\\.", Mode.AverageTime, 0, 1000),
                new Batch("reader-tail", "\\.ReaderBenchmark\\.", Mode.SampleTime, 0, 1000),
                new Batch("alert-mean", "\\.AlertBenchmark\\.", Mode.AverageTime, 1, 1000),
                new Batch("alert-tail", "\\.AlertBenchmark\\.", Mode.SampleTime, 1, 1000),
                new Batch("statistics", "\\.StatisticsBenchmark\\.", Mode.AverageTime, 1, 500),
                new Batch("growth", "\\.GrowthBenchmark\\.", Mode.AverageTime, 1, 1000));
    }

    Path result(Path round) {
        return round.resolve(this.name + ".json");
    }

    ChainedOptionsBuilder options(Path round, boolean quick) {
        TimeValue time = TimeValue.milliseconds(quick ? this.iterationMillis / 2 : this.iterationMillis);
        ChainedOptionsBuilder options = new OptionsBuilder().include(this.include)
            .mode(this.mode)
            .forks(1)
            .warmupIterations(quick ? 1 : 2)
            .warmupTime(time)
            .measurementIterations(quick ? 1 : 3)
            .measurementTime(time)
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuProfiler.class)
            .jvmArgs(Jvm.options())
            .shouldFailOnError(true)
            .resultFormat(ResultFormatType.JSON)
            .result(result(round).toString())
            .output(round.resolve(this.name + ".log").toString());
        return (this.threads == 0) ? options : options.threads(this.threads);
    }

}
