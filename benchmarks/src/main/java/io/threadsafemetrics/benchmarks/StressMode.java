package io.threadsafemetrics.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * How long the jcstress tests run.
 */
final class StressMode {

    private final int millis;

    private final List<String> options;

    private StressMode(int millis, String... options) {
        this.millis = millis;
        this.options = List.of(options);
    }

    static StressMode named(String name) {
        return switch (name) {
            // one JVM a test, whose compiler puts instructions in random order
            case "short" -> new StressMode(150, "-f", "1", "-iters", "3", "-sc", "false", "-pth", "false", "-jvmArgs",
                    "-XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM");
            // all JVMs that jcstress knows of, and each actor interpreted, half and fully
            // compiled
            case "long" -> new StressMode(500, "-f", "1", "-iters", "5", "-fsm", "1");
            default -> throw new IllegalArgumentException("'stress.mode' must be short or long but was " + name);
        };
    }

    List<String> options() {
        return options(this.millis);
    }

    /** For what did not show in time. */
    List<String> patientOptions() {
        return options(10 * this.millis);
    }

    private List<String> options(int iterationMillis) {
        // short strides: the actors of one state meet at the start of each
        List<String> all = new ArrayList<>(List.of("-strideSize", "32", "-time", String.valueOf(iterationMillis)));
        all.addAll(this.options);
        return all;
    }

}
