package io.threadsafemetrics;

import java.time.Duration;
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
 * A value on its way into a series that ends at the same time is forgotten with it, or is
 * the first of the series that starts anew. Random scenarios hardly ever meet the few
 * instructions between; so there is one, and threads switch only where it matters.
 */
public class SeriesEndLincheckTests {

    private final ThreadSafeMetric metric = TestCollectors.create(new ManualClock())
        .metric(MetricDefinition.gauge("m").build());

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
    public List<Long> counts() {
        return List.of(this.metric.window(Duration.ofMinutes(1)).count(), this.series.lifetime().count(),
                this.metric.getStatistics().count());
    }

    @Test
    public void valueThatArrivesDuringAResetIsCountedOrForgottenEverywhere() throws Exception {
        ExecutionScenario scenario = new ExecutionScenario(List.of(),
                List.of(List.of(actor("add")), List.of(actor("reset"))), List.of(actor("counts")), null);
        ModelCheckingOptions options = new ModelCheckingOptions()
            // belong to the metric's lock
            .addGuarantee(ManagedStrategyGuaranteeKt
                .forClasses(ManualClock.class.getName(), MemoryAccount.class.getName(), Totals.class.getName(),
                        Lifetime.class.getName(), RawRing.class.getName(), StagedValues.class.getName(),
                        Timeline.class.getName())
                .allMethods()
                .ignore());
        options.addCustomScenario(scenario).iterations(0).invocationsPerIteration(400);
        options.sequentialSpecification(Model.class);
        options.logLevel(LoggingLevel.ERROR);
        options.minimizeFailedScenario(false);
        options.check(SeriesEndLincheckTests.class);
    }

    private static Actor actor(String operation) throws ReflectiveOperationException {
        return new Actor(SeriesEndLincheckTests.class.getMethod(operation), List.of());
    }

    /** The metric, for one thread. */
    public static class Model {

        private long count = 1;

        /** Creates the model of a series of one value. */
        public Model() {
        }

        public boolean add() {
            this.count++;
            return true;
        }

        public void reset() {
            this.count = 0;
        }

        public List<Long> counts() {
            return List.of(this.count, this.count, this.count);
        }

    }

}
