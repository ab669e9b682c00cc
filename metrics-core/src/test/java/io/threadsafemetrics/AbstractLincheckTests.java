package io.threadsafemetrics;

import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

/**
 * Runs the operations of a subclass from two threads at once, in random scenarios, and
 * asks of each execution whether some order of the operations, one after the other
 * against a model, gives the same answers. A subclass has a public constructor that makes
 * what it checks, and a public method annotated with
 * {@link org.jetbrains.lincheck.datastructures.Operation} for each of its operations; the
 * model has methods of the same names and arguments. Run more with
 * {@code -Dlincheck.factor=…}.
 */
public abstract class AbstractLincheckTests {

    private static final int FACTOR = Integer.getInteger("lincheck.factor", 1);

    private final Class<?> model;

    private final int scenarios;

    /**
     * Creates the test.
     * @param model a class with a public constructor: the same operations for one thread
     */
    protected AbstractLincheckTests(Class<?> model) {
        this(model, 6);
    }

    /**
     * Creates the test.
     * @param model a class with a public constructor: the same operations for one thread
     * @param scenarios how many are checked by switching threads everywhere
     */
    protected AbstractLincheckTests(Class<?> model, int scenarios) {
        this.model = model;
        this.scenarios = scenarios;
    }

    /**
     * Switches threads at any access to shared memory, as if all were volatile.
     */
    @Test
    public final void modelCheckingFindsAnOrderForEveryExecution() {
        check(new ModelCheckingOptions()
            // of one instant by its own lock, and shared with nothing else
            .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(ManualClock.class.getName()).allMethods().ignore())
            .iterations(this.scenarios * FACTOR)
            .invocationsPerIteration(50 * FACTOR), 2);
    }

    /**
     * Leaves the threads to the machine and its memory order.
     */
    @Test
    public final void stressFindsAnOrderForEveryExecution() {
        check(new StressOptions().iterations(10 * FACTOR).invocationsPerIteration(500 * FACTOR), 3);
    }

    private void check(Options<?, ?> options, int operationsPerThread) {
        options.actorsBefore(1);
        options.actorsPerThread(operationsPerThread);
        options.actorsAfter(1);
        options.sequentialSpecification(this.model);
        // it cannot read the fields of records, and says so of each
        options.logLevel(LoggingLevel.ERROR);
        options.check(getClass());
    }

}
