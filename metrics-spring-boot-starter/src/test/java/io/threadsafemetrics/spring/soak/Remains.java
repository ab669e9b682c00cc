package io.threadsafemetrics.spring.soak;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a context leaves behind when it is closed: nothing.
 */
final class Remains {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final long HEAP_SLACK_BYTES = 3L << 20;

    /** One for the JVM, not for each context: of the JDK and of the Prometheus client. */
    private static final Set<String> OF_THE_JVM = Set.of("Attach Listener", "CompletableFutureDelayScheduler",
            "ForkJoinPool.commonPool-delayScheduler", "prometheus-metrics-scheduler-0");

    private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();

    private long heapAfterTheFirst;

    void check() {
        Awaitility.await().atMost(LIMIT).pollInSameThread().untilAsserted(() -> {
            System.gc(); // which ends the HTTP client of a JDK before 21
            assertThat(threads()).as("threads that the context left").isEmpty();
        });
        long heap = usedHeap();
        if (this.heapAfterTheFirst == 0) {
            this.heapAfterTheFirst = heap;
        }
        assertThat(heap).as("heap that is used when the context has gone")
            .isLessThan(this.heapAfterTheFirst + HEAP_SLACK_BYTES);
    }

    private List<String> threads() {
        return Thread.getAllStackTraces()
            .entrySet()
            .stream()
            .filter((thread) -> !this.threadsBefore.contains(thread.getKey()))
            .filter((thread) -> !OF_THE_JVM.contains(thread.getKey().getName()))
            .filter((thread) -> !isIdleInCommonPool(thread.getKey(), thread.getValue()))
            .map((thread) -> thread.getKey().getName() + " at " + Arrays.toString(thread.getValue()))
            .toList();
    }

    /** Such a thread ends after a minute. */
    private static boolean isIdleInCommonPool(Thread thread, StackTraceElement[] stack) {
        return thread.getName().startsWith("ForkJoinPool.commonPool-worker-")
                && Stream.of(stack).anyMatch((frame) -> frame.getMethodName().equals("awaitWork"));
    }

    static long usedHeap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

}
