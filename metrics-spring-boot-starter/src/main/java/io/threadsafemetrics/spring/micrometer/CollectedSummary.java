package io.threadsafemetrics.spring.micrometer;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.cumulative.CumulativeDistributionSummary;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;

/**
 * A distribution summary whose values go to the collector, too.
 */
final class CollectedSummary extends CumulativeDistributionSummary implements Collected {

    private final SeriesSink sink;

    CollectedSummary(Meter.Id id, Clock clock, DistributionStatisticConfig config, double scale, SeriesSink sink) {
        super(id, clock, config, scale, false);
        this.sink = sink;
    }

    @Override
    protected void recordNonNegative(double amount) {
        super.recordNonNegative(amount);
        this.sink.recordWithMetadata(amount);
    }

    @Override
    public SeriesSink sink() {
        return this.sink;
    }

}
