package io.threadsafemetrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The budget holds at each moment while writers are at work, not just afterwards.
 */
class MemoryUnderLoadTests {

    private static final int ROUNDS = 60_000;

    private final ManualClock clock = new ManualClock();

    private final AtomicInteger writing = new AtomicInteger(2);

    private ThreadSafeMetricsCollector collector;

    private boolean write(int seed) {
        Random random = new Random(seed);
        try {
            for (int i = 0; i < ROUNDS; i++) {
                String name = "metric." + random.nextInt(200);
                if (i % 20 == 0) {
                    this.collector.registerMetric(name, MetricType.HISTOGRAM);
                }
                if (i % 5_000 == 0) {
                    this.collector.unregisterMetric(name);
                }
                Map<String, String> tags = Map.of("id", "" + random.nextInt(500));
                Map<String, String> metadata = (i % 3 == 0) ? Map.of("body", "x".repeat(random.nextInt(1000))) : null;
                for (int value = 0; value < 3; value++) {
                    this.collector.collect(name, Math.exp(5 * random.nextGaussian()), tags, metadata);
                }
                if (i % 1000 == 0) {
                    this.clock.advance(Duration.ofSeconds(1));
                }
            }
            return true;
        }
        finally {
            this.writing.decrementAndGet();
        }
    }

    private long largestSeen(long maxMemoryBytes) {
        long largest = 0;
        while (this.writing.get() > 0) {
            long bytes = this.collector.getSystemStatistics().estimatedMemoryBytes();
            assertThat(bytes).isBetween(0L, maxMemoryBytes);
            largest = Math.max(largest, bytes);
        }
        return largest;
    }

    @ParameterizedTest
    @ValueSource(longs = { 100_000, 1_000_000, 4_000_000 })
    void bytesReportedWhileTwoThreadsWrite(long maxMemoryBytes) throws Exception {
        this.collector = TestCollectors.create(this.clock,
                (limits) -> limits.maxMemoryBytes(maxMemoryBytes).maxTagSets(100_000).maxValues(100_000));
        long[] largest = new long[1];
        try (ThreadSafeMetricsCollector closed = this.collector) {
            TestThreads.PLATFORM.run(List.<Callable<?>>of(() -> write(1), () -> write(2),
                    () -> largest[0] = largestSeen(maxMemoryBytes)));
            assertThat(largest[0]).isGreaterThan(maxMemoryBytes / 2);
            new MemoryCheck(closed, this.clock).check();
        }
    }

}
