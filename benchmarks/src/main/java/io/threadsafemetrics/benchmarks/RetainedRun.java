package io.threadsafemetrics.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs {@link RetainedBytes} in a JVM of its own.
 */
final class RetainedRun {

    static final String NAME = "retained";

    private RetainedRun() {
    }

    static Path result(Path round) {
        return round.resolve(NAME + ".json");
    }

    static void run(Path round) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(Jvm.options()));
        command.addAll(List.of("-XX:+EnableDynamicAgentLoading", "-Djdk.attach.allowAttachSelf=true"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RetainedBytes.class.getName()));
        command.add(result(round).toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(round.resolve(NAME + ".log").toFile())
            .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("Measuring retained bytes failed: see " + round.resolve(NAME + ".log"));
        }
    }

}
