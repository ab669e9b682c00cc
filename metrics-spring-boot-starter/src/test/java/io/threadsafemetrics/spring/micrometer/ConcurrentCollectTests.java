package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricStatistics;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.threadsafemetrics.spring.micrometer.CollectingRegistryTests.await;
import static org.assertj.core.api.Assertions.assertThat;

/** Meters that come and go while others record; the compatibility kit has no threads. */
@Timeout(60)
class ConcurrentCollectTests {

    private static final int THREADS = 4;

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.create();

    private final ThreadSafeMetricsMeterRegistry ours = ThreadSafeMetricsMeterRegistry.builder(this.collector)
        .interval(Duration.ofMillis(1))
        .build();

    private final CompositeMeterRegistry composite = new CompositeMeterRegistry().add(this.ours)
        .add(new SimpleMeterRegistry());

    private final ThreadSafeMetricsMeterBinder binder = new ThreadSafeMetricsMeterBinder(this.collector);

    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS + 1);

    @AfterEach
    void close() {
        this.executor.shutdownNow();
        this.binder.close();
        this.ours.close();
        this.collector.close();
    }

    private void inParallel(List<Callable<Void>> tasks) throws Exception {
        List<Future<Void>> futures = new ArrayList<>();
        tasks.forEach((task) -> futures.add(this.executor.submit(task)));
        for (Future<Void> future : futures) {
            future.get(60, TimeUnit.SECONDS);
        }
    }

    private List<Callable<Void>> threads(Callable<Void> task) {
        return new ArrayList<>(IntStream.range(0, THREADS).mapToObj((i) -> task).toList());
    }

    @RepeatedTest(50)
    void firstValuesOfAMeterFromManyThreadsAreAllCollected() throws Exception {
        inParallel(threads(() -> {
            for (int i = 0; i < 100; i++) {
                this.composite.timer("orders", "i", "" + i % 7).record(1, TimeUnit.SECONDS);
            }
            return null;
        }));
        MetricStatistics orders = this.collector.getMetricStatistics("orders").orElseThrow();
        assertThat(orders.count()).isEqualTo(THREADS * 100);
        assertThat(orders.totalValue()).isEqualTo(THREADS * 100);
        assertThat(orders.seriesCount()).isEqualTo(7);
    }

    @Test
    void metersThatComeAndGoWhileTheyRecordLeaveNothingBehind() throws Exception {
        this.binder.bindTo(this.composite);
        AtomicBoolean done = new AtomicBoolean();
        List<Callable<Void>> tasks = threads(() -> {
            for (int i = 0; i < 3_000; i++) {
                Timer timer = this.composite.timer("timer." + i % 3, "i", "" + i % 5);
                timer.record(1, TimeUnit.MILLISECONDS);
                Gauge.builder("gauge." + i % 3, () -> 1).register(this.composite);
                this.composite.counter("kept").increment();
                this.collector.metric(MetricDefinition.counter("own." + i % 50).build()).addValue(1);
                this.composite.remove(timer);
                timer.record(1, TimeUnit.MILLISECONDS);
                this.composite.find("gauge." + i % 3).gauges().forEach(this.composite::remove);
                this.collector.unregisterMetric("own." + i % 50);
            }
            done.set(true);
            return null;
        });
        tasks.add(() -> {
            while (!done.get()) {
                this.ours.sample();
                this.collector.getAllMetrics();
                this.collector.cleanupOldValues();
            }
            return null;
        });
        inParallel(tasks);
        this.composite.getMeters()
            .stream()
            .filter((meter) -> meter.getId().getName().matches("(timer|gauge).*"))
            .forEach(this.composite::remove);
        await(() -> this.collector.getAllMetrics()
            .keySet()
            .stream()
            .noneMatch((name) -> name.matches("(timer|gauge).*")));
        assertThat(this.composite.counter("kept").count()).isEqualTo(THREADS * 3_000);
        assertThat(this.collector.getMetricStatistics("kept").orElseThrow().totalValue()).isEqualTo(THREADS * 3_000);
        assertThat(this.collector.getSystemStatistics().collectionErrors()).isZero();
        Counter anew = this.composite.counter("timer.0");
        anew.increment();
        assertThat(this.collector.getMetricValue("timer.0")).hasValue(1);
    }

    @RepeatedTest(20)
    void closeWhileOthersRecordAndSampleLeavesNothingBehind() throws Exception {
        Timer timer = this.ours.timer("orders");
        Gauge.builder("level", () -> 1).register(this.ours);
        AtomicBoolean closed = new AtomicBoolean();
        List<Callable<Void>> tasks = threads(() -> {
            for (int i = 0; !closed.get() || i < 200; i++) {
                timer.record(1, TimeUnit.SECONDS);
                this.ours.counter("counter." + i % 10).increment();
                this.ours.sample();
            }
            return null;
        });
        tasks.add(() -> {
            this.ours.close();
            closed.set(true);
            return null;
        });
        inParallel(tasks);
        await(() -> this.collector.getAllMetrics().isEmpty());
        timer.record(1, TimeUnit.SECONDS);
        assertThat(this.collector.getAllMetrics()).isEmpty();
    }

}
