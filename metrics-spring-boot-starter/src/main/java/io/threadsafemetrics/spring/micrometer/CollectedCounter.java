package io.threadsafemetrics.spring.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.cumulative.CumulativeCounter;

/**
 * A counter whose increments go to the collector, too.
 */
final class CollectedCounter extends CumulativeCounter implements Collected {

    private final SeriesSink sink;

    CollectedCounter(Meter.Id id, SeriesSink sink) {
        super(id);
        this.sink = sink;
    }

    @Override
    public void increment(double amount) {
        super.increment(amount);
        this.sink.record(amount);
    }

    @Override
    public SeriesSink sink() {
        return this.sink;
    }

}
