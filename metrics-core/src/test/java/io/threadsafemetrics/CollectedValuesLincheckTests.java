package io.threadsafemetrics;

import org.jetbrains.lincheck.datastructures.Operation;

/**
 * The collector's number of values counts each accepted one once, when its recording
 * returns at the latest, and survives a reset.
 */
public class CollectedValuesLincheckTests extends AbstractLincheckTests {

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(new ManualClock());

    private final ThreadSafeMetric timer = this.collector.metric(MetricDefinition.timer("t").build());

    private final MetricSeries series = this.collector.metric(MetricDefinition.gauge("g").build())
        .series(Tags.of("series", "a"));

    /** Starts with two metrics without values. */
    public CollectedValuesLincheckTests() {
        super(Model.class);
    }

    @Operation
    public boolean addToSeries() {
        return this.series.addValue(-1);
    }

    @Operation
    public boolean addToTimer() {
        return this.timer.addValue(1);
    }

    @Operation
    public boolean addRefused() {
        return this.timer.addValue(-1);
    }

    @Operation
    public void resetAll() {
        this.collector.resetAllMetrics();
    }

    @Operation
    public long collected() {
        return this.collector.getSystemStatistics().totalValuesCollected();
    }

    /** What the collector should count, for one thread. */
    public static class Model {

        private long collected;

        /** Creates the model of a collector without values. */
        public Model() {
        }

        public boolean addToSeries() {
            this.collected++;
            return true;
        }

        public boolean addToTimer() {
            this.collected++;
            return true;
        }

        public boolean addRefused() {
            return false;
        }

        public void resetAll() {
            // the collector's figures survive it
        }

        public long collected() {
            return this.collected;
        }

    }

}
