package io.threadsafemetrics.spring.autoconfigure.micrometer;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.threadsafemetrics.spring.autoconfigure.InvalidPropertyException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Properties of the collection of what is recorded with Micrometer.
 *
 * @param enabled Whether to collect what is recorded with Micrometer.
 * @param include Names of the meters to collect, with * for any characters. By default
 * all.
 * @param exclude Names of meters not to collect, with * for any characters.
 * @param interval How often gauges and other meters that are only read are read, zero for
 * never. A number without a unit is in seconds.
 * @since 0.1.0
 */
@ConfigurationProperties(MicrometerCollectProperties.PREFIX)
public record MicrometerCollectProperties(@DefaultValue("true") boolean enabled, @DefaultValue List<String> include,
        @DefaultValue List<String> exclude, @DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS) Duration interval) {

    static final String PREFIX = "threadsafe-metrics.micrometer.collect";

    private static final Duration LONGEST_INTERVAL = Duration.ofDays(3650);

    /**
     * Copies and checks the values.
     * @throws InvalidPropertyException if a pattern is blank, or the interval negative or
     * longer than 3650 days
     */
    public MicrometerCollectProperties {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        checkPatterns("include", include);
        checkPatterns("exclude", exclude);
        if (interval.isNegative() || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new InvalidPropertyException(PREFIX + ".interval", interval,
                    "be between zero and " + LONGEST_INTERVAL);
        }
    }

    private static void checkPatterns(String property, List<String> patterns) {
        if (patterns.stream().anyMatch(String::isBlank)) {
            throw new InvalidPropertyException(PREFIX + "." + property, patterns, "not hold a blank pattern");
        }
    }

}
