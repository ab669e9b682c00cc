package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import io.threadsafemetrics.ValueModel.Entry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares a snapshot with all values of its span.
 */
final class SnapshotCheck {

    private static final long SECOND = 1_000_000_000L;

    private static final double[] PERCENTILES = { 0, 1, 25, 50, 90, 95, 99, 99.9, 100 };

    private final ValueModel model;

    private final String where;

    private final long now;

    private final Instant wallClock;

    private final long retention;

    SnapshotCheck(ValueModel model, String where, long now, Instant wallClock, long retention) {
        this.model = model;
        this.retention = retention;
        this.where = where;
        this.now = now;
        this.wallClock = wallClock;
    }

    long from(WindowSnapshot snapshot) {
        return this.now - Duration.between(snapshot.from(), this.wallClock).toNanos();
    }

    long to(WindowSnapshot snapshot) {
        return this.now - Duration.between(snapshot.to(), this.wallClock).toNanos();
    }

    long slack(long time) {
        return Math.max(SECOND, (this.now - time) / 20);
    }

    /** Checks an answer to a question of its own. */
    void check(WindowSnapshot snapshot, long askedFrom, long askedTo, Predicate<Tags> filter) {
        checkSpan(snapshot, askedFrom, askedTo);
        List<Entry> asked = this.model.between(askedFrom, askedTo, filter);
        if (this.model.areKeptRaw(asked) && (askedTo == this.now || !asked.isEmpty())) {
            assertThat(snapshot.exact()).as("exact, as all values are raw %s", this.where).isTrue();
            assertThat(from(snapshot)).as("exact start %s", this.where).isEqualTo(askedFrom);
            assertThat(to(snapshot)).as("exact end %s", this.where).isEqualTo(askedTo);
        }
        checkFigures(snapshot, this.model.between(from(snapshot), to(snapshot), filter));
    }

    void checkSpan(WindowSnapshot snapshot, long askedFrom, long askedTo) {
        assertThat(askedFrom - from(snapshot)).as("slack at the start %s", this.where).isBetween(0L, slack(askedFrom));
        assertThat(to(snapshot) - askedTo).as("slack at the end %s", this.where)
            .isBetween(0L, Math.min(slack(askedTo), this.now - askedTo));
    }

    /** Checks the figures against the values of the span that they are for. */
    void checkFigures(WindowSnapshot snapshot, List<Entry> entries) {
        double[] sorted = entries.stream().mapToDouble(Entry::value).toArray();
        Arrays.sort(sorted);
        checkFigures(snapshot, sorted, this.model.areKeptRaw(entries));
    }

    void checkFigures(WindowSnapshot snapshot, double[] sorted, boolean keptRaw) {
        assertThat(snapshot.truncated()).as("truncated %s", this.where).isFalse();
        assertThat(snapshot.count()).as("count %s", this.where).isEqualTo(sorted.length);
        assertThat(snapshot.buckets().stream().mapToLong(Bucket::count).sum()).as("buckets %s", this.where)
            .isEqualTo(sorted.length);
        double seconds = Duration.between(snapshot.from(), snapshot.to()).toNanos() / 1e9;
        assertThat(snapshot.rate()).as("rate %s", this.where)
            .isEqualTo((sorted.length < 2 || seconds == 0) ? 0 : sorted.length / seconds);
        if (sorted.length == 0) {
            assertThat(snapshot.sum()).as("sum %s", this.where).isZero();
            assertThat(snapshot.min()).as("min %s", this.where).isEmpty();
            assertThat(snapshot.max()).as("max %s", this.where).isEmpty();
            assertThat(snapshot.average()).as("average %s", this.where).isEmpty();
            assertThat(snapshot.percentile(50)).as("percentile %s", this.where).isEmpty();
            return;
        }
        double min = sorted[0];
        double max = sorted[sorted.length - 1];
        assertThat(snapshot.min()).as("min %s", this.where).hasValue(min);
        assertThat(snapshot.max()).as("max %s", this.where).hasValue(max);
        checkSum(snapshot, sorted);
        assertThat(snapshot.average().orElseThrow()).as("average %s", this.where)
            .isBetween(min, max)
            .isEqualTo(Math.min(Math.max(snapshot.sum() / snapshot.count(), min), max));
        // older values may have expired
        if (from(snapshot) >= this.now - this.retention) {
            assertThat(snapshot.exact()).as("exact where all is raw, only %s", this.where).isEqualTo(keptRaw);
        }
        if (snapshot.exact()) {
            assertThat(keptRaw).as("exact only where all is raw %s", this.where).isTrue();
            assertThat(snapshot.relativeError()).as("error %s", this.where).isZero();
        }
        else if (decades(sorted) <= 12) {
            assertThat(snapshot.relativeError()).as("error %s", this.where).isBetween(0.0, 0.01);
        }
        checkPercentiles(snapshot, sorted);
        checkFraction(snapshot, sorted);
    }

    private void checkSum(WindowSnapshot snapshot, double[] sorted) {
        double magnitude = Arrays.stream(sorted).map(Math::abs).sum();
        assertThat(snapshot.sum()).as("sum %s", this.where).isFinite();
        if (Double.isFinite(magnitude)) {
            assertThat(Math.abs(snapshot.sum() - Arrays.stream(sorted).sum())).as("sum %s", this.where)
                .isLessThanOrEqualTo(1e-12 * magnitude);
        }
    }

    private void checkPercentiles(WindowSnapshot snapshot, double[] sorted) {
        for (double p : PERCENTILES) {
            double expected = sorted[(int) Math.min((long) (p / 100.0 * sorted.length), sorted.length - 1)];
            double actual = snapshot.percentile(p).orElseThrow();
            if (snapshot.exact()) {
                assertThat(actual).as("p%s %s", p, this.where).isEqualTo(expected);
            }
            else {
                // below the smallest normal number a histogram sees zeros
                double tolerance = snapshot.relativeError() * Math.abs(expected) * (1 + 1e-12);
                assertThat(Math.abs(actual - expected)).as("p%s = %s, true %s, %s", p, actual, expected, this.where)
                    .isLessThanOrEqualTo(Math.max(tolerance, Double.MIN_NORMAL));
                assertThat(actual).as("p%s %s", p, this.where).isBetween(sorted[0], sorted[sorted.length - 1]);
            }
        }
    }

    /** The part at most a value is between those at most one more and one less error. */
    private void checkFraction(WindowSnapshot snapshot, double[] sorted) {
        double threshold = sorted[sorted.length / 2];
        double slack = 2 * snapshot.relativeError() / Math.max(1 - snapshot.relativeError(), 1e-300)
                * Math.abs(threshold) * (1 + 1e-9) + (snapshot.exact() ? 0 : Double.MIN_NORMAL);
        double low = Arrays.stream(sorted).filter((value) -> value <= threshold - slack).count();
        double high = Arrays.stream(sorted).filter((value) -> value <= threshold + slack).count();
        assertThat(snapshot.fractionAtMost(threshold).orElseThrow()).as("fraction at most %s %s", threshold, this.where)
            .isBetween(low / sorted.length * (1 - 1e-12), Math.min(1, high / sorted.length * (1 + 1e-12)));
    }

    private static double decades(double[] sorted) {
        double max = Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
        double min = max;
        for (double value : sorted) {
            double magnitude = Math.abs(value);
            min = (magnitude >= Double.MIN_NORMAL) ? Math.min(min, magnitude) : min;
        }
        return Math.log10(max) - Math.log10(min);
    }

}
