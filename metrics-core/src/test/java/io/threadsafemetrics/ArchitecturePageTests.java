package io.threadsafemetrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps docs/architecture.md true to the files that there are. */
class ArchitecturePageTests {

    private static final Path ROOT = Path.of("..");

    private static final Path MAIN = Path.of("src/main/java");

    /** A type in the text, perhaps with a member, or several in the diagram. */
    private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z]+)[^`]*`|\\b((?:[A-Z][a-z]+){2,})\\b");

    private static final Pattern FIRST_CELL = Pattern.compile("^\\| (`[^|]+`) \\| [^|]+ \\|$", Pattern.MULTILINE);

    @Test
    void eachTypeNamedHasAFile() throws IOException {
        Set<String> files = types(ROOT.resolve("metrics-core/src"), ROOT.resolve("metrics-spring-boot-starter/src"),
                ROOT.resolve("benchmarks/src"));
        assertThat(typesIn(page())).hasSizeGreaterThan(100).isSubsetOf(files);
    }

    @Test
    void eachFileOfTheCoreIsInATableOnce() throws IOException {
        List<String> listed = FIRST_CELL.matcher(page())
            .results()
            .flatMap((row) -> typesIn(row.group(1)).stream())
            .toList();
        assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(types(MAIN));
    }

    @Test
    void eachPackageOfTheStarterIsNamed() throws IOException {
        Path base = ROOT.resolve("metrics-spring-boot-starter").resolve(MAIN).resolve("io/threadsafemetrics/spring");
        try (Stream<Path> files = Files.walk(base)) {
            assertThat(files.filter((file) -> file.endsWith("package-info.java"))
                .map((file) -> "`" + base.relativize(file.getParent()).toString().replace('/', '.') + "`")
                .toList()).isNotEmpty().allSatisfy((name) -> assertThat(page()).contains(name));
        }
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/architecture.md"));
    }

    private static Set<String> typesIn(String text) {
        return TYPE.matcher(text)
            .results()
            .map((type) -> (type.group(1) != null) ? type.group(1) : type.group(2))
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> types(Path... folders) throws IOException {
        Set<String> types = new TreeSet<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.map((file) -> file.getFileName().toString())
                    .filter((name) -> name.endsWith(".java") && !name.contains("-"))
                    .forEach((name) -> types.add(name.substring(0, name.length() - ".java".length())));
            }
        }
        return types;
    }

}
