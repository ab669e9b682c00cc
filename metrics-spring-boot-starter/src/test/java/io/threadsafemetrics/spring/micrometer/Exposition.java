package io.threadsafemetrics.spring.micrometer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Prometheus is told, read more strictly than Prometheus does: a family is there
 * once, with its samples behind it and under names that its type has, and no series is
 * there twice.
 */
final class Exposition {

    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";

    private static final String LABELS = "\\{((?:[a-zA-Z_][a-zA-Z0-9_]*=\"[^\"\\\\]*+(?:\\\\[\\\\\"n][^\"\\\\]*+)*+\",?)*+)}";

    private static final Pattern SAMPLE = Pattern
        .compile("(" + NAME + ")(?:" + LABELS + ")? (\\S+)(?: # " + LABELS + " (\\S+)(?: (\\S+))?)?", Pattern.DOTALL);

    private static final Pattern LABEL = Pattern.compile("([^=,]+)=\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"(?:,|$)",
            Pattern.DOTALL);

    private static final Pattern COMMENT = Pattern.compile("# (TYPE|HELP) (" + NAME + ") (.*)", Pattern.DOTALL);

    private static final Map<String, Set<String>> SUFFIXES = Map.of("counter", Set.of("", "_total", "_created"),
            "gauge", Set.of(""), "summary", Set.of("", "_count", "_sum", "_created"), "histogram",
            Set.of("_bucket", "_count", "_sum", "_created"), "info", Set.of("_info"), "gaugehistogram",
            Set.of("_bucket", "_gcount", "_gsum"));

    /** A series: the name of its samples, and its labels but for empty ones. */
    record Series(String name, Map<String, String> labels) {

    }

    private final Map<Series, Double> samples = new LinkedHashMap<>();

    private final Map<String, String> types = new LinkedHashMap<>();

    private final Map<String, String> families = new LinkedHashMap<>();

    private final List<String> faults = new ArrayList<>();

    private String family = "";

    private final Set<String> described = new HashSet<>();

    private Exposition() {
    }

    static Exposition parse(String text, boolean openMetrics) {
        Exposition exposition = new Exposition();
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (!lines.remove(lines.size() - 1).isEmpty()) {
            exposition.faults.add("the last line has no end");
        }
        if (openMetrics && (lines.isEmpty() || !lines.remove(lines.size() - 1).equals("# EOF"))) {
            exposition.faults.add("no end");
        }
        lines.forEach(exposition::read);
        return exposition;
    }

    private void read(String line) {
        if (line.startsWith("#")) {
            Matcher comment = COMMENT.matcher(line);
            check(comment.matches(), "no comment", line);
            if (comment.matches()) {
                readComment(comment, line);
            }
        }
        else {
            Matcher sample = SAMPLE.matcher(line);
            check(sample.matches(), "no sample", line);
            if (sample.matches()) {
                readSample(sample, line);
            }
        }
    }

    private void readComment(Matcher comment, String line) {
        String name = comment.group(2);
        if (comment.group(1).equals("HELP")) {
            check(this.described.add(name), "described again", line);
            check(comment.group(3).matches("(?s)[^\\\\]*+(?:\\\\[\\\\n\"][^\\\\]*+)*+"), "wrong escape", line);
            return;
        }
        check(this.types.putIfAbsent(name, comment.group(3)) == null, "a family twice", line);
        check(SUFFIXES.containsKey(comment.group(3)), "no type", line);
        this.family = name;
    }

    private void readSample(Matcher sample, String line) {
        String name = sample.group(1);
        String type = this.types.get(this.family);
        boolean own = name.startsWith(this.family) && type != null
                && SUFFIXES.getOrDefault(type, Set.of()).contains(name.substring(this.family.length()));
        check(own, "a sample of no family", line);
        check(this.families.merge(name, this.family, (old, now) -> old).equals(this.family), "a name of two families",
                line);
        check(isNumber(sample.group(3)), "no number", line);
        if (sample.group(5) != null) {
            labels(sample.group(4), line);
            check(isNumber(sample.group(5)), "no number", line);
        }
        Series series = new Series(name, labels(sample.group(2), line));
        if (isNumber(sample.group(3))) {
            check(this.samples.putIfAbsent(series, number(sample.group(3))) == null, "a series twice", line);
        }
    }

    private Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        if (text != null) {
            Matcher label = LABEL.matcher(text);
            int end = 0;
            while (label.find() && label.start() == end) {
                end = label.end();
                check(labels.put(label.group(1), unescaped(label.group(2))) == null, "a label twice", line);
            }
            check(end == text.length() && !text.endsWith(","), "no labels", line);
        }
        labels.values().removeIf(String::isEmpty);
        return labels;
    }

    private static String unescaped(String text) {
        return Pattern.compile("\\\\(.)")
            .matcher(text)
            .replaceAll((escape) -> Matcher.quoteReplacement(escape.group(1).equals("n") ? "\n" : escape.group(1)));
    }

    private static boolean isNumber(String text) {
        return text.matches("[+-]?Inf|NaN|[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace("Inf", "Infinity"));
    }

    private void check(boolean holds, String fault, String line) {
        if (!holds) {
            this.faults.add(fault + ": " + line);
        }
    }

    /** What is wrong with it. */
    List<String> faults() {
        return this.faults;
    }

    Map<Series, Double> samples() {
        return this.samples;
    }

    /**
     * The names of all families, with and without the suffix of a type, and of samples.
     */
    Set<String> names() {
        Set<String> names = this.samples.keySet().stream().map(Series::name).collect(Collectors.toSet());
        names.addAll(this.types.keySet());
        this.types.keySet().forEach((name) -> names.add(name.replaceFirst("_(total|info)$", "")));
        return names;
    }

}
