package io.threadsafemetrics.spring.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/** The threads of all collectors in this JVM. */
final class CollectorThreads {

    private CollectorThreads() {
    }

    /**
     * Waits for their end: a closed executor has ended a moment before its thread.
     */
    static void awaitNone() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(live()).isEmpty());
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
