package io.threadsafemetrics.sample.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetricsCollector;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * Records latencies on demand and remembers them, so that what a monitoring system says
 * about the fleet can be compared with the truth. Threads: any.
 */
class FleetLoad {

    static final String METRIC = "fleet.latency";

    private static final int TICKS_PER_SECOND = 50;

    /** What is remembered at most. */
    static final int MAX_VALUES = 200_000;

    private final FleetProperties properties;

    private final RandomGenerator random;

    private final MetricSeries series;

    private final List<Double> recorded = new ArrayList<>();

    private int due;

    FleetLoad(FleetProperties properties, ThreadSafeMetricsCollector collector, RandomGenerator random) {
        this.properties = properties;
        this.random = random;
        this.series = collector
            .metric(MetricDefinition.timer(METRIC).description("Latency of an instance of the fleet").build())
            .series(Tags.of("region", properties.region()));
    }

    /**
     * Has values recorded from now on.
     * @param count how many more
     * @throws IllegalArgumentException if they would be more than are remembered
     */
    synchronized void start(int count) {
        if (count < 1 || count > MAX_VALUES - this.recorded.size() - this.due) {
            throw new IllegalArgumentException(
                    "'count' must be 1 to " + (MAX_VALUES - this.recorded.size() - this.due) + " but was " + count);
        }
        this.due += count;
    }

    /** Records what a fiftieth of a second brings. */
    @Scheduled(fixedDelay = 1000 / TICKS_PER_SECOND)
    synchronized void tick() {
        int now = Math.min(this.due, this.properties.valuesPerSecond() / TICKS_PER_SECOND);
        for (int i = 0; i < now; i++) {
            double seconds = this.properties.typicalMillis() / 1000
                    * Math.exp(this.properties.spread() * this.random.nextGaussian());
            this.series.addValue(seconds);
            this.recorded.add(seconds);
        }
        this.due -= now;
    }

    synchronized List<Double> recorded() {
        return List.copyOf(this.recorded);
    }

}
