package io.threadsafemetrics;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Lifetime figures of a metric or of one series: everything since it was created or last
 * reset, taken in one instant.
 *
 * @param name the metric's name
 * @param type the metric's type
 * @param count number of values accepted
 * @param currentValue the running total of a {@link MetricType#COUNTER}, else the newest
 * value; null before the first value
 * @param totalValue sum of the values; stays 0 for {@link MetricType#GAUGE} and
 * {@link MetricType#RATE}
 * @param minValue smallest value; null before the first value
 * @param maxValue largest value; null before the first value
 * @param createdTime when it was created
 * @param lastUpdated when the last value came or it was reset, whichever is later;
 * {@code createdTime} before either
 * @param valuesStored raw values kept that are not older than the retention window
 * @param memoryUsageBytes retained heap in bytes, as accounted
 * @param seriesCount number of live series, the overflow series included
 * @since 0.1.0
 */
public record MetricStatistics(String name, MetricType type, long count, @Nullable Double currentValue,
        double totalValue, @Nullable Double minValue, @Nullable Double maxValue, Instant createdTime,
        Instant lastUpdated, int valuesStored, long memoryUsageBytes, int seriesCount) {

}
