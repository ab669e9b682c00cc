package io.threadsafemetrics.sample.readme;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.threadsafemetrics.GlobalMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the documentation true: its Java compiles and runs, its YAML starts a context,
 * its links lead somewhere.
 */
class DocumentTests {

    static final List<Path> DOCUMENTS = List.of(Document.README, Document.GUIDE);

    @AfterEach
    void closeWhatAProgramLeavesOpen() {
        GlobalMetrics.reset();
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void javaCompilesAndRuns(Path path, @TempDir Path folder) throws Exception {
        DocumentProgram program = new DocumentProgram(Document.read(path).blocks("java"));
        assertThat(program.compile(folder)).isEmpty();
        program.run(folder);
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void yamlHasKnownPropertiesOnlyAndStartsAContext(Path path) throws IOException {
        Set<String> known = knownNames();
        List<String> blocks = Document.read(path).blocks("yaml");
        assertThat(blocks).isNotEmpty();
        for (String block : blocks) {
            EnumerablePropertySource<?> yaml = load(block);
            assertThat(yaml.getPropertyNames()).isNotEmpty()
                .allSatisfy((name) -> assertThat(known).contains(generic(name)));
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(autoConfigurations()))
                .withInitializer((context) -> apply(yaml, context.getEnvironment()))
                .run((context) -> assertThat(context).hasNotFailed());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Path path) throws IOException {
        assertThat(Document.read(path).deadLinks()).isEmpty();
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Document.GUIDE.getParent())) {
            return Stream.concat(Stream.of(Document.README), docs.filter((file) -> file.toString().endsWith(".md")))
                .toList();
        }
    }

    private static EnumerablePropertySource<?> load(String yaml) throws IOException {
        List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("yaml",
                new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
        return (EnumerablePropertySource<?>) sources.get(0);
    }

    /** As Spring Boot would, which converts values more kindly than a bare context. */
    private static void apply(PropertySource<?> yaml, ConfigurableEnvironment environment) {
        environment.setConversionService(new ApplicationConversionService());
        environment.getPropertySources().addFirst(yaml);
    }

    private static Set<String> knownNames() throws IOException {
        Set<String> names = new TreeSet<>(PropertyTable.read().keySet());
        names.add("management.endpoints.web.exposure.include");
        return names;
    }

    /** As the table of properties has the name. */
    private static String generic(String name) {
        return name
            .replaceFirst("^(threadsafe-metrics\\.(?:metrics|alerts))(?:\\[[^\\]]+\\]|\\.[^.]+)\\.", "$1.[<name>].")
            .replaceFirst("\\.(tags|labels)\\..*", ".$1")
            .replaceFirst("\\[\\d+\\]$", "");
    }

    private static Class<?>[] autoConfigurations() {
        ClassLoader loader = DocumentTests.class.getClassLoader();
        return Stream.of(ImportCandidates.load(AutoConfiguration.class, loader).getCandidates())
            .flatMap(List::stream)
            .filter((name) -> name.startsWith("io.threadsafemetrics."))
            .map((name) -> ClassUtils.resolveClassName(name, loader))
            .toArray(Class<?>[]::new);
    }

}
