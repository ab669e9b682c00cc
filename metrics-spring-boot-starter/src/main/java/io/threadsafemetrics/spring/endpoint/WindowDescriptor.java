package io.threadsafemetrics.spring.endpoint;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.threadsafemetrics.WindowSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a span of time, see {@link WindowSnapshot}. What has no value is null,
 * and absent from the JSON.
 *
 * @param from start of the span, included
 * @param to end of the span
 * @param count number of values
 * @param sum sum of the values
 * @param min smallest value
 * @param max largest value
 * @param average arithmetic mean
 * @param rate values per second of the span, 0 below two values
 * @param percentiles percentiles by name, in the order asked for; empty without values
 * @param fractionAtMost which part of the values is at most the threshold asked for, from
 * 0 to 1
 * @param exact whether percentiles are exact
 * @param relativeError bound of the relative error of a percentile, 0 where exact
 * @param truncated whether the span starts later than asked
 * @param buckets how the values are spread, where asked for
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WindowDescriptor(Instant from, Instant to, long count, double sum, @Nullable Double min,
        @Nullable Double max, @Nullable Double average, double rate, Map<String, Double> percentiles,
        @Nullable Double fractionAtMost, boolean exact, double relativeError, boolean truncated,
        @Nullable List<BucketDescriptor> buckets) {

    static WindowDescriptor of(WindowSnapshot window, WindowQuestion question, boolean withBuckets) {
        Map<String, Double> percentiles = new LinkedHashMap<>();
        for (Percentile asked : question.percentiles()) {
            window.percentile(asked.value()).ifPresent((value) -> percentiles.put(asked.key(), value));
        }
        Double atMost = question.atMost();
        return new WindowDescriptor(window.from(), window.to(), window.count(), window.sum(), orNull(window.min()),
                orNull(window.max()), orNull(window.average()), window.rate(), percentiles,
                (atMost != null) ? orNull(window.fractionAtMost(atMost)) : null, window.exact(), window.relativeError(),
                window.truncated(), withBuckets ? window.buckets().stream().map(BucketDescriptor::of).toList() : null);
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

}
