package io.threadsafemetrics.benchmarks;

import org.HdrHistogram.DoubleRecorder;
import org.HdrHistogram.Recorder;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * HdrHistogram's recorders, with the two digits that come closest to this library's
 * relative error of 1 %.
 */
public final class HdrHistogram {

    private static final int DIGITS = 2;

    private HdrHistogram() {
    }

    @State(Scope.Benchmark)
    public static class Longs {

        final Recorder recorder = new Recorder(3_600_000_000L, DIGITS);

        @Setup(Level.Trial)
        public void setUp(Tally tally) {
            tally.watch(() -> this.recorder.getIntervalHistogram().getTotalCount(), () -> {
            });
        }

    }

    @State(Scope.Benchmark)
    public static class Doubles {

        final DoubleRecorder recorder = new DoubleRecorder(DIGITS);

        @Setup(Level.Trial)
        public void setUp(Tally tally) {
            tally.watch(() -> this.recorder.getIntervalHistogram().getTotalCount(), () -> {
            });
        }

    }

}
