package io.threadsafemetrics.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Describes where the figures were taken.
 */
final class Machine {

    private Machine() {
    }

    static String processor() throws IOException {
        return entry(Path.of("/proc/cpuinfo"), "model name\t: ") + ", " + Runtime.getRuntime().availableProcessors()
                + " cores";
    }

    static String system() throws IOException {
        return entry(Path.of("/etc/os-release"), "PRETTY_NAME=").replace("\"", "") + ", "
                + System.getProperty("os.name") + ' ' + System.getProperty("os.version") + ' '
                + System.getProperty("os.arch");
    }

    static String jdk() {
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
