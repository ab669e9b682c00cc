package io.threadsafemetrics.sample.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parts of a Markdown file that tests compare with the code.
 */
final class Document {

    static final Path README = Path.of("..", "README.md");

    static final Path GUIDE = Path.of("..", "docs", "guide.md");

    private static final Pattern REPLY = Pattern.compile("`GET (\\S+)`:?\\s+```json\\n(.*?)```", Pattern.DOTALL);

    private static final Pattern PROPERTY = Pattern.compile("^\\| `([a-z]\\S+?)` \\| (.*?) \\|", Pattern.MULTILINE);

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)\\s]*)\\)");

    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    private final Path path;

    private final String text;

    private Document(Path path, String text) {
        this.path = path;
        this.text = text;
    }

    static Document read(Path path) throws IOException {
        return new Document(path, Files.readString(path));
    }

    /** The blocks of code in a language. */
    List<String> blocks(String language) {
        return groups("```" + language + "\\n(.*?)```");
    }

    /** The URLs that it asks with curl, without the host. */
    List<String> questions() {
        return groups("curl 'localhost:\\d+(/\\S+)'");
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

    /** The links to other files, or into one, that lead nowhere. */
    List<String> deadLinks() {
        return groups(LINK.pattern()).stream().filter((link) -> !leadsSomewhere(link)).toList();
    }

    private boolean leadsSomewhere(String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? this.path : this.path.resolveSibling(parts[0]);
        try {
            return Files.exists(target) && (parts.length == 1 || read(target).anchors().anyMatch(parts[1]::equals));
        }
        catch (IOException ex) {
            return false;
        }
    }

    /** As GitHub makes them of headings. */
    private Stream<String> anchors() {
        return HEADING.matcher(this.text)
            .results()
            .map((heading) -> heading.group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-'));
    }

    /** All lines that are not blank. */
    static List<String> lines(String text) {
        return text.lines().filter((line) -> !line.isBlank()).toList();
    }

    private List<String> groups(String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL)
            .matcher(this.text)
            .results()
            .map((found) -> found.group(1))
            .toList();
    }

}
