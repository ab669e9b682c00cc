package io.threadsafemetrics.benchmarks;

import java.util.concurrent.TimeUnit;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.LockFreeExponentiallyDecayingReservoir;
import com.codahale.metrics.Reservoir;
import com.codahale.metrics.SlidingTimeWindowArrayReservoir;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One histogram of Dropwizard Metrics.
 */
public abstract class Dropwizard {

    final Histogram histogram;

    Dropwizard(Reservoir reservoir) {
        this.histogram = new Histogram(reservoir);
    }

    @Setup(Level.Trial)
    public void setUp(Tally tally) {
        tally.watch(this.histogram::getCount, () -> {
        });
    }

    @State(Scope.Benchmark)
    public static class SlidingWindow extends Dropwizard {

        public SlidingWindow() {
            super(new SlidingTimeWindowArrayReservoir(5, TimeUnit.MINUTES));
        }

    }

    @State(Scope.Benchmark)
    public static class Decaying extends Dropwizard {

        public Decaying() {
            super(LockFreeExponentiallyDecayingReservoir.builder().build());
        }

    }

}
