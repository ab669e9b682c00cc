package io.threadsafemetrics.benchmarks;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * Records one value into one hot series.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBenchmark {

    @Benchmark
    public boolean series(Ours.Precise ours, Writer writer) {
        return ours.series.addValue(writer.next());
    }

    @Benchmark
    public boolean seriesCoarse(Ours.Coarse ours, Writer writer) {
        return ours.series.addValue(writer.next());
    }

    @Benchmark
    public boolean prebuiltTags(Ours.Precise ours, Writer writer) {
        return ours.metric.addValue(writer.next(), ours.tags);
    }

    @Benchmark
    public void micrometer(Micrometer.Plain micrometer, Writer writer) {
        micrometer.summary.record(writer.next());
    }

    @Benchmark
    public void micrometerPercentiles(Micrometer.WithPercentiles micrometer, Writer writer) {
        micrometer.summary.record(writer.next());
    }

    @Benchmark
    public void dropwizardSlidingWindow(Dropwizard.SlidingWindow dropwizard, Writer writer) {
        dropwizard.histogram.update(writer.nextMicros());
    }

    @Benchmark
    public void dropwizardDecaying(Dropwizard.Decaying dropwizard, Writer writer) {
        dropwizard.histogram.update(writer.nextMicros());
    }

    @Benchmark
    public void prometheusNative(Prometheus.NativeHistogram prometheus, Writer writer) {
        prometheus.dataPoint.observe(writer.next());
    }

    @Benchmark
    public void prometheusSummary(Prometheus.WithQuantiles prometheus, Writer writer) {
        prometheus.dataPoint.observe(writer.next());
    }

    @Benchmark
    public void hdrRecorder(HdrHistogram.Longs hdr, Writer writer) {
        hdr.recorder.recordValue(writer.nextMicros());
    }

    @Benchmark
    public void hdrDoubleRecorder(HdrHistogram.Doubles hdr, Writer writer) {
        hdr.recorder.recordValue(writer.next());
    }

    @Benchmark
    public void openTelemetry(OpenTelemetry openTelemetry, Writer writer) {
        openTelemetry.histogram.record(writer.next(), openTelemetry.attributes);
    }

}
