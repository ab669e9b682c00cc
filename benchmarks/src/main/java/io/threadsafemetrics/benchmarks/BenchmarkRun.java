package io.threadsafemetrics.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs all benchmarks round after round, so that what changes on the machine meanwhile
 * meets ours and the others' alike, and writes the table.
 */
public final class BenchmarkRun {

    private final RunOptions options;

    private BenchmarkRun(RunOptions options) {
        this.options = options;
    }

    /**
     * Runs what the arguments say: see {@code benchmarks/run --help}.
     * @param arguments options and their values
     * @throws Exception if a benchmark fails, as it does where a value was lost
     */
    public static void main(String[] arguments) throws Exception {
        new BenchmarkRun(RunOptions.parse(arguments)).run();
    }

    private void run() throws IOException, InterruptedException, RunnerException {
        if (this.options.rounds() > 0) {
            clear(this.options.directory());
            Files.createDirectories(this.options.directory());
            Setting.write(this.options);
        }
        for (int number = 1; number <= this.options.rounds(); number++) {
            Path round = Files.createDirectories(Rounds.round(this.options.directory(), number));
            long start = System.nanoTime();
            runRound(round, number);
            System.out.printf("Round %d of %d: %d s%n", number, this.options.rounds(),
                    Duration.ofNanos(System.nanoTime() - start).toSeconds());
        }
        Rounds rounds = new Rounds(this.options.directory());
        Files.writeString(this.options.output(), new Report(rounds, Setting.read(this.options)).markdown());
        System.out.println("Written: " + this.options.output());
    }

    private static void clear(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> old;
        try (Stream<Path> files = Files.walk(directory)) {
            old = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : old) {
            Files.delete(file);
        }
    }

    private void runRound(Path round, int number) throws IOException, InterruptedException, RunnerException {
        for (Batch batch : Batch.all()) {
            if (this.options.wants(batch.name())) {
                System.out.printf("Round %d: %s%n", number, batch.name());
                new Runner(batch.options(round, this.options.quick()).build()).run();
            }
        }
        if (this.options.wants(RetainedRun.NAME)) {
            System.out.printf("Round %d: %s%n", number, RetainedRun.NAME);
            RetainedRun.run(round);
        }
    }

}
