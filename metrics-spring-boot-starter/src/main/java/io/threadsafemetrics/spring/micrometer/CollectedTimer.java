package io.threadsafemetrics.spring.micrometer;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;

/**
 * A timer whose durations go to the collector, too, in seconds.
 */
final class CollectedTimer extends CumulativeTimer implements Collected {

    private static final double NANOS_PER_SECOND = 1e9;

    private final SeriesSink sink;

    CollectedTimer(Meter.Id id, Clock clock, DistributionStatisticConfig config, PauseDetector pauseDetector,
            SeriesSink sink) {
        super(id, clock, config, pauseDetector, TimeUnit.SECONDS, false);
        this.sink = sink;
    }

    @Override
    protected void recordNonNegative(long amount, TimeUnit unit) {
        super.recordNonNegative(amount, unit);
        this.sink.recordWithMetadata(unit.toNanos(amount) / NANOS_PER_SECOND);
    }

    @Override
    public SeriesSink sink() {
        return this.sink;
    }

}
