package io.threadsafemetrics.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which alert rules about the collector itself there are.
 *
 * @param memory of its memory
 * @param rejected of values that it refused
 * @param overflow of values without a series of their own
 * @since 0.1.0
 */
@ConfigurationProperties("threadsafe-metrics.alerts-builtin")
public record BuiltInAlertProperties(@DefaultValue Memory memory, @DefaultValue Rejected rejected,
        @DefaultValue Overflow overflow) {

    /**
     * The rule of the collector's memory.
     *
     * @param enabled Whether to alert when more than 90 % of the collector's memory is
     * taken.
     */
    public record Memory(@DefaultValue("true") boolean enabled) {

    }

    /**
     * The rule of refused values.
     *
     * @param enabled Whether to alert when values were refused in the last 5 minutes.
     */
    public record Rejected(@DefaultValue("true") boolean enabled) {

    }

    /**
     * The rule of values without a series of their own.
     *
     * @param enabled Whether to alert when values went to a series overflow=true in the
     * last 5 minutes.
     */
    public record Overflow(@DefaultValue("true") boolean enabled) {

    }

}
