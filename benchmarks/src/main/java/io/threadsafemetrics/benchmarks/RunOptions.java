package io.threadsafemetrics.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the command line asks for.
 *
 * @param directory where the rounds are kept
 * @param output the Markdown file to write
 * @param rows the batches to run, or none for all
 * @param rounds how many rounds; 0 to write down anew what there is
 * @param quick whether to run short
 * @param commit what was measured, in words
 * @param command the command line, for the reader of the table
 */
record RunOptions(Path directory, Path output, List<String> rows, int rounds, boolean quick, String commit,
        String command) {

    /** A figure to be quoted is the median of so many rounds. */
    static final int FULL_ROUNDS = 5;

    static RunOptions parse(String[] arguments) {
        Path directory = Path.of("target", "benchmarks");
        Path output = directory.resolve("benchmarks.md");
        List<String> rows = new ArrayList<>();
        int rounds = FULL_ROUNDS;
        boolean quick = false;
        String commit = "unknown";
        String command = "";
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--directory" -> directory = Path.of(rest.next());
                case "--output" -> output = Path.of(rest.next());
                case "--row" -> rows.add(row(rest.next()));
                case "--rounds" -> rounds = Integer.parseInt(rest.next());
                case "--quick" -> quick = true;
                case "--commit" -> commit = rest.next();
                case "--command" -> command = rest.next();
                default -> throw new IllegalArgumentException("Unknown option '" + option + "'");
            }
        }
        return new RunOptions(directory, output, rows, rounds, quick, commit, command);
    }

    private static String row(String name) {
        List<String> names = Stream.concat(Batch.all().stream().map(Batch::name), Stream.of(RetainedRun.NAME)).toList();
        if (!names.contains(name)) {
            throw new IllegalArgumentException("'--row' must be one of " + names + " but was '" + name + "'");
        }
        return name;
    }

    boolean wants(String name) {
        return this.rows.isEmpty() || this.rows.contains(name);
    }

}
