package io.threadsafemetrics.spring.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.threadsafemetrics.Bucket;
import io.threadsafemetrics.MetricStatistics;
import io.threadsafemetrics.SystemStatistics;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ValueQuery;
import io.threadsafemetrics.WindowSnapshot;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks the core's API, and holds each answer against what the writers count meanwhile.
 */
final class CoreReader implements Tasks.Task {

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final SoakMetrics metrics;

    private final Tally tally;

    /** How many values may be recorded and not yet counted. */
    private final int inFlight;

    CoreReader(SoakMetrics metrics, Tally tally, int inFlight) {
        this.metrics = metrics;
        this.tally = tally;
        this.inFlight = inFlight;
    }

    @Override
    public void run() {
        windows();
        this.metrics.summed().forEach(this::lifetime);
        this.metrics.counted().forEach(this::lifetime);
        system();
        this.metrics.collector.getAllMetrics()
            .forEach((name, statistics) -> assertThat(statistics.name()).isEqualTo(name));
    }

    private void windows() {
        ThreadSafeMetric ones = this.metrics.ones;
        holdsOnesOnly(ones.window(WINDOW));
        holdsOnesOnly(ones.window(Duration.ofMillis(1)));
        holdsOnesOnly(ones.window(Instant.MIN, Instant.MAX, Tags.of("by", "handle")));
        ones.windowBy("writer", WINDOW, Tags.empty()).values().forEach(CoreReader::holdsOnesOnly);
        ones.timeline(WINDOW, WINDOW.dividedBy(50), Tags.empty()).forEach(CoreReader::holdsOnesOnly);
        assertThat(ones.values(ValueQuery.newest(100))).allMatch((value) -> value.value() == 1);
        holdsOnesOnly(this.metrics.flooded.window(WINDOW));
        this.metrics.flooded.windowBy("id", WINDOW, Tags.empty()).values().forEach(CoreReader::holdsOnesOnly);
        this.metrics.described.values(ValueQuery.largest(10).window(WINDOW));
    }

    private static void holdsOnesOnly(WindowSnapshot snapshot) {
        long count = snapshot.count();
        assertThat(snapshot.sum()).as("sum of as many ones").isEqualTo(count);
        assertThat(snapshot.buckets().stream().mapToLong(Bucket::count).sum()).as("count of buckets").isEqualTo(count);
        if (count > 0) {
            assertThat(List.of(snapshot.min().orElse(0), snapshot.percentile(99).orElse(0), snapshot.max().orElse(0)))
                .containsOnly(1.0);
        }
    }

    private void lifetime(ThreadSafeMetric metric) {
        Tally.Account account = this.tally.of(metric.name());
        long before = account.accepted();
        MetricStatistics statistics = metric.getStatistics();
        assertThat(statistics.count()).as("values of " + metric.name())
            .isBetween(before, account.accepted() + this.inFlight);
    }

    private void system() {
        long before = this.tally.accepted();
        long refusedBefore = this.tally.refused();
        SystemStatistics system = this.metrics.collector.getSystemStatistics();
        assertThat(system.totalValuesCollected()).as("values collected").isGreaterThanOrEqualTo(before);
        assertThat(system.rejectedValues()).as("values refused")
            .isBetween(refusedBefore, this.tally.refused() + this.inFlight);
        assertThat(system.estimatedMemoryBytes()).as("bytes").isLessThanOrEqualTo(system.maxMemoryBytes());
        assertThat(system.collectionErrors()).as("errors").isZero();
    }

}
