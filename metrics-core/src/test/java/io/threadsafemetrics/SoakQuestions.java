package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Questions that readers ask during a soak, and what any answer to them keeps.
 */
final class SoakQuestions {

    private static final Duration RETENTION = SoakTraffic.RETENTION;

    private static final int WRITERS = SoakTraffic.WRITERS;

    private final SoakTraffic traffic;

    private final ThreadSafeMetric ones;

    private long collectedBefore;

    SoakQuestions(SoakTraffic traffic) {
        this.traffic = traffic;
        this.ones = traffic.ones;
    }

    /** Of values that are never reset and never expire: answers only grow. */
    void ofOnes() {
        WindowSnapshot before = this.ones.window(RETENTION);
        holdsOnesOnly(before);
        assertThat(Duration.between(before.from(), before.to())).as("span, whatever the wall clock does")
            .isBetween(RETENTION, RETENTION.multipliedBy(21).dividedBy(20));
        Map<String, WindowSnapshot> turns = this.ones.windowBy("turn", RETENTION, Tags.empty());
        turns.values().forEach(SoakQuestions::holdsOnesOnly);
        if (turns.size() == 2) {
            long ahead = turns.get("a").count() - turns.get("b").count();
            assertThat(ahead).as("values of turn a without one of turn b").isBetween(0L, (long) WRITERS);
        }
        List<WindowSnapshot> points = this.ones.timeline(RETENTION, RETENTION.dividedBy(100), Tags.of("turn", "a"));
        points.forEach(SoakQuestions::holdsOnesOnly);
        WindowSnapshot past = this.ones.window(Instant.MIN, Instant.MAX, Tags.empty());
        holdsOnesOnly(past);
        WindowSnapshot after = this.ones.window(RETENTION);
        assertThat(sum(turns.values())).isBetween(before.count(), after.count());
        assertThat(past.count()).isBetween(before.count(), after.count());
        assertThat(sum(points)).isBetween(before.count() / 2 - WRITERS, after.count() / 2 + WRITERS);
        MetricStatistics statistics = this.ones.getStatistics();
        holdsOnesOnly(statistics);
        assertThat(statistics.valuesStored()).as("raw values")
            .isEqualTo((int) Math.min(statistics.count(), SoakTraffic.MAX_VALUES));
        assertThat(statistics.seriesCount()).as("series")
            .isBetween((statistics.count() > 0) ? 1 : 0, 2 * SoakTraffic.WRITERS);
        assertThat(this.ones.values(ValueQuery.newest(1000))).hasSizeLessThanOrEqualTo(SoakTraffic.MAX_VALUES)
            .allMatch((value) -> value.value() == 1);
    }

    /** Of values that are reset, unregistered, expired, or in series that end. */
    void ofTheOthers() {
        ofAnySpan();
        MetricStatistics reset = this.traffic.reset.getStatistics();
        assertThat(reset.valuesStored()).as("raw values")
            .isEqualTo((int) Math.min(reset.count(), SoakTraffic.MAX_VALUES));
        assertThat(reset.seriesCount()).as("series").isBetween((reset.count() > 0) ? 1 : 0, WRITERS);
        this.traffic.described.values(ValueQuery.largest(10))
            .forEach((value) -> assertThat(value.metadata()).containsEntry("value", value.value()));
    }

    void ofAnySpan() {
        for (ThreadSafeMetric metric : List.of(this.ones, this.traffic.reset, this.traffic.crowded)) {
            holdsOnesOnly(metric.window(RETENTION));
            holdsOnesOnly(metric.window(Duration.ofMillis(1)));
            holdsOnesOnly(metric.getStatistics());
            metric.timeline(RETENTION, RETENTION.dividedBy(10), Tags.empty()).forEach(SoakQuestions::holdsOnesOnly);
        }
        this.traffic.crowded.windowBy("id", RETENTION, Tags.empty()).values().forEach(SoakQuestions::holdsOnesOnly);
        assertThat(this.traffic.crowded.series()).hasSizeLessThanOrEqualTo(SoakTraffic.MAX_TAG_SETS + 1);
        this.traffic.described.values(ValueQuery.newest(10)).forEach((value) -> {
            if (!value.metadata().isEmpty()) { // given up where the budget is small
                assertThat(value.metadata()).containsEntry("value", value.value());
            }
        });
        this.traffic.collector.findMetric("churned").ifPresent((metric) -> holdsOnesOnly(metric.window(RETENTION)));
    }

    /** By one reader alone. */
    void ofTheSystem() {
        long accepted = this.traffic.accepted();
        SystemStatistics system = this.traffic.collector.getSystemStatistics();
        assertThat(system.totalValuesCollected()).as("collected")
            .isBetween(Math.max(accepted, this.collectedBefore), this.traffic.accepted() + WRITERS);
        assertThat(system.estimatedMemoryBytes()).as("bytes").isLessThanOrEqualTo(system.maxMemoryBytes());
        this.collectedBefore = system.totalValuesCollected();
    }

    private static long sum(Iterable<WindowSnapshot> snapshots) {
        long sum = 0;
        for (WindowSnapshot snapshot : snapshots) {
            sum += snapshot.count();
        }
        return sum;
    }

    static void holdsOnesOnly(WindowSnapshot snapshot) {
        long count = snapshot.count();
        assertThat(snapshot.sum()).as("sum").isEqualTo(count);
        assertThat(snapshot.buckets().stream().mapToLong(Bucket::count).sum()).as("count of buckets").isEqualTo(count);
        if (count > 0) {
            assertThat(snapshot.min()).hasValue(1);
            assertThat(snapshot.max()).hasValue(1);
            assertThat(snapshot.percentile(50)).hasValue(1);
        }
    }

    static void holdsOnesOnly(MetricStatistics statistics) {
        assertThat(statistics.totalValue()).as("total").isEqualTo(statistics.count());
        Double one = (statistics.count() > 0) ? 1.0 : null;
        assertThat(statistics.minValue()).isEqualTo(one);
        assertThat(statistics.maxValue()).isEqualTo(one);
        assertThat(statistics.currentValue()).isEqualTo(one);
    }

}
