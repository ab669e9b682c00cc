package io.threadsafemetrics.sample.traffic;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How busy the built-in customers are.
 *
 * @param enabled whether there are any
 * @param visitsPerSecond how many visits there are at most, of up to four requests each:
 * 1 to 20
 */
@ConfigurationProperties("sample.traffic")
record TrafficProperties(@DefaultValue("true") boolean enabled, @DefaultValue("2") int visitsPerSecond) {

    TrafficProperties {
        if (visitsPerSecond < 1 || visitsPerSecond > 20) {
            throw new IllegalArgumentException(
                    "'sample.traffic.visits-per-second' must be 1 to 20 but was " + visitsPerSecond);
        }
    }

    Duration pause() {
        return Duration.ofSeconds(1).dividedBy(this.visitsPerSecond);
    }

}
