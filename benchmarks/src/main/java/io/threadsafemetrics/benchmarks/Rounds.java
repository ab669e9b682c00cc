package io.threadsafemetrics.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The figures of all rounds, as read from the JSON files that the runs have left.
 */
final class Rounds {

    private final List<Map<String, Double>> rounds = new ArrayList<>();

    /**
     * Reads the rounds that are in a directory.
     * @param directory has {@code round-1}, {@code round-2} and so on
     */
    Rounds(Path directory) {
        int number = 1;
        while (Files.isDirectory(round(directory, number))) {
            this.rounds.add(read(round(directory, number++)));
        }
    }

    static Path round(Path directory, int number) {
        return directory.resolve("round-" + number);
    }

    private static Map<String, Double> read(Path round) {
        Map<String, Double> figures = new TreeMap<>();
        for (Batch batch : Batch.all()) {
            Path file = batch.result(round);
            if (Files.exists(file)) {
                JsonNode results = JsonMapper.shared().readTree(file.toFile());
                results.forEach((result) -> addResult(figures, result));
            }
        }
        Path retained = RetainedRun.result(round);
        if (Files.exists(retained)) {
            JsonMapper.shared()
                .readTree(retained.toFile())
                .forEachEntry((name, bytes) -> figures.put(Figure.retained(name).key(), bytes.asDouble()));
        }
        return figures;
    }

    private static void addResult(Map<String, Double> figures, JsonNode result) {
        String benchmark = benchmark(result);
        addMetric(figures, benchmark + '/', Figure.SCORE, result.get("primaryMetric"));
        result.get("secondaryMetrics")
            .forEachEntry((name, metric) -> addMetric(figures, benchmark + '/', name, metric));
    }

    /** Class and method without the package, mode, threads, and parameters by name. */
    private static String benchmark(JsonNode result) {
        String name = result.get("benchmark").asString();
        String method = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
        List<String> parameters = new ArrayList<>();
        JsonNode given = result.get("params");
        if (given != null) {
            given.forEachEntry((parameter, value) -> parameters.add(parameter + '=' + value.asString()));
        }
        parameters.sort(null);
        return Figure.benchmark(method, result.get("mode").asString(), result.get("threads").asInt(),
                parameters.toArray(String[]::new));
    }

    /** A method of a group is a metric beside the group's score. */
    private static void addMetric(Map<String, Double> figures, String prefix, String name, JsonNode metric) {
        figures.put(prefix + name, metric.get("score").asDouble());
        JsonNode percentiles = metric.get("scorePercentiles");
        if (percentiles != null) {
            String of = name.equals(Figure.SCORE) ? "" : name + ' ';
            percentiles.forEachEntry((p, value) -> figures.put(prefix + of + 'p' + p, value.asDouble()));
        }
    }

    int count() {
        return this.rounds.size();
    }

    boolean have(Figure figure) {
        return count() > 0 && this.rounds.stream().allMatch((round) -> round.containsKey(figure.key()));
    }

    double[] values(Figure figure) {
        return this.rounds.stream().mapToDouble((round) -> value(round, figure)).toArray();
    }

    private static double value(Map<String, Double> round, Figure figure) {
        Double value = round.get(figure.key());
        if (value == null) {
            throw new IllegalStateException("No figure " + figure.key() + " among " + round.keySet());
        }
        return value;
    }

    @Nullable Double median(Figure figure) {
        return have(figure) ? median(values(figure)) : null;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

}
