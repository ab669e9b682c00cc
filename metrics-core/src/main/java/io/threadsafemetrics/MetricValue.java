package io.threadsafemetrics;

import java.time.Instant;
import java.util.Map;

/**
 * One recorded value.
 *
 * @param value the value: finite
 * @param timestamp when it was recorded: the wall clock at the query minus the value's
 * monotonic age
 * @param tags the tags of the series it went to
 * @param metadata what was recorded beside it, copied; empty where nothing was, or where
 * memory pressure dropped it
 * @since 0.1.0
 */
public record MetricValue(double value, Instant timestamp, Tags tags, Map<String, Object> metadata) {

    /**
     * Creates a value.
     * @param value the value
     * @param timestamp when it was recorded
     * @param tags the tags of its series
     * @param metadata what was recorded beside it, copied
     */
    public MetricValue {
        metadata = Metadata.unmodifiable(metadata);
    }

}
