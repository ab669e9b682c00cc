package io.threadsafemetrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The global collector asked for and exchanged by many threads. */
class GlobalMetricsRaceTests {

    @AfterEach
    void reset() {
        GlobalMetrics.reset();
    }

    @Test
    void getByManyThreadsAtOnceAnswersTheSameCollector() throws Exception {
        for (int round = 0; round < 300; round++) {
            Set<ThreadSafeMetricsCollector> answers = Collections
                .synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                tasks.add(() -> answers.add(GlobalMetrics.get()));
            }
            TestThreads.PLATFORM.run(tasks);
            assertThat(answers).hasSize(1);
            GlobalMetrics.reset();
        }
    }

    @Test
    void installIsSeenByAThreadThatAsksAllTheTime() throws Exception {
        try (ThreadSafeMetricsCollector installed = ThreadSafeMetricsCollector.create()) {
            CountDownLatch asking = new CountDownLatch(1);
            GlobalMetrics.get();
            AtomicReference<AutoCloseable> installation = new AtomicReference<>(() -> {
            });
            TestThreads.PLATFORM.run(List.of(() -> {
                asking.countDown();
                askUntil(installed);
                return null;
            }, () -> {
                asking.await();
                Thread.sleep(500); // only compiled code can miss the write
                installation.set(GlobalMetrics.install(installed));
                return null;
            }));
            installation.get().close();
        }
    }

    private static void askUntil(ThreadSafeMetricsCollector expected) {
        while (GlobalMetrics.get() != expected) {
            // no call in here: it would have the field read again
        }
    }

    @Test
    void installAndResetWhileOthersAskAnswerNoForgottenCollector() throws Exception {
        try (ThreadSafeMetricsCollector installed = ThreadSafeMetricsCollector.create()) {
            AtomicBoolean done = new AtomicBoolean();
            Callable<Void> reader = () -> {
                while (!done.get()) {
                    GlobalMetrics.get();
                }
                return null;
            };
            TestThreads.PLATFORM.run(List.of(reader, reader, () -> {
                try {
                    for (int round = 0; round < 1_000; round++) {
                        AutoCloseable installation = GlobalMetrics.install(installed);
                        assertThat(GlobalMetrics.get()).isSameAs(installed);
                        installation.close();
                        assertThat(GlobalMetrics.get()).isNotSameAs(installed);
                        GlobalMetrics.registerMetric("m", MetricType.COUNTER);
                        GlobalMetrics.reset();
                        assertThat(GlobalMetrics.collect("m", 1)).as("a new collector without metrics").isFalse();
                    }
                    return null;
                }
                finally {
                    done.set(true);
                }
            }));
        }
    }

}
