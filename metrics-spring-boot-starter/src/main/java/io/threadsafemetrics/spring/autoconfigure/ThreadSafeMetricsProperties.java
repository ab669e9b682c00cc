package io.threadsafemetrics.spring.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.threadsafemetrics.AggregationType;
import io.threadsafemetrics.AlertState;
import io.threadsafemetrics.MetricType;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * What the properties say about the collector, its metrics and its alert rules. Ranges
 * are the core's own, checked at start.
 *
 * @param enabled Whether the starter does anything.
 * @param maxMetrics How many metrics there may be, 1 or more.
 * @param maxValues How many raw values a metric keeps, 1 or more.
 * @param retentionWindow How far back a metric remembers, longer than zero and at most
 * 3650 days. A number without a unit is in seconds.
 * @param maxTagSets How many series a metric may have, 1 or more. Values of further tag
 * sets go to one more series, overflow=true.
 * @param idleSeriesTtl After what time without a value a series is removed, zero for
 * never. A number without a unit is in seconds.
 * @param cleanupInterval How often what has expired is dropped and refusals are logged,
 * zero for never. A number without a unit is in seconds.
 * @param maxMemory How much memory the collector may hold, 64KB or more. A number without
 * a unit is in bytes.
 * @param relativeError How far a percentile may be off where raw values do not cover the
 * window, from 0.001 to 0.1.
 * @param clock Where time comes from. A coarse clock costs less and is right to within 10
 * ms.
 * @param metrics Metrics that exist from the start, by name. A name with other characters
 * than letters, digits and dashes is written in brackets.
 * @param alertInterval How often alert rules are evaluated, zero for never. A number
 * without a unit is in seconds.
 * @param alerts Alert rules, by name. A name with other characters than letters, digits
 * and dashes is written in brackets.
 * @since 0.1.0
 */
@ConfigurationProperties(ThreadSafeMetricsProperties.PREFIX)
public record ThreadSafeMetricsProperties(@DefaultValue("true") boolean enabled, @DefaultValue("1000") int maxMetrics,
        @DefaultValue("1000") int maxValues,
        @DefaultValue("5m") @DurationUnit(ChronoUnit.SECONDS) Duration retentionWindow,
        @DefaultValue("1000") int maxTagSets,
        @DefaultValue("1h") @DurationUnit(ChronoUnit.SECONDS) Duration idleSeriesTtl,
        @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS) Duration cleanupInterval,
        @DefaultValue("64MB") DataSize maxMemory, @DefaultValue("0.01") double relativeError,
        @DefaultValue("precise") Clock clock, @DefaultValue Map<String, Metric> metrics,
        @DefaultValue("5s") @DurationUnit(ChronoUnit.SECONDS) Duration alertInterval,
        @DefaultValue Map<String, Alert> alerts) {

    static final String PREFIX = "threadsafe-metrics";

    /**
     * Copies the maps, in their order.
     */
    public ThreadSafeMetricsProperties {
        metrics = copyOf(metrics);
        alerts = copyOf(alerts);
    }

    private static <V> Map<String, V> copyOf(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /**
     * Where time comes from.
     */
    public enum Clock {

        /** The JVM's own clock, read for each value. */
        PRECISE,

        /** A clock that a thread moves on every 10 milliseconds. */
        COARSE

    }

    /**
     * A metric that exists from the start.
     *
     * @param type What kind of metric it is. Required.
     * @param unit Unit of the values, for people.
     * @param description What the values are, for people.
     * @param maxValues How many raw values it keeps, 1 or more. By default the
     * collector's limit.
     * @param maxTagSets How many series it may have, 1 or more. By default the
     * collector's limit.
     * @param retentionWindow How far back it remembers, longer than zero and at most 3650
     * days. By default the collector's window. A number without a unit is in seconds.
     */
    public record Metric(@Nullable MetricType type, @Nullable String unit, @Nullable String description,
            @Nullable Integer maxValues, @Nullable Integer maxTagSets,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration retentionWindow) {

    }

    /**
     * An alert rule.
     *
     * @param metric Name of the metric. Required.
     * @param tags Tags that the series must have; an empty value matches series without
     * the key. By default all series.
     * @param aggregation Which figure is compared. By default the average, or the
     * percentile where one is given.
     * @param percentile Which percentile is compared, from 0 to 100. By default the 95th.
     * @param window How far back the rule looks, longer than zero and at most the
     * metric's retention window, which is the default. A number without a unit is in
     * seconds.
     * @param above Threshold above which the figure is a breach. Either this or below is
     * required.
     * @param below Threshold below which the figure is a breach. Either this or above is
     * required.
     * @param resolveAt Figure at which a firing rule resolves, at most above or at least
     * below. By default the threshold itself.
     * @param minCount How many values the window must hold, 1 or more. With fewer there
     * is no data.
     * @param holdFor How long the breach must last before the rule fires, zero or more. A
     * number without a unit is in seconds.
     * @param repeatEvery How often a firing rule is told again, longer than zero. By
     * default never. A number without a unit is in seconds.
     * @param onNoData What a window without data means, OK for no breach or FIRING for a
     * breach.
     * @param description What the rule is for, for people.
     * @param labels Texts that travel with the events of the rule, by key.
     */
    public record Alert(@Nullable String metric, @DefaultValue Map<String, String> tags,
            @Nullable AggregationType aggregation, @Nullable Double percentile,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration window, @Nullable Double above, @Nullable Double below,
            @Nullable Double resolveAt, @DefaultValue("1") long minCount,
            @DefaultValue("0s") @DurationUnit(ChronoUnit.SECONDS) Duration holdFor,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration repeatEvery, @DefaultValue("OK") AlertState onNoData,
            @Nullable String description, @DefaultValue Map<String, String> labels) {

        /**
         * Copies the maps, in their order.
         */
        public Alert {
            tags = copyOf(tags);
            labels = copyOf(labels);
        }

    }

}
