package io.threadsafemetrics.spring.micrometer;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which names are meant by patterns, where {@code *} stands for any characters.
 */
final class NamePatterns {

    private final List<Pattern> included;

    private final List<Pattern> excluded;

    NamePatterns(List<String> include, List<String> exclude) {
        this.included = compile(include, "include");
        this.excluded = compile(exclude, "exclude");
    }

    private static List<Pattern> compile(List<String> patterns, String name) {
        for (String pattern : patterns) {
            if (pattern.isBlank()) {
                throw new IllegalArgumentException("'" + name + "' must not hold a blank pattern but was " + patterns);
            }
        }
        return patterns.stream().map(NamePatterns::compile).toList();
    }

    private static Pattern compile(String pattern) {
        return Pattern.compile(
                Arrays.stream(pattern.strip().split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    /** Whether a name is included, by default all, and not excluded. */
    boolean match(String name) {
        return (this.included.isEmpty() || anyMatches(this.included, name)) && !anyMatches(this.excluded, name);
    }

    private static boolean anyMatches(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch((pattern) -> pattern.matcher(name).matches());
    }

}
