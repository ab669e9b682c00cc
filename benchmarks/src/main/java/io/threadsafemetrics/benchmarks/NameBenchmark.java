package io.threadsafemetrics.benchmarks;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Tags;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Records one value by the metric's name and two tags, into eight series by turns: with
 * tags that were put together before, or for this value.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NameBenchmark {

    private static final int TAG_SETS = 8;

    private static final String[] REGIONS = { "eu", "us", "apac", "africa" };

    private static final String[] OUTCOMES = { "paid", "refused" };

    private static String region(int i) {
        return REGIONS[i & 3];
    }

    private static String outcome(int i) {
        return OUTCOMES[i >> 2 & 1];
    }

    @Benchmark
    public boolean ours(OursByName ours, Writer writer) {
        Map<String, String> tags = ours.maps[writer.taken() & TAG_SETS - 1];
        return ours.collector.collect(Ours.NAME, writer.next(), tags);
    }

    @Benchmark
    public void micrometer(MicrometerByName micrometer, Writer writer) {
        Tags tags = micrometer.tags[writer.taken() & TAG_SETS - 1];
        micrometer.registry.summary(Ours.NAME, tags).record(writer.next());
    }

    @Benchmark
    public boolean oursTagsMade(OursByName ours, Writer writer) {
        int i = writer.taken();
        return ours.collector.collect(Ours.NAME, writer.next(), Map.of("region", region(i), "outcome", outcome(i)));
    }

    @Benchmark
    public void micrometerTagsMade(MicrometerByName micrometer, Writer writer) {
        int i = writer.taken();
        micrometer.registry.summary(Ours.NAME, "region", region(i), "outcome", outcome(i)).record(writer.next());
    }

    @State(Scope.Benchmark)
    public static class OursByName extends Ours.Precise {

        @SuppressWarnings({ "unchecked", "rawtypes" }) // an array of a generic type
        final Map<String, String>[] maps = new Map[TAG_SETS];

        public OursByName() {
            for (int i = 0; i < TAG_SETS; i++) {
                this.maps[i] = Map.of("region", region(i), "outcome", outcome(i));
            }
        }

    }

    @State(Scope.Benchmark)
    public static class MicrometerByName extends Micrometer {

        final Tags[] tags = new Tags[TAG_SETS];

        public MicrometerByName() {
            for (int i = 0; i < TAG_SETS; i++) {
                this.tags[i] = Tags.of("region", region(i), "outcome", outcome(i));
            }
        }

        @Override
        @Setup(Level.Trial)
        public void setUp(Tally tally) {
            tally.watch(this::count, this.registry::close);
        }

        private long count() {
            return this.registry.find(Ours.NAME).summaries().stream().mapToLong((summary) -> summary.count()).sum();
        }

    }

}
