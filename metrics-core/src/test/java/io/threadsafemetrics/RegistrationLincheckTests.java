package io.threadsafemetrics;

import org.jetbrains.lincheck.datastructures.Operation;

/**
 * Registration, recording by name, questions by name and the end of a registration happen
 * each at one instant between call and return; a metric registered anew starts empty.
 */
public class RegistrationLincheckTests extends AbstractLincheckTests {

    private static final String NAME = "m";

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(new ManualClock());

    /** Starts with a collector without metrics. */
    public RegistrationLincheckTests() {
        super(Model.class);
    }

    /** Registers where needed; a registration that is refused would be logged. */
    @Operation
    public void getOrRegister() {
        this.collector.metric(MetricDefinition.gauge(NAME).build());
    }

    @Operation
    public boolean unregister() {
        return this.collector.unregisterMetric(NAME);
    }

    @Operation
    public boolean collect() {
        return this.collector.collect(NAME, 1);
    }

    /** Returns the values since the registration, or -1 where there is none. */
    @Operation
    public long count() {
        return this.collector.getMetricStatistics(NAME).map(MetricStatistics::count).orElse(-1L);
    }

    @Operation
    public void resetAll() {
        this.collector.resetAllMetrics();
    }

    /** What the collector should do, for one thread. */
    public static class Model {

        private long count = -1;

        /** Creates the model of a collector without metrics. */
        public Model() {
        }

        public void getOrRegister() {
            this.count = Math.max(this.count, 0);
        }

        public boolean unregister() {
            boolean there = this.count >= 0;
            this.count = -1;
            return there;
        }

        public boolean collect() {
            this.count += (this.count >= 0) ? 1 : 0;
            return this.count > 0;
        }

        public long count() {
            return this.count;
        }

        public void resetAll() {
            this.count = Math.min(this.count, 0);
        }

    }

}
