package io.threadsafemetrics.benchmarks;

/**
 * The JVMs that measure: the same for all libraries.
 */
final class Jvm {

    private Jvm() {
    }

    /** JMH and JOL use what JDK 24 and newer warn of, by an option older JDKs refuse. */
    static String[] options() {
        return (Runtime.version().feature() < 24) ? new String[] { "-Xms4g", "-Xmx4g" }
                : new String[] { "-Xms4g", "-Xmx4g", "--sun-misc-unsafe-memory-access=allow" };
    }

}
