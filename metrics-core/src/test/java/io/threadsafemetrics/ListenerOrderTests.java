package io.threadsafemetrics;

import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What listeners are told when many threads start and end series. */
class ListenerOrderTests {

    private static final int ROUNDS = 3_000;

    @Test
    void deliverByTwoThreadsAtOnceStrandsNoEvent() throws Exception {
        UnexpectedErrors errors = new UnexpectedErrors(false);
        ListenerNotifier notifier = new ListenerNotifier(errors);
        notifier.add(new MetricsListener() {
        });
        AtomicLong told = new AtomicLong();
        AtomicLong arrived = new AtomicLong();
        AtomicBoolean failed = new AtomicBoolean();
        Callable<Void> task = () -> {
            for (int round = 1; round <= 100_000 && !failed.get(); round++) {
                arrive(arrived, 4L * round - 2);
                notifier.enqueue((listener) -> told.incrementAndGet());
                notifier.deliver();
                arrive(arrived, 4L * round);
                if (told.get() < 2L * round) {
                    failed.set(true);
                }
            }
            return null;
        };
        TestThreads.PLATFORM.run(List.of(task, task));
        assertThat(failed).as("an event was stranded").isFalse();
        assertThat(errors.count()).isZero();
    }

    /** Spins, since waking a thread takes longer than the race that is looked for. */
    private static void arrive(AtomicLong arrived, long all) {
        arrived.incrementAndGet();
        for (int spins = 0; arrived.get() < all; spins++) {
            if (spins > 1_000) {
                Thread.yield();
            }
        }
    }

    @Test
    void seriesThatComeAndGoAreToldInOrder() throws Exception {
        try (ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.create()) {
            Recorder recorder = new Recorder();
            collector.addListener(recorder);
            ThreadSafeMetric metric = collector.metric(MetricDefinition.counter("c").build());
            Callable<Void> writer = () -> {
                for (int i = 0; i < ROUNDS; i++) {
                    metric.addValue(1, Tags.of("k", "" + i % 7));
                    metric.series(Tags.of("k", "" + i % 5)).addValue(1);
                }
                return null;
            };
            Callable<Void> resetter = () -> {
                for (int i = 0; i < ROUNDS; i++) {
                    metric.reset();
                }
                return null;
            };
            TestThreads.PLATFORM.run(List.of(writer, writer, writer, resetter));
            assertThat(recorder.wrongOrder).hasValue(0);
            assertThat(recorder.atOnce).hasValue(0);
            assertThat(recorder.live)
                .containsExactlyInAnyOrderElementsOf(metric.series().stream().map(MetricSeries::tags).toList());
            assertThat(collector.getSystemStatistics().collectionErrors()).isZero();
        }
    }

    /** Else who records, or asks, would tell for ever what others cause. */
    @Test
    void threadThatStartsASeriesTellsABoundedNumberOfEventsAndAnotherOneTheRest() throws Exception {
        int all = 3 * ListenerNotifier.TURN;
        try (ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder().maxTagSets(all).build()) {
            ThreadSafeMetric metric = collector.metric(MetricDefinition.counter("c").build());
            Queue<Integer> told = new ConcurrentLinkedQueue<>();
            AtomicInteger toldHere = new AtomicInteger();
            CountDownLatch done = new CountDownLatch(all);
            Thread here = Thread.currentThread();
            collector.addListener(new MetricsListener() {
                @Override
                public void seriesAdded(ThreadSafeMetric of, MetricSeries series) {
                    int number = Integer.parseInt(series.tags().asMap().get("k"));
                    told.add(number);
                    toldHere.addAndGet((Thread.currentThread() == here) ? 1 : 0);
                    if (number + 1 < all) {
                        metric.series(Tags.of("k", "" + (number + 1))); // more to tell
                    }
                    done.countDown();
                }
            });
            metric.addValue(1, Tags.of("k", "0"));
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(toldHere).hasValue(ListenerNotifier.TURN);
            assertThat(told).containsExactlyElementsOf(IntStream.range(0, all).boxed().toList());
        }
    }

    private static final class Recorder implements MetricsListener {

        private final Set<Tags> live = new HashSet<>();

        private final AtomicInteger wrongOrder = new AtomicInteger();

        private final AtomicInteger atOnce = new AtomicInteger();

        private final AtomicInteger inside = new AtomicInteger();

        @Override
        public void seriesAdded(ThreadSafeMetric metric, MetricSeries series) {
            change(() -> this.live.add(series.tags()));
        }

        @Override
        public void seriesRemoved(ThreadSafeMetric metric, MetricSeries series) {
            change(() -> this.live.remove(series.tags()));
        }

        private void change(BooleanSupplier change) {
            if (this.inside.incrementAndGet() > 1) {
                this.atOnce.incrementAndGet();
            }
            Thread.yield(); // gives another thread the chance to be here, too
            if (!change.getAsBoolean()) {
                this.wrongOrder.incrementAndGet();
            }
            this.inside.decrementAndGet();
        }

    }

}
