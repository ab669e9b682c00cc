package io.threadsafemetrics.spring.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * A meter to be registered.
 *
 * @param id what it is, before any filter
 * @param registration registers it
 * @param measured what it measures: registries hold it weakly, so whoever registers must
 * keep it
 */
record MeterRequest(Meter.Id id, Registration registration, Object measured) {

    /** Registers a meter. */
    @FunctionalInterface
    interface Registration {

        Meter register(MeterRegistry registry);

    }

}
