package io.threadsafemetrics.benchmarks;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Where a thread takes the values that it records, and how many it took. Each value taken
 * is to be recorded.
 */
@State(Scope.Thread)
public class Writer {

    private final double[] values = SampleValues.copy();

    private final long[] micros = new long[SampleValues.LENGTH];

    private long taken;

    @Setup(Level.Trial)
    public void setUp(Tally tally) {
        for (int i = 0; i < SampleValues.LENGTH; i++) {
            this.micros[i] = Math.max(1, Math.round(this.values[i] * 1e6));
        }
        tally.enter();
    }

    double next() {
        return this.values[(int) this.taken++ & SampleValues.LENGTH - 1];
    }

    /** The same values in millionths, for libraries that record whole numbers. */
    long nextMicros() {
        return this.micros[(int) this.taken++ & SampleValues.LENGTH - 1];
    }

    /** How many values were taken: changes with each, so it can choose tags as well. */
    int taken() {
        return (int) this.taken;
    }

    @TearDown(Level.Trial)
    public void tearDown(Tally tally) throws Exception {
        tally.leave(this.taken);
    }

}
