package io.threadsafemetrics.benchmarks;

import java.util.function.LongSupplier;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Summary;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One data point of the Prometheus client, without exemplars: there is no tracer to take
 * them from.
 */
public abstract class Prometheus {

    private static final String[] LABELS = { "region", "outcome" };

    private static final String[] LABEL_VALUES = { "eu", "paid" };

    final DistributionDataPoint dataPoint;

    private final LongSupplier counted;

    Prometheus(DistributionDataPoint dataPoint, LongSupplier counted) {
        this.dataPoint = dataPoint;
        this.counted = counted;
    }

    @Setup(Level.Trial)
    public void setUp(Tally tally) {
        tally.watch(this.counted, () -> {
        });
    }

    @State(Scope.Benchmark)
    public static class NativeHistogram extends Prometheus {

        public NativeHistogram() {
            this(Histogram.builder().name("amount").labelNames(LABELS).nativeOnly().withoutExemplars().build());
        }

        private NativeHistogram(Histogram histogram) {
            super(histogram.labelValues(LABEL_VALUES), () -> histogram.collect().getDataPoints().get(0).getCount());
        }

    }

    @State(Scope.Benchmark)
    public static class WithQuantiles extends Prometheus {

        public WithQuantiles() {
            this(Summary.builder()
                .name("amount")
                .labelNames(LABELS)
                .withoutExemplars()
                .quantile(0.5, 0.01)
                .quantile(0.95, 0.005)
                .quantile(0.99, 0.001)
                .build());
        }

        private WithQuantiles(Summary summary) {
            super(summary.labelValues(LABEL_VALUES), () -> summary.collect().getDataPoints().get(0).getCount());
        }

    }

}
