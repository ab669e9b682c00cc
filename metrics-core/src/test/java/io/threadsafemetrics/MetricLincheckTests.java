package io.threadsafemetrics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jetbrains.lincheck.datastructures.Operation;

/**
 * Recording, questions, clean-up and reset of one metric happen each at one instant
 * between call and return.
 */
public class MetricLincheckTests extends AbstractLincheckTests {

    private static final Duration RETENTION = Duration.ofMinutes(5);

    private static final Tags A = Tags.of("series", "a");

    private static final Tags B = Tags.of("series", "b");

    private final ThreadSafeMetric metric;

    private final MetricSeries a;

    /** Records two values that have expired since, into a series that is idle since. */
    public MetricLincheckTests() {
        super(Model.class);
        ManualClock clock = new ManualClock();
        this.metric = TestCollectors
            .create(clock, (limits) -> limits.retentionWindow(RETENTION).idleSeriesTtl(Duration.ofMinutes(1)))
            .metric(MetricDefinition.timer("m").build());
        this.a = this.metric.series(A);
        this.a.addValue(1);
        this.a.addValue(1);
        clock.advance(RETENTION.plusMinutes(1));
    }

    @Operation
    public boolean addToA() {
        return this.a.addValue(1);
    }

    @Operation
    public boolean addToB() {
        return this.metric.series(B).addValue(1);
    }

    /** Returns count, sum and smallest value. */
    @Operation
    public List<Object> window() {
        WindowSnapshot snapshot = this.metric.window(RETENTION);
        return List.of(snapshot.count(), snapshot.sum(), snapshot.min().orElse(Double.NaN));
    }

    /** Returns the counts of a and b, of the same instant. */
    @Operation
    public List<Long> groups() {
        Map<String, WindowSnapshot> groups = this.metric.windowBy("series", RETENTION, Tags.empty());
        return List.of(count(groups.get("a")), count(groups.get("b")));
    }

    /** Returns lifetime count and sum, and the values kept raw. */
    @Operation
    public List<Object> statistics() {
        MetricStatistics statistics = this.metric.getStatistics();
        return List.of(statistics.count(), statistics.totalValue(), statistics.valuesStored());
    }

    @Operation
    public long cleanOldValues() {
        return this.metric.cleanOldValues();
    }

    @Operation
    public void reset() {
        this.metric.reset();
    }

    private static long count(WindowSnapshot snapshot) {
        return (snapshot != null) ? snapshot.count() : 0;
    }

    /** What the metric should do, for one thread. */
    public static class Model {

        private final Map<String, Long> counts = new HashMap<>(Map.of("a", 0L, "b", 0L));

        private long expired = 2; // values before the window that no clean-up has dropped

        private long lifetime = 2;

        /** Creates the model of a metric with two expired values. */
        public Model() {
        }

        public boolean addToA() {
            return add("a");
        }

        public boolean addToB() {
            return add("b");
        }

        private boolean add(String series) {
            this.counts.merge(series, 1L, Long::sum);
            this.lifetime++;
            return true;
        }

        private long inWindow() {
            return this.counts.get("a") + this.counts.get("b");
        }

        public List<Object> window() {
            return List.of(inWindow(), (double) inWindow(), (inWindow() > 0) ? 1.0 : Double.NaN);
        }

        public List<Long> groups() {
            return List.of(this.counts.get("a"), this.counts.get("b"));
        }

        public List<Object> statistics() {
            return List.of(this.lifetime, (double) this.lifetime, (int) inWindow());
        }

        public long cleanOldValues() {
            long dropped = this.expired;
            this.expired = 0;
            return dropped;
        }

        public void reset() {
            this.counts.replaceAll((series, count) -> 0L);
            this.expired = 0;
            this.lifetime = 0;
        }

    }

}
