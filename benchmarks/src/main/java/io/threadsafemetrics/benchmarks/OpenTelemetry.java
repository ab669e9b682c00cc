package io.threadsafemetrics.benchmarks;

import java.util.function.LongSupplier;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One histogram of the OpenTelemetry SDK with exponential buckets. It has no handle for a
 * set of attributes: they are passed with each value.
 */
@State(Scope.Benchmark)
public class OpenTelemetry {

    final Attributes attributes = Attributes.of(AttributeKey.stringKey("region"), "eu",
            AttributeKey.stringKey("outcome"), "paid");

    private final IdleReader reader = new IdleReader();

    private final SdkMeterProvider provider = SdkMeterProvider.builder()
        .registerMetricReader(this.reader)
        .registerView(InstrumentSelector.builder().setType(InstrumentType.HISTOGRAM).build(),
                View.builder().setAggregation(Aggregation.base2ExponentialBucketHistogram()).build())
        .build();

    final DoubleHistogram histogram = this.provider.get("benchmarks").histogramBuilder("amount").build();

    @Setup(Level.Trial)
    public void setUp(Tally tally) {
        tally.watch(this.reader, this.provider);
    }

    /** Collects only when asked, at the end. */
    private static final class IdleReader implements MetricReader, LongSupplier {

        private CollectionRegistration registration = CollectionRegistration.noop();

        @Override
        public void register(CollectionRegistration registration) {
            this.registration = registration;
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return AggregationTemporality.CUMULATIVE;
        }

        @Override
        public long getAsLong() {
            long count = 0;
            for (MetricData data : this.registration.collectAllMetrics()) {
                count += data.getExponentialHistogramData()
                    .getPoints()
                    .stream()
                    .mapToLong((point) -> point.getCount())
                    .sum();
            }
            return count;
        }

        @Override
        public CompletableResultCode forceFlush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }

    }

}
