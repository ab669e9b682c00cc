package io.threadsafemetrics.spring.endpoint;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.WindowSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks about windows.
 *
 * @param window how far back, or null for the retention of the metric
 * @param percentiles which ones, at least one, without duplicates
 * @param filter which series
 * @param atMost the threshold of {@code fractionAtMost}, or null for none
 */
record WindowQuestion(@Nullable Duration window, List<Percentile> percentiles, Tags filter, @Nullable Double atMost) {

    static WindowQuestion parse(@Nullable Object window, @Nullable Object percentile, @Nullable Object tag,
            @Nullable Object atMost) {
        return new WindowQuestion(new Parameter("window", window).duration(), Percentile.parse(percentile),
                TagFilter.parse(tag), new Parameter("atMost", atMost).number());
    }

    static Duration retention(ThreadSafeMetric metric) {
        return Objects.requireNonNull(metric.definition().retentionWindow());
    }

    /** How far back to look in a metric: never beyond its retention. */
    Duration windowOf(ThreadSafeMetric metric) {
        Duration retention = retention(metric);
        return (this.window != null && this.window.compareTo(retention) < 0) ? this.window : retention;
    }

    double highestPercentile() {
        return this.percentiles.stream().map(Percentile::value).max(Comparator.naturalOrder()).orElseThrow();
    }

    WindowDescriptor ask(ThreadSafeMetric metric) {
        return describe(metric.window(windowOf(metric), this.filter));
    }

    WindowDescriptor describe(WindowSnapshot snapshot) {
        return WindowDescriptor.of(snapshot, this, false);
    }

}
