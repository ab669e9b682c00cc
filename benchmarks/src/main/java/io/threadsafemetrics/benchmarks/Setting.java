package io.threadsafemetrics.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes where and how figures are taken, when they are.
 */
final class Setting {

    private Setting() {
    }

    static void write(RunOptions options) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("Measured by `" + options.command() + "` on " + LocalDate.now(ZoneOffset.UTC) + ", commit "
                + options.commit() + '.');
        lines.add("");
        if (options.quick() || options.rounds() < RunOptions.FULL_ROUNDS) {
            lines.add("**A short run: it shows that the benchmarks work, its figures are not to be quoted.**");
            lines.add("");
        }
        lines.add("- Processor: " + processor());
        lines.add("- System: " + system());
        lines.add("- JDK: " + jdk());
        Files.write(file(options), lines);
    }

    static String read(RunOptions options) throws IOException {
        return Files.readString(file(options));
    }

    private static Path file(RunOptions options) {
        return options.directory().resolve("setting.md");
    }

    private static String processor() throws IOException {
        return entry(Path.of("/proc/cpuinfo"), "model name\t: ") + ", " + Runtime.getRuntime().availableProcessors()
                + " cores";
    }

    private static String system() throws IOException {
        return entry(Path.of("/etc/os-release"), "PRETTY_NAME=").replace("\"", "") + ", "
                + System.getProperty("os.name") + ' ' + System.getProperty("os.version") + ' '
                + System.getProperty("os.arch");
    }

    private static String jdk() {
        return System.getProperty("java.vm.name") + ' ' + System.getProperty("java.runtime.version") + " ("
                + System.getProperty("java.vendor") + "), " + String.join(" ", Jvm.options());
    }

    private static String entry(Path file, String key) throws IOException {
        if (!Files.exists(file)) {
            return "unknown";
        }
        return Files.readAllLines(file)
            .stream()
            .filter((line) -> line.startsWith(key))
            .map((line) -> line.substring(key.length()))
            .findFirst()
            .orElse("unknown");
    }

}
