package io.threadsafemetrics.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.codahale.metrics.Clock;
import io.micrometer.core.instrument.MockClock;
import io.threadsafemetrics.ManualClock;

/**
 * Shows one time to all libraries, which moves only when told to. For one thread.
 */
final class SteppedClock {

    final ManualClock ours = new ManualClock();

    final MockClock micrometer = new MockClock();

    final Clock dropwizard = new Clock() {

        @Override
        public long getTick() {
            return SteppedClock.this.ours.monotonicNanos();
        }

    };

    void advance(Duration duration) {
        this.ours.advance(duration);
        this.micrometer.add(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

}
