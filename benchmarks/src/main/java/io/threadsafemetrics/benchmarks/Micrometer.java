package io.threadsafemetrics.benchmarks;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One distribution summary of Micrometer.
 */
public abstract class Micrometer {

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    final DistributionSummary summary;

    Micrometer(double... percentiles) {
        this.summary = builder(percentiles).register(this.registry);
    }

    static DistributionSummary.Builder builder(double... percentiles) {
        DistributionSummary.Builder builder = DistributionSummary.builder(Ours.NAME)
            .tags("region", "eu", "outcome", "paid");
        return (percentiles.length == 0) ? builder : builder.publishPercentiles(percentiles);
    }

    @Setup(Level.Trial)
    public void setUp(Tally tally) {
        tally.watch(this.summary::count, this.registry::close);
    }

    @State(Scope.Benchmark)
    public static class Plain extends Micrometer {

    }

    @State(Scope.Benchmark)
    public static class WithPercentiles extends Micrometer {

        public WithPercentiles() {
            super(0.5, 0.95, 0.99);
        }

    }

}
