package io.threadsafemetrics.spring.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;

/**
 * Keeps the meters of series out of a registry that shows the series in another way,
 * although the composite that it is part of hands them to all of its parts. Any thread
 * may use it.
 *
 * @since 0.1.0
 */
public final class OutgoingSeriesFilter implements MeterFilter {

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return Outgoing.isSeriesUnderWay() ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

}
