package io.threadsafemetrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What writers record during a soak, and what they were told about it.
 */
final class SoakTraffic {

    static final int WRITERS = 8;

    static final int MAX_VALUES = 100;

    static final int MAX_TAG_SETS = 20;

    /** So long that nothing expires. */
    static final Duration RETENTION = Duration.ofHours(2_000);

    private static final long IDS_LAST_NANOS = 50_000_000;

    private static final String TEXT = "x".repeat(500);

    final ThreadSafeMetricsCollector collector;

    /** Gets 1.0 only, from each writer in turns for its series a and b. */
    final ThreadSafeMetric ones;

    /** Gets a different value each time. */
    final ThreadSafeMetric different;

    /** Gets 1.0 only, and is reset all the time. */
    final ThreadSafeMetric reset;

    /** Gets 1.0 only, for more tag sets than it may have, which change all the time. */
    final ThreadSafeMetric crowded;

    /** Gets values with metadata that repeat them. */
    final ThreadSafeMetric described;

    private final Map<String, LongAdder> accepted = new ConcurrentHashMap<>();

    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

    private final AtomicLongArray rounds = new AtomicLongArray(WRITERS);

    SoakTraffic(ThreadSafeMetricsCollector collector) {
        this.collector = collector;
        this.ones = collector.metric(MetricDefinition.histogram("ones").build());
        this.different = collector.metric(MetricDefinition.histogram("different").build());
        this.reset = collector.metric(MetricDefinition.histogram("reset").build());
        this.crowded = collector.metric(MetricDefinition.histogram("crowded")
            .retentionWindow(Duration.ofSeconds(20))
            .maxTagSets(MAX_TAG_SETS)
            .build());
        this.described = collector.metric(MetricDefinition.histogram("described").maxValues(10_000).build());
        collector.registerMetric("churned", MetricType.HISTOGRAM);
    }

    void write(int writer, BooleanSupplier goesOn, OwnCheck check) {
        Tags own = own(writer);
        Tags a = Tags.of("writer", "" + writer, "turn", "a");
        Tags b = Tags.of("writer", "" + writer, "turn", "b");
        MetricSeries handle = this.ones.series(b);
        for (long round = 0; goesOn.getAsBoolean(); round++) {
            count("ones", this.ones.addValue(1, a));
            count("ones", handle.addValue(1));
            count("different", this.different.addValue(writer + WRITERS * (double) round, own));
            count("reset", this.reset.addValue(1, own));
            count("churned", this.collector.collect("churned", 1, own.asMap()));
            count("crowded", this.crowded.addValue(1, Tags.of("id", "" + anyId())));
            count("described", this.described.addValue(round, own, Map.of("value", (double) round, "text", TEXT)));
            this.rounds.set(writer, round + 1);
            if (round % 100 == 0) {
                check.check(writer);
            }
        }
    }

    /** Ids that come and go: a series falls silent, ends, and gives room to another. */
    private static long anyId() {
        long epoch = System.nanoTime() / IDS_LAST_NANOS;
        return epoch * MAX_TAG_SETS / 2 + ThreadLocalRandom.current().nextInt(2 * MAX_TAG_SETS);
    }

    private static Tags own(int writer) {
        return Tags.of("writer", "" + writer);
    }

    private void count(String name, boolean taken) {
        (taken ? this.accepted : this.refused).computeIfAbsent(name, (absent) -> new LongAdder()).increment();
    }

    /** For the writer itself, or when all have finished. */
    void ownValuesAreSeen(int writer) {
        long count = this.rounds.get(writer);
        Tags own = own(writer);
        assertThat(this.ones.window(RETENTION, own).count()).as("own values").isEqualTo(2 * count);
        assertThat(this.different.window(RETENTION, own).count()).as("own values").isEqualTo(count);
        assertThat(this.different.series(own).lifetime().count()).as("own values").isEqualTo(count);
    }

    long accepted() {
        return sum(this.accepted);
    }

    long accepted(String name) {
        return this.accepted.get(name).sum();
    }

    long refused() {
        return sum(this.refused);
    }

    long refusedOf(String name) {
        LongAdder count = this.refused.get(name);
        return (count != null) ? count.sum() : 0;
    }

    private static long sum(Map<String, LongAdder> counts) {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    double sumOfDifferent() {
        double sum = 0;
        for (int writer = 0; writer < WRITERS; writer++) {
            double count = this.rounds.get(writer);
            sum += count * writer + WRITERS * count * (count - 1) / 2;
        }
        return sum;
    }

    double maxOfDifferent() {
        double max = 0;
        for (int writer = 0; writer < WRITERS; writer++) {
            max = Math.max(max, writer + WRITERS * (this.rounds.get(writer) - 1.0));
        }
        return max;
    }

    /** What a writer checks now and then. */
    interface OwnCheck {

        void check(int writer);

    }

}
