package io.threadsafemetrics.sample.fleet;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fast this instance of a fleet is. Its latencies are log-normal.
 *
 * @param enabled whether it is part of a fleet
 * @param region where it stands
 * @param typicalMillis the median of its latencies in milliseconds, above 0
 * @param spread the standard deviation of their logarithm, 0 to 3
 * @param valuesPerSecond how many there are in a second: 50 to 10,000
 */
@ConfigurationProperties("sample.fleet")
record FleetProperties(@DefaultValue("false") boolean enabled, @DefaultValue("eu") String region,
        @DefaultValue("20") double typicalMillis, @DefaultValue("0.5") double spread,
        @DefaultValue("1000") int valuesPerSecond) {

    FleetProperties {
        if (!(typicalMillis > 0 && typicalMillis <= 1e6)) {
            throw new IllegalArgumentException(
                    "'sample.fleet.typical-millis' must be above 0 and at most 1000000 but was " + typicalMillis);
        }
        if (!(spread >= 0 && spread <= 3)) {
            throw new IllegalArgumentException("'sample.fleet.spread' must be 0 to 3 but was " + spread);
        }
        if (valuesPerSecond < 50 || valuesPerSecond > 10_000) {
            throw new IllegalArgumentException(
                    "'sample.fleet.values-per-second' must be 50 to 10000 but was " + valuesPerSecond);
        }
    }

}
