package io.threadsafemetrics.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A writer alone, and beside a reader that asks for the last five minutes in a loop. All
 * five minutes have values before the first question.
 */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReaderBenchmark {

    private static final Duration SPAN = Duration.ofMinutes(5);

    @Benchmark
    public boolean undisturbed(Filled filled, Writer writer) {
        return filled.series.addValue(writer.next());
    }

    @Benchmark
    @Group("disturbed")
    @GroupThreads(1)
    public boolean writer(Filled filled, Writer writer) {
        return filled.series.addValue(writer.next());
    }

    @Benchmark
    @Group("disturbed")
    @GroupThreads(1)
    public void reader(Filled filled, Blackhole blackhole) {
        WindowBenchmark.consume(filled.metric.window(SPAN), blackhole);
    }

    @State(Scope.Benchmark)
    public static class Filled {

        private static final int VALUES = 1_000_000;

        private final ShiftedClock clock = new ShiftedClock();

        private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
            .clock(this.clock)
            .build();

        final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.histogram(Ours.NAME).build());

        final MetricSeries series = this.metric.series(null);

        @Setup(Level.Trial)
        public void setUp(Tally tally) {
            Filling.fill(VALUES, SPAN, this.clock::advance, this.series::addValue);
            tally.add(VALUES);
            tally.watch(() -> this.metric.getStatistics().count(), this.collector);
        }

    }

}
