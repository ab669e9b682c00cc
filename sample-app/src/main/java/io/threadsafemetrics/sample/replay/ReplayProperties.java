package io.threadsafemetrics.sample.replay;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the recorded series is replayed.
 *
 * @param enabled whether it is replayed
 * @param speed how much faster than real time: 1 to 100,000
 */
@ConfigurationProperties("sample.replay")
record ReplayProperties(@DefaultValue("true") boolean enabled, @DefaultValue("4000") double speed) {

    ReplayProperties {
        if (!(speed >= 1 && speed <= 100_000)) {
            throw new IllegalArgumentException("'sample.replay.speed' must be 1 to 100000 but was " + speed);
        }
    }

}
