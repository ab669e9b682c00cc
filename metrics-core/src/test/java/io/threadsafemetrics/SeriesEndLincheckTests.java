package io.threadsafemetrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.Totals;
import io.threadsafemetrics.internal.window.RawRing;
import io.threadsafemetrics.internal.window.StagedValues;
import io.threadsafemetrics.internal.window.Timeline;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

/**
 * A value on its way into a series that ends at the same time is forgotten with it, is
 * the first of the series that starts anew, or is refused. Random scenarios hardly ever
 * meet the few instructions between; so these are given, and threads switch only where it
 * matters.
 */
public class SeriesEndLincheckTests {

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(new ManualClock());

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.gauge("m").build());

    private final MetricSeries series = this.metric.series(Tags.of("series", "a"));

    /** Starts with a series of one value. */
    public SeriesEndLincheckTests() {
        this.series.addValue(1);
    }

    @Operation
    public boolean add() {
        return this.series.addValue(1);
    }

    @Operation
    public void reset() {
        this.metric.reset();
    }

    @Operation
    public boolean unregister() {
        return this.collector.unregisterMetric("m");
    }

    /** Returns figures of one cut: values, raw values, series. */
    @Operation
    public List<Long> statistics() {
        MetricStatistics statistics = this.metric.getStatistics();
        return List.of(statistics.count(), (long) statistics.valuesStored(), (long) statistics.seriesCount());
    }

    @Operation
    public long window() {
        return this.metric.window(Duration.ofMinutes(1)).count();
    }

    @Operation
    public long collected() {
        return this.collector.getSystemStatistics().totalValuesCollected();
    }

    @Test
    public void operationsBesideAResetOrAnUnregistrationFindAnOrder() throws Exception {
        ModelCheckingOptions options = new ModelCheckingOptions()
            // belong to the metric's lock
            .addGuarantee(ManagedStrategyGuaranteeKt
                .forClasses(ManualClock.class.getName(), MemoryAccount.class.getName(), Totals.class.getName(),
                        Lifetime.class.getName(), RawRing.class.getName(), StagedValues.class.getName(),
                        Timeline.class.getName())
                .allMethods()
                .ignore());
        options.addCustomScenario(scenario("add", "reset", "window", "statistics"))
            .addCustomScenario(scenario("statistics", "reset"))
            .addCustomScenario(scenario("add", "unregister", "add", "collected"))
            .iterations(0)
            .invocationsPerIteration(200);
        options.sequentialSpecification(Model.class);
        options.logLevel(LoggingLevel.ERROR);
        options.minimizeFailedScenario(false);
        options.check(SeriesEndLincheckTests.class);
    }

    private static ExecutionScenario scenario(String first, String second, String... after)
            throws ReflectiveOperationException {
        return new ExecutionScenario(List.of(), List.of(actors(first), actors(second)), actors(after), null);
    }

    private static List<Actor> actors(String... operations) throws ReflectiveOperationException {
        List<Actor> actors = new ArrayList<>();
        for (String operation : operations) {
            actors.add(new Actor(SeriesEndLincheckTests.class.getMethod(operation), List.of()));
        }
        return actors;
    }

    /** The metric, for one thread. */
    public static class Model {

        private long count = 1;

        private long collected = 1;

        private boolean registered = true;

        /** Creates the model of a series of one value. */
        public Model() {
        }

        public boolean add() {
            this.count += this.registered ? 1 : 0;
            this.collected += this.registered ? 1 : 0;
            return this.registered;
        }

        public void reset() {
            this.count = 0;
        }

        public boolean unregister() {
            boolean was = this.registered;
            this.registered = false;
            this.count = 0;
            return was;
        }

        public List<Long> statistics() {
            return List.of(this.count, this.count, Math.min(this.count, 1));
        }

        public long window() {
            return this.count;
        }

        public long collected() {
            return this.collected;
        }

    }

}
