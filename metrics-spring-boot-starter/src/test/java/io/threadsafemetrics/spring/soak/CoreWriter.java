package io.threadsafemetrics.spring.soak;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.Timing;

/**
 * Records through the core's API, in all ways there are, as fast as it can.
 */
final class CoreWriter implements Tasks.Task {

    private static final int ROUNDS = 200;

    private static final AtomicLong ids = new AtomicLong();

    private static final Object BROKEN = new Object() {

        @Override
        public String toString() {
            throw new IllegalStateException("is not to be shown");
        }

    };

    private static final List<Map<String, String>> HOSTILE_TAGS = List.of(Map.of("größe \"q\"", "\\ {a=\"b\"}\n"),
            Map.of("le", "1", "quantile", "</script><img src=x onerror=alert(1)>"), Map.of("__name__", "", "a:b", "\0"),
            Map.of("half \ud800", "\ud800", "emoji \ud83d\ude00", "\udfff"),
            Map.of("a.b", "1", "a_b", "2", "a-b", "3"));

    private static final List<Map<String, String>> WRONG_TAGS = List.of(Map.of(" ", "blank"),
            Map.of("long", "x".repeat(257)), Collections.singletonMap("null", null),
            Collections.singletonMap(null, "null"), many(33, ""));

    private static final Map<String, Object> METADATA = metadata();

    private final ThreadSafeMetricsCollector collector;

    private final SoakMetrics metrics;

    private final Tally tally;

    private final Tags own;

    private final MetricSeries handle;

    private final List<Runnable> ways = List.of(this::ones, this::declared, this::durations, this::timed, this::counter,
            this::lastValues, this::described, this::flooded, this::hostile, this::refused, this::churned);

    private long round;

    CoreWriter(SoakMetrics metrics, Tally tally, int number) {
        this.collector = metrics.collector;
        this.metrics = metrics;
        this.tally = tally;
        this.own = Tags.of("writer", "" + number);
        this.handle = metrics.ones.series(Tags.of("writer", "" + number, "by", "handle"));
    }

    private static Map<String, String> many(int number, String value) {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < number; i++) {
            many.put("key" + i, value);
        }
        return many;
    }

    private static Map<String, Object> metadata() {
        Map<String, Object> metadata = new HashMap<>(many(20, "x".repeat(2000)));
        metadata.put("broken", BROKEN);
        metadata.put("half \ud800", "\ud800");
        metadata.put("null", null);
        return metadata;
    }

    @Override
    public void run() {
        for (int i = 0; i < ROUNDS; i++) {
            this.ways.forEach(Runnable::run);
            this.round++;
        }
    }

    private void count(ThreadSafeMetric metric, long value, boolean taken) {
        this.tally.of(metric.name()).add(value, taken);
    }

    private void ones() {
        count(this.metrics.ones, 1, this.handle.addValue(1));
        count(this.metrics.ones, 1, this.metrics.ones.addValue(1, this.own));
        count(this.metrics.ones, 1, this.metrics.ones.addValue(1));
    }

    private void declared() {
        long value = this.round % 1000;
        count(this.metrics.declared, value, this.collector.collect("soak.declared", value, this.own.asMap()));
    }

    private void durations() {
        long seconds = this.round % 100;
        count(this.metrics.durations, seconds,
                this.metrics.durations.addDuration(Duration.ofSeconds(seconds), this.own));
    }

    private void timed() {
        try (Timing timing = this.metrics.timed.startTimer(this.own)) {
            this.metrics.timed.record(timing::hashCode);
        }
        count(this.metrics.timed, 0, true); // these do not answer
        count(this.metrics.timed, 0, true);
    }

    private void counter() {
        count(this.metrics.counter, 2, this.metrics.counter.addValue(2, this.own));
    }

    private void lastValues() {
        count(this.metrics.gauge, 0, this.metrics.gauge.addValue(-this.round, this.own));
        count(this.metrics.rate, 0, this.metrics.rate.addValue(1));
    }

    private void described() {
        Map<String, Object> metadata = (this.round % 10 == 0) ? METADATA : Map.of("order", this.round);
        count(this.metrics.described, 3, this.metrics.described.addValue(3, this.own, metadata));
    }

    private void flooded() {
        if (this.round % 10 == 0) {
            Map<String, String> tags = Map.of("id", "customer-" + ids.incrementAndGet());
            count(this.metrics.flooded, 1, this.collector.collect("soak.flooded", 1, tags));
        }
    }

    private void hostile() {
        int turn = (int) (this.round % HOSTILE_TAGS.size());
        count(this.metrics.hostile, 1, this.collector.collect(this.metrics.hostile.name(), 1, HOSTILE_TAGS.get(turn)));
        count(this.metrics.hostile, 1, this.collector.collect(this.metrics.hostile.name(), 1, WRONG_TAGS.get(turn)));
    }

    private void refused() {
        count(this.metrics.ones, 1, this.metrics.ones.addValue(Double.NaN));
        count(this.metrics.ones, 1, this.handle.addValue(Double.POSITIVE_INFINITY));
        count(this.metrics.counter, 1, this.metrics.counter.addValue(-1));
        count(this.metrics.durations, 1, this.metrics.durations.addDuration(Duration.ofSeconds(-1)));
        count(this.metrics.ones, 1, this.collector.collect("soak.nobody registered this", 1));
        count(this.metrics.ones, 1, this.collector.collect(null, 1));
    }

    private void churned() {
        this.tally.of(SoakMetrics.CHURNED).add(1, this.collector.collect(SoakMetrics.CHURNED, 1, this.own.asMap()));
    }

}
