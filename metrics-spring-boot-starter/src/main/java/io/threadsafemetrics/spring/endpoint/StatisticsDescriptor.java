package io.threadsafemetrics.spring.endpoint;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.threadsafemetrics.MetricStatistics;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetric;
import org.jspecify.annotations.Nullable;

/**
 * Lifetime figures of a metric, see {@link MetricStatistics}. What has no value is null,
 * and absent from the JSON.
 *
 * @param name the metric's name
 * @param type the metric's type
 * @param count number of values accepted
 * @param currentValue the running total of a counter, else the newest value
 * @param totalValue sum of the values; 0 for a gauge or a rate
 * @param minValue smallest value
 * @param maxValue largest value
 * @param createdTime when the metric was created
 * @param lastUpdated when the last value came or it was reset
 * @param valuesStored raw values kept
 * @param memoryUsageBytes retained heap in bytes
 * @param seriesCount number of live series
 * @param unit the unit of its values, where several metrics are shown and one is given
 * @param retentionWindow how far back it remembers, such as PT5M, where several metrics
 * are shown
 * @param window the figures of a window, where several metrics are asked for theirs
 * @param trend the window in steps, where several metrics are asked for theirs
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatisticsDescriptor(String name, MetricType type, long count, @Nullable Double currentValue,
        double totalValue, @Nullable Double minValue, @Nullable Double maxValue, Instant createdTime,
        Instant lastUpdated, int valuesStored, long memoryUsageBytes, int seriesCount, @Nullable String unit,
        @Nullable String retentionWindow, @Nullable WindowDescriptor window, @Nullable TrendDescriptor trend) {

    static StatisticsDescriptor of(MetricStatistics statistics) {
        return of(statistics, null, null, null, null);
    }

    /** As one of several metrics: with what is needed to read its figures. */
    static StatisticsDescriptor among(ThreadSafeMetric metric, MetricStatistics statistics,
            @Nullable WindowDescriptor window, @Nullable TrendDescriptor trend) {
        return of(statistics, metric.definition().unit(), String.valueOf(metric.definition().retentionWindow()), window,
                trend);
    }

    private static StatisticsDescriptor of(MetricStatistics statistics, @Nullable String unit,
            @Nullable String retentionWindow, @Nullable WindowDescriptor window, @Nullable TrendDescriptor trend) {
        return new StatisticsDescriptor(statistics.name(), statistics.type(), statistics.count(),
                statistics.currentValue(), statistics.totalValue(), statistics.minValue(), statistics.maxValue(),
                statistics.createdTime(), statistics.lastUpdated(), statistics.valuesStored(),
                statistics.memoryUsageBytes(), statistics.seriesCount(), unit, retentionWindow, window, trend);
    }

}
