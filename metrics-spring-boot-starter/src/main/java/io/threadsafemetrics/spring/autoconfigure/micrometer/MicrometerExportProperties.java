package io.threadsafemetrics.spring.autoconfigure.micrometer;

import java.util.List;

import io.threadsafemetrics.spring.autoconfigure.InvalidPropertyException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the export to Micrometer.
 *
 * @param enabled Whether to show the collected series as Micrometer meters.
 * @param percentiles Percentiles of the retention window to show of timers, histograms
 * and summaries, each from 0 to 100.
 * @since 0.1.0
 */
@ConfigurationProperties(MicrometerExportProperties.PREFIX)
public record MicrometerExportProperties(@DefaultValue("true") boolean enabled,
        @DefaultValue List<Double> percentiles) {

    static final String PREFIX = "threadsafe-metrics.micrometer.export";

    /**
     * Checks the percentiles.
     * @throws InvalidPropertyException if one is outside 0 to 100 or NaN
     */
    public MicrometerExportProperties {
        for (double percentile : percentiles) {
            if (!(percentile >= 0.0 && percentile <= 100.0)) {
                throw new InvalidPropertyException(PREFIX + ".percentiles", percentile, "be from 0 to 100");
            }
        }
        percentiles = List.copyOf(percentiles);
    }

}
