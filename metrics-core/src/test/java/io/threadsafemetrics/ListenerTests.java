package io.threadsafemetrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Listeners are told of series in order, and may do as they please meanwhile.
 */
class ListenerTests {

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.maxTagSets(2));

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.counter("a").build());

    private final Recorder recorder = new Recorder();

    @AfterEach
    void close() {
        this.collector.close();
    }

    private static Tags id(String id) {
        return Tags.of("id", id);
    }

    @Test
    void seriesAddedIsToldOncePerSeries() {
        this.collector.addListener(this.recorder);
        this.metric.addValue(1, id("1"));
        this.metric.addValue(1, id("1"));
        this.metric.series(id("2"));
        this.metric.addValue(1, id("3"));
        this.metric.addValue(1, id("4"));
        assertThat(this.recorder.events).containsExactly("added a {id=1}", "added a {id=2}", "added a {overflow=true}");
    }

    @Test
    void seriesRemovedIsToldOnReset() {
        this.collector.addListener(this.recorder);
        this.metric.addValue(1, id("1"));
        this.metric.reset();
        this.metric.addValue(1, id("1"));
        assertThat(this.recorder.events).containsExactly("added a {id=1}", "removed a {id=1}", "added a {id=1}");
    }

    @Test
    void seriesRemovedIsToldOnUnregister() {
        this.collector.addListener(this.recorder);
        this.metric.addValue(1);
        this.collector.unregisterMetric("a");
        assertThat(this.recorder.events).containsExactly("added a {}", "removed a {}");
    }

    @Test
    void seriesRemovedIsToldWhenIdle() {
        this.collector.addListener(this.recorder);
        this.metric.addValue(1);
        this.clock.advance(Duration.ofHours(1));
        this.collector.cleanupOldValues();
        assertThat(this.recorder.events).containsExactly("added a {}", "removed a {}");
    }

    @Test
    void closeHoldsNoLockWhileItTells() {
        Recorder told = new Recorder();
        ThreadSafeMetricsCollector closing = TestCollectors.create(this.clock,
                (limits) -> limits.cleanupInterval(Duration.ofMinutes(1)));
        ThreadSafeMetric first = closing.metric(MetricDefinition.counter("a").build());
        first.addValue(1, id("idle"));
        this.clock.advance(Duration.ofHours(2));
        first.addValue(1, id("new")); // brought home by the close, which then cleans up
        closing.addListener(new MetricsListener() {
            @Override
            public void seriesRemoved(ThreadSafeMetric metric, MetricSeries series) {
                Thread other = new Thread(() -> closing.registerMetric("b", MetricType.COUNTER));
                other.setDaemon(true);
                other.start();
                try {
                    other.join(TimeUnit.SECONDS.toMillis(5));
                }
                catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
                told.events.add(series.tags() + (other.isAlive() ? " in vain" : ""));
            }
        });
        closing.close();
        assertThat(told.events).containsExactly("{id=idle}");
    }

    @Test
    void theSeriesToldOfIsTheSameObject() {
        List<MetricSeries> told = new ArrayList<>();
        this.collector.addListener(new MetricsListener() {
            @Override
            public void seriesAdded(ThreadSafeMetric metric, MetricSeries series) {
                told.add(series);
            }

            @Override
            public void seriesRemoved(ThreadSafeMetric metric, MetricSeries series) {
                told.add(series);
            }
        });
        MetricSeries handle = this.metric.series(id("1"));
        this.metric.reset();
        assertThat(told).hasSize(2).allSatisfy((series) -> assertThat(series).isSameAs(handle));
    }

    @Test
    void aListenerIsAddedOnceAndRemoved() {
        this.collector.addListener(this.recorder);
        this.collector.addListener(this.recorder);
        this.metric.addValue(1, id("1"));
        assertThat(this.collector.removeListener(this.recorder)).isTrue();
        assertThat(this.collector.removeListener(this.recorder)).isFalse();
        this.metric.addValue(1, id("2"));
        assertThat(this.recorder.events).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> this.collector.addListener(null))
            .withMessage("'listener' must not be null");
    }

    @Test
    void aListenerThatThrowsDoesNotHarmTheNextOne() {
        this.collector.addListener(onAdded((metric, series) -> {
            throw new AssertionError("from the listener");
        }));
        this.collector.addListener(this.recorder);
        assertThat(this.metric.addValue(1)).isTrue();
        assertThat(this.recorder.events).containsExactly("added a {}");
        assertThat(this.collector.getSystemStatistics().collectionErrors()).isEqualTo(1);
    }

    @Test
    void aListenerMayRecordAskAndReset() {
        this.collector.addListener(onAdded((metric, series) -> {
            metric.addValue(1, id("from the listener"));
            metric.window(Duration.ofSeconds(1));
            if (series.tags().equals(id("2"))) {
                metric.reset();
            }
        }));
        this.collector.addListener(this.recorder);
        this.metric.addValue(1, id("1"));
        assertThat(this.recorder.events).containsExactly("added a {id=1}", "added a {id=from the listener}");
        assertThat(this.metric.getStatistics().count()).isEqualTo(3);
    }

    @Test
    void anotherThreadMayRecordWhileAListenerIsTold() {
        List<Boolean> recorded = Collections.synchronizedList(new ArrayList<>());
        this.collector.addListener(onAdded((metric, series) -> {
            if (series.tags().isEmpty()) {
                Thread other = new Thread(() -> {
                    recorded.add(metric.addValue(5));
                    recorded.add(metric.addValue(5, id("other")));
                    recorded.add(metric.window(Duration.ofSeconds(1)).count() == 3);
                });
                other.start();
                join(other);
            }
        }));
        this.collector.addListener(this.recorder);
        this.metric.addValue(1);
        assertThat(recorded).containsExactly(true, true, true);
        assertThat(this.recorder.events).containsExactly("added a {}", "added a {id=other}");
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(20));
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static MetricsListener onAdded(BiConsumer<ThreadSafeMetric, MetricSeries> action) {
        return new MetricsListener() {
            @Override
            public void seriesAdded(ThreadSafeMetric metric, MetricSeries series) {
                action.accept(metric, series);
            }
        };
    }

    private static final class Recorder implements MetricsListener {

        private final List<String> events = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void seriesAdded(ThreadSafeMetric metric, MetricSeries series) {
            this.events.add("added " + metric.name() + " " + series.tags());
        }

        @Override
        public void seriesRemoved(ThreadSafeMetric metric, MetricSeries series) {
            this.events.add("removed " + metric.name() + " " + series.tags());
        }

    }

}
