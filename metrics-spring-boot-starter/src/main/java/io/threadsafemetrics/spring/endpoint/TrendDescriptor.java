package io.threadsafemetrics.spring.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.WindowSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * How a metric went over a window, in columns, as it is asked of many metrics at once:
 * the elements with the same index belong together, oldest first. A point without values
 * has a count of 0 and null.
 *
 * @param from start of the first point
 * @param to end of each point, where the next one starts
 * @param count number of values
 * @param average arithmetic mean
 * @param highestPercentile the highest of the percentiles asked for
 * @since 0.1.0
 */
public record TrendDescriptor(Instant from, List<Instant> to, List<Long> count, List<@Nullable Double> average,
        List<@Nullable Double> highestPercentile) {

    static TrendDescriptor of(ThreadSafeMetric metric, WindowQuestion question, Duration step) {
        List<WindowSnapshot> points = metric.timeline(question.windowOf(metric), step, question.filter());
        double highest = question.highestPercentile();
        List<@Nullable Double> averages = new ArrayList<>(points.size());
        List<@Nullable Double> percentiles = new ArrayList<>(points.size());
        for (WindowSnapshot point : points) {
            averages.add(orNull(point.average()));
            percentiles.add(orNull(point.percentile(highest)));
        }
        return new TrendDescriptor(points.get(0).from(), points.stream().map(WindowSnapshot::to).toList(),
                points.stream().map(WindowSnapshot::count).toList(), averages, percentiles);
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

}
