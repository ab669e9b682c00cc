package io.threadsafemetrics.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.SystemStatistics;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Records into 100,000 series in random order, or increments three numbers for each: in
 * three cache lines that only this series has, or in one. For what bounds it also reads
 * the clock and increments one number of an object for each.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GrowthBenchmark {

    private static final int SERIES = 100_000;

    /** A cache line of 64 bytes. */
    private static final int LINE = 8;

    @Benchmark
    public boolean series(ManySeries many, RandomOrder order, Writer writer) {
        return many.series[order.next()].addValue(writer.next());
    }

    @Benchmark
    public void micrometer(ManySummaries many, RandomOrder order, Writer writer) {
        many.summaries[order.next()].record(writer.next());
    }

    /** The least that a recorder can do which has a time and a handle. */
    @Benchmark
    public long clockAndObject(ManyObjects many, RandomOrder order, Writer writer) {
        many.objects[order.next()].sum += writer.next();
        return System.nanoTime();
    }

    @Benchmark
    public double threeLines(Numbers numbers, RandomOrder order, Writer writer) {
        int i = order.next() * LINE;
        numbers.first[i]++;
        numbers.second[i]++;
        numbers.third[i]++;
        return writer.next();
    }

    @Benchmark
    public double oneLine(Numbers numbers, RandomOrder order, Writer writer) {
        int i = order.next() * LINE;
        numbers.first[i]++;
        numbers.first[i + 1]++;
        numbers.first[i + 2]++;
        return writer.next();
    }

    @State(Scope.Thread)
    public static class RandomOrder {

        private static final int LENGTH = 1 << 20;

        private final int[] order = new SplittableRandom(7).ints(LENGTH, 0, SERIES).toArray();

        private int position;

        int next() {
            return this.order[this.position++ & LENGTH - 1];
        }

    }

    @State(Scope.Benchmark)
    public static class ManySeries {

        @Param({ "1", "100" })
        public int metrics;

        private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
            .maxTagSets(SERIES)
            .maxMemoryBytes(3L << 30)
            .build();

        final MetricSeries[] series = new MetricSeries[SERIES];

        @Setup(Level.Trial)
        public void setUp(Tally tally) {
            for (int i = 0; i < SERIES; i++) {
                String name = Ours.NAME + i % this.metrics;
                ThreadSafeMetric metric = this.collector.metric(MetricDefinition.histogram(name).build());
                this.series[i] = metric.series(Tags.of("customer", "number " + i));
                this.series[i].addValue(1.0);
            }
            tally.add(SERIES);
            tally.watch(this::count, this.collector);
        }

        private long count() {
            SystemStatistics statistics = this.collector.getSystemStatistics();
            if (statistics.overflowedValues() > 0 || statistics.droppedSlots() > 0) {
                throw new IllegalStateException("The budget was too small: " + statistics);
            }
            return this.collector.getAllMetrics().values().stream().mapToLong((metric) -> metric.count()).sum();
        }

    }

    @State(Scope.Benchmark)
    public static class ManySummaries {

        private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

        final DistributionSummary[] summaries = new DistributionSummary[SERIES];

        @Setup(Level.Trial)
        public void setUp(Tally tally) {
            for (int i = 0; i < SERIES; i++) {
                this.summaries[i] = this.registry.summary(Ours.NAME, "customer", "number " + i);
            }
            tally.watch(() -> Stream.of(this.summaries).mapToLong(DistributionSummary::count).sum(),
                    this.registry::close);
        }

    }

    @State(Scope.Benchmark)
    public static class ManyObjects {

        final Sum[] objects = Stream.generate(Sum::new).limit(SERIES).toArray(Sum[]::new);

    }

    /** An object amid as many bytes as a series with a few values takes. */
    static final class Sum {

        private static final int BYTES = 600;

        double sum;

        final byte[] between = new byte[BYTES];

    }

    @State(Scope.Benchmark)
    public static class Numbers {

        final long[] first = new long[SERIES * LINE];

        final long[] second = new long[SERIES * LINE];

        final long[] third = new long[SERIES * LINE];

    }

}
