package io.threadsafemetrics.sample.readme;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The Java of a document as one program: its types, and all its statements, in order, as
 * one method. So a block may use what an earlier one declares.
 */
final class DocumentProgram {

    private static final String NAME = "Program";

    private static final String HEAD = """
            import java.time.*;
            import java.util.*;
            import io.threadsafemetrics.*;
            import io.threadsafemetrics.spring.autoconfigure.*;
            import org.springframework.context.annotation.*;
            import org.springframework.stereotype.Service;

            public class Program implements java.util.concurrent.Callable<Object> {

                private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.create();

                private void page(AlertEvent event) {
                }

                @Override
                public Object call() throws Exception {
            """;

    private static final Predicate<String> IS_TYPE = Pattern.compile("^(class|record|interface) ", Pattern.MULTILINE)
        .asPredicate();

    private final String source;

    DocumentProgram(List<String> blocks) {
        this.source = HEAD + join(blocks.stream().filter(IS_TYPE.negate())) + "return null;\n}\n}\n"
                + join(blocks.stream().filter(IS_TYPE));
    }

    private static String join(Stream<String> blocks) {
        return blocks.collect(Collectors.joining("\n"));
    }

    /**
     * Compiles it.
     * @return what the compiler has to complain about
     */
    List<String> compile(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve(NAME + ".java"), this.source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, null)) {
            List<String> options = List.of("-d", folder.toString(), "-cp", classPath(), "-proc:none",
                    "-Xlint:all,-try,-processing,-classfile,-path");
            compiler.getTask(null, files, diagnostics, options, null, files.getJavaFileObjects(file)).call();
        }
        return diagnostics.getDiagnostics().stream().map(Object::toString).toList();
    }

    /** As Surefire gives it to its own process as a jar that refers to others. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Runs what was compiled, with assertions. */
    void run(Path folder) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] { folder.toUri().toURL() },
                DocumentProgram.class.getClassLoader())) {
            loader.setDefaultAssertionStatus(true);
            ((Callable<?>) loader.loadClass(NAME).getConstructor().newInstance()).call();
        }
    }

}
