package io.threadsafemetrics.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * The JVMs that measure: the same for all libraries.
 */
final class Jvm {

    private Jvm() {
    }

    /**
     * A heap of fixed size whose pages are all there before the first iteration: else the
     * first gigabytes that a benchmark allocates cost page faults, several times what is
     * measured. JMH and JOL use what JDK 24 and newer warn of, by an option older JDKs
     * refuse.
     */
    static String[] options() {
        List<String> options = new ArrayList<>(List.of("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"));
        if (Runtime.version().feature() >= 24) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options.toArray(String[]::new);
    }

}
