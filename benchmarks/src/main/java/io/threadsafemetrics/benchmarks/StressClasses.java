package io.threadsafemetrics.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the jcstress tests among the compiled classes, whatever jcstress' own list says.
 */
final class StressClasses {

    private static final String ANNOTATION = "Lorg/openjdk/jcstress/annotations/JCStressTest;";

    private static final String SUFFIX = ".class";

    private StressClasses() {
    }

    /**
     * Returns the names of the tests.
     * @param filter a regular expression, part of the names
     */
    static SortedSet<String> find(String filter) throws IOException, URISyntaxException {
        Path root = Path.of(StressClasses.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter((file) -> file.toString().contains("Stress$") && isTest(file))
                .map((file) -> name(root.relativize(file).toString()))
                .filter(Pattern.compile(filter).asPredicate())
                .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The annotation is kept in the class file, but not at run time. */
    private static boolean isTest(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(ANNOTATION);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String name(String file) {
        return file.substring(0, file.length() - SUFFIX.length()).replaceAll("[/\\\\$]", ".");
    }

}
