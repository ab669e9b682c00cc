package io.threadsafemetrics.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.SlidingTimeWindowArrayReservoir;
import com.codahale.metrics.Snapshot;
import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.WindowSnapshot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Asks for the count, sum, minimum, maximum and three percentiles of a window. Before
 * each question the clock moves by a microsecond and one more value is recorded, so that
 * no answer is the one before.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WindowBenchmark {

    private static final Duration RETENTION = Duration.ofMinutes(5);

    private static final Duration TICK = Duration.ofNanos(10_000);

    /** For the time before a window that is shorter than the retention. */
    private static final int EARLIER_VALUES = 100_000;

    /** The values that come in one tick where so many come in a span. */
    private static double due(int values, Duration span) {
        return (double) values * TICK.toNanos() / span.toNanos();
    }

    static void consume(WindowSnapshot window, Blackhole blackhole) {
        blackhole.consume(window.count());
        blackhole.consume(window.sum());
        blackhole.consume(window.min());
        blackhole.consume(window.max());
        blackhole.consume(window.percentile(50));
        blackhole.consume(window.percentile(95));
        blackhole.consume(window.percentile(99));
    }

    @Benchmark
    public void ours(OursFilled ours, Blackhole blackhole) {
        ours.tick();
        consume(ours.metric.window(ours.span()), blackhole);
    }

    @Benchmark
    public void dropwizard(DropwizardFilled dropwizard, Blackhole blackhole) {
        dropwizard.tick();
        Snapshot snapshot = dropwizard.histogram.getSnapshot();
        blackhole.consume(snapshot.size());
        blackhole.consume(snapshot.getMean());
        blackhole.consume(snapshot.getMin());
        blackhole.consume(snapshot.getMax());
        blackhole.consume(snapshot.getMedian());
        blackhole.consume(snapshot.get95thPercentile());
        blackhole.consume(snapshot.get99thPercentile());
    }

    @State(Scope.Benchmark)
    public static class OursFilled {

        @Param({ "10", "300" })
        public int windowSeconds;

        @Param({ "1000", "10000", "100000", "1000000", "10000000" })
        public int values;

        private final ManualClock clock = new ManualClock();

        private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
            .clock(this.clock)
            .build();

        final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.histogram(Ours.NAME).build());

        private long recorded;

        private double due;

        Duration span() {
            return Duration.ofSeconds(this.windowSeconds);
        }

        void tick() {
            this.clock.advance(TICK);
            this.due += due(this.values, span());
            for (; this.due >= 1; this.due--) {
                add(SampleValues.at(this.recorded));
            }
        }

        private void add(double value) {
            this.metric.addValue(value);
            this.recorded++;
        }

        @Setup
        public void setUp() {
            Duration earlier = RETENTION.minus(span());
            if (!earlier.isZero()) {
                Filling.fill(EARLIER_VALUES, earlier, this.clock::advance, this::add);
            }
            Filling.fill(this.values, span(), this.clock::advance, this::add);
            long count = this.metric.window(span()).count();
            if (count < this.values) {
                throw new IllegalStateException("The window has " + count + " of " + this.values + " values");
            }
        }

        @TearDown
        public void tearDown() {
            long count = this.metric.getStatistics().count();
            this.collector.close();
            if (count != this.recorded) {
                throw new IllegalStateException("Recorded " + this.recorded + " values but the library has " + count);
            }
        }

    }

    @State(Scope.Benchmark)
    public static class DropwizardFilled {

        private static final int VALUES = 100_000;

        private final SteppedClock clock = new SteppedClock();

        private double due;

        final Histogram histogram = new Histogram(
                new SlidingTimeWindowArrayReservoir(RETENTION.toSeconds(), TimeUnit.SECONDS, this.clock.dropwizard));

        void tick() {
            this.clock.advance(TICK);
            this.due += due(VALUES, RETENTION);
            for (; this.due >= 1; this.due--) {
                add(1.0);
            }
        }

        private void add(double value) {
            this.histogram.update(Math.round(value * 1e6));
        }

        @Setup
        public void setUp() {
            Filling.fill(VALUES, RETENTION, this.clock::advance, this::add);
        }

    }

}
