package io.threadsafemetrics.sample.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The parts of README.md that tests compare with the code.
 */
final class Readme {

    private static final Pattern REPLY = Pattern.compile("`GET (\\S+)`:?\\s+```json\\n(.*?)```", Pattern.DOTALL);

    private static final Pattern PROPERTY = Pattern.compile("^\\| `([a-z]\\S+?)` \\| (.*?) \\|", Pattern.MULTILINE);

    private final String text;

    private Readme(String text) {
        this.text = text;
    }

    static Readme read() throws IOException {
        return new Readme(Files.readString(Path.of("..", "README.md")));
    }

    /** The lines of the block of Java that starts with a text. */
    List<String> java(String start) {
        return lines(group(Pattern.compile("```java\\n(" + Pattern.quote(start) + ".*?)```", Pattern.DOTALL)));
    }

    /** The URL that the quick start asks, without the host. */
    String quickStartPath() {
        return group(Pattern.compile("curl '\\w+:\\d+(/\\S+)'"));
    }

    /** The recorded replies of the endpoint by path. */
    Map<String, String> replies() {
        Map<String, String> replies = new LinkedHashMap<>();
        REPLY.matcher(this.text).results().forEach((reply) -> replies.put(reply.group(1), reply.group(2)));
        return replies;
    }

    /** The defaults in the table of properties by name, as written there. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        PROPERTY.matcher(this.text).results().forEach((row) -> properties.put(row.group(1), row.group(2)));
        return properties;
    }

    /** All lines that are not blank. */
    static List<String> lines(String text) {
        return text.lines().filter((line) -> !line.isBlank()).toList();
    }

    private String group(Pattern pattern) {
        List<MatchResult> found = pattern.matcher(this.text).results().toList();
        if (found.size() != 1) {
            throw new AssertionError("README.md has " + found.size() + " parts like " + pattern);
        }
        return found.get(0).group(1);
    }

}
