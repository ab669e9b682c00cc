package io.threadsafemetrics.spring.soak;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Records with Micrometer and knows nothing of the collector.
 */
final class MeterWriter implements Tasks.Task {

    private static final int ROUNDS = 200;

    /** More than the collector keeps apart. */
    private static final int CUSTOMERS = 400;

    private static final List<String> REGIONS = List.of("eu", "us", "größe \"q\" \\\n", "");

    private final MeterRegistry registry;

    private final Tally tally;

    private long round;

    MeterWriter(MeterRegistry registry, Tally tally) {
        this.registry = registry;
        this.tally = tally;
    }

    @Override
    public void run() {
        for (int i = 0; i < ROUNDS; i++) {
            record(REGIONS.get((int) (this.round % REGIONS.size())));
            this.round++;
        }
    }

    private void record(String region) {
        Timer timer = this.registry.timer("soak.meter.timer", "region", region);
        timer.record(Duration.ofSeconds(this.round % 100));
        count("soak.meter.timer", this.round % 100);
        Counter counter = this.registry.counter("soak.meter.counter", "region", region);
        counter.increment(2);
        count("soak.meter.counter", 2);
        DistributionSummary summary = this.registry.summary("soak.meter.summary", "region", region);
        summary.record(this.round % 1000);
        count("soak.meter.summary", this.round % 1000);
        summary.record(Double.NaN); // which Micrometer does not take
        this.registry.summary("soak.meter.flooded", "customer", "" + this.round % CUSTOMERS).record(1);
        count("soak.meter.flooded", 1);
    }

    private void count(String name, long value) {
        this.tally.of(name).add(value, true);
    }

}
