package io.threadsafemetrics.spring.micrometer;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.threadsafemetrics.spring.micrometer.CollectingRegistryTests.await;
import static org.assertj.core.api.Assertions.assertThat;

/** Nothing is kept alive for a meter, nor a meter, once their owner has dropped them. */
class CollectRetentionTests {

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.create();

    private @Nullable ThreadSafeMetricsMeterRegistry registry = ThreadSafeMetricsMeterRegistry.builder(this.collector)
        .interval(Duration.ZERO)
        .build();

    @AfterEach
    void close() {
        if (this.registry != null) {
            this.registry.close();
        }
        this.collector.close();
    }

    private static void awaitCollected(WeakReference<?> reference) throws InterruptedException {
        await(() -> {
            System.gc();
            return reference.get() == null;
        });
    }

    @Test
    void stateOfAMeterIsHeldWeakly() throws InterruptedException {
        AtomicLong state = new AtomicLong(5);
        Gauge.builder("gauge", state, AtomicLong::get).register(this.registry);
        TimeGauge.builder("gauge.time", state, TimeUnit.SECONDS, AtomicLong::get).register(this.registry);
        FunctionCounter.builder("counter", state, AtomicLong::get).register(this.registry);
        FunctionTimer.builder("timer", state, AtomicLong::get, AtomicLong::get, TimeUnit.SECONDS)
            .register(this.registry);
        this.registry.sample();
        WeakReference<AtomicLong> reference = new WeakReference<>(state);
        Reference.reachabilityFence(state);
        state = null;
        awaitCollected(reference);
        this.registry.sample();
        assertThat(this.collector.getMetricStatistics("gauge").orElseThrow().count()).isEqualTo(1);
        assertThat(this.collector.getMetricStatistics("counter").orElseThrow().totalValue()).isEqualTo(5);
        assertThat(this.registry.get("gauge").gauge().value()).isNaN();
    }

    @Test
    void strongReferenceIsHonoured() {
        Gauge.builder("gauge", new AtomicLong(5), AtomicLong::get).strongReference(true).register(this.registry);
        System.gc();
        this.registry.sample();
        assertThat(this.collector.getMetricValue("gauge")).hasValue(5);
    }

    @Test
    void removedMeterIsForgotten() throws InterruptedException {
        List<WeakReference<Meter>> references = new ArrayList<>();
        for (Meter meter : List.of(Counter.builder("counter").register(this.registry),
                Timer.builder("timer").register(this.registry), Gauge.builder("gauge", () -> 1).register(this.registry),
                LongTaskTimer.builder("tasks").register(this.registry))) {
            references.add(new WeakReference<>(meter));
        }
        this.registry.sample();
        await(() -> this.collector.getAllMetrics().size() == 6);
        this.registry.clear();
        await(() -> this.collector.getAllMetrics().isEmpty());
        for (WeakReference<Meter> reference : references) {
            awaitCollected(reference);
        }
    }

    @Test
    void registryThatIsClosedIsForgottenWhileTheCollectorLives() throws InterruptedException {
        this.registry.counter("counter").increment();
        Gauge.builder("gauge", () -> 1).register(this.registry);
        this.registry.sample();
        WeakReference<ThreadSafeMetricsMeterRegistry> reference = new WeakReference<>(this.registry);
        this.registry.close();
        this.registry = null;
        awaitCollected(reference);
    }

    @Test
    void collectorIsForgottenWithItsRegistry() throws InterruptedException {
        ThreadSafeMetricsCollector other = ThreadSafeMetricsCollector.create();
        ThreadSafeMetricsMeterRegistry its = ThreadSafeMetricsMeterRegistry.builder(other).build();
        its.counter("counter").increment();
        its.close();
        other.close();
        WeakReference<ThreadSafeMetricsCollector> reference = new WeakReference<>(other);
        other = null;
        its = null;
        awaitCollected(reference);
    }

}
