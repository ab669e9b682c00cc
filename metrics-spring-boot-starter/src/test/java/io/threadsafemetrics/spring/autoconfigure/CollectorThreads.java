package io.threadsafemetrics.spring.autoconfigure;

import java.util.List;

/** The threads of all collectors in this JVM. */
final class CollectorThreads {

    private CollectorThreads() {
    }

    static List<String> live() {
        return Thread.getAllStackTraces()
            .keySet()
            .stream()
            .filter(Thread::isAlive)
            .map(Thread::getName)
            .filter((name) -> name.startsWith("threadsafe-metrics"))
            .toList();
    }

}
