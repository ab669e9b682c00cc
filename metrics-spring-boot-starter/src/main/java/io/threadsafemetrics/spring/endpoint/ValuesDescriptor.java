package io.threadsafemetrics.spring.endpoint;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.threadsafemetrics.MetricValue;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ValueQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Single values of a metric.
 *
 * @param name the metric's name
 * @param values the values in the order asked for
 * @since 0.1.0
 */
public record ValuesDescriptor(String name, List<Value> values) implements OperationResponseBody {

    static ValuesDescriptor of(ThreadSafeMetric metric, ValueQuery query, boolean withMetadata) {
        return new ValuesDescriptor(metric.name(),
                metric.values(query).stream().map((value) -> Value.of(value, withMetadata)).toList());
    }

    /**
     * A value, see {@link MetricValue}.
     *
     * @param value the value
     * @param timestamp when it was recorded
     * @param tags the tags of its series
     * @param metadata what was recorded beside it: texts, truth values and finite
     * numbers, all else as its text; null, and absent from the JSON, where it may not be
     * shown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Value(double value, Instant timestamp, Map<String, String> tags,
            @Nullable Map<String, Object> metadata) {

        static Value of(MetricValue value, boolean withMetadata) {
            return new Value(value.value(), value.timestamp(), value.tags().asMap(),
                    withMetadata ? plain(value.metadata()) : null);
        }

        private static Map<String, Object> plain(Map<String, Object> metadata) {
            Map<String, Object> plain = new LinkedHashMap<>();
            metadata.forEach((key, value) -> plain.put(key, plain(value)));
            return plain;
        }

        private static Object plain(Object value) {
            boolean json = value instanceof Boolean
                    || (value instanceof Number number && Double.isFinite(number.doubleValue()));
            return json ? value : (value instanceof Enum<?> constant) ? constant.name() : value.toString();
        }

    }

}
