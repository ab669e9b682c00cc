package io.threadsafemetrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing is kept for a thread: 100,000 virtual ones leave as much behind as a single
 * one, but for the cells that were added where writers met.
 */
class ThreadMemoryTests {

    private static final boolean VIRTUAL = Runtime.version().feature() >= 21;

    private static final int THREADS = VIRTUAL ? 100_000 : 2_000;

    private static final int VALUES = 3; // of a thread

    /** Cells at most, as {@code Cells} bounds them, and what a small one takes. */
    private static final long GROWTH_BOUND = 8L * Runtime.getRuntime().availableProcessors() * 700;

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock);

    private final MemoryCheck memory = new MemoryCheck(this.collector, this.clock);

    private final MetricSeries series = this.collector.metric(MetricDefinition.histogram("a").build())
        .series(Tags.of("region", "eu"));

    private boolean record(int thread) {
        boolean accepted = true;
        for (int i = 0; i < VALUES; i++) {
            accepted &= this.series.addValue(thread % 100 + i);
        }
        assertThat(accepted).isTrue();
        return accepted;
    }

    /** Values stay, larger buffers of cells do not. */
    private void quieten() {
        this.clock.advance(Duration.ofSeconds(20));
        this.collector.cleanupOldValues();
    }

    @Test
    void manyThreadsLeaveNothingBehind() throws Exception {
        IntStream.range(0, THREADS).forEach(this::record);
        quieten();
        long reported = this.memory.check().estimatedMemoryBytes();
        long retained = this.memory.retained();
        this.collector.resetAllMetrics();
        List<Callable<Boolean>> tasks = IntStream.range(0, THREADS)
            .<Callable<Boolean>>mapToObj((thread) -> () -> record(thread))
            .toList();
        (VIRTUAL ? TestThreads.VIRTUAL : TestThreads.PLATFORM).run(tasks);
        quieten();
        assertThat(this.series.lifetime().count()).isEqualTo((long) THREADS * VALUES);
        assertThat(this.memory.check().estimatedMemoryBytes() - reported).isBetween(0L, GROWTH_BOUND);
        // the counters of what happened grow like the cells
        assertThat(this.memory.retained() - retained).isBetween(0L, 2 * GROWTH_BOUND);
    }

}
