package io.threadsafemetrics.spring.micrometer;

import java.util.Map;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.threadsafemetrics.CumulativeHistogram;
import io.threadsafemetrics.MetricValue;
import org.jspecify.annotations.Nullable;

/**
 * Makes a Prometheus native histogram of a series. Text formats show its count and sum.
 */
final class NativeHistogram {

    /** Metadata that leads to a trace. */
    static final String TRACE_ID = "traceId";

    private static final String SPAN_ID = "spanId";

    private static final int MIN_SCHEMA = -4;

    private static final int MAX_SCHEMA = 8;

    /** What Prometheus takes of all labels of an exemplar together is 128. */
    private static final int MAX_ID_LENGTH = 48;

    private NativeHistogram() {
    }

    static HistogramDataPointSnapshot read(SeriesReader reader, Labels labels) {
        CumulativeHistogram histogram = reader.histogram();
        if (histogram == null) {
            return withoutBuckets(reader, labels);
        }
        CumulativeHistogram shown = histogram.withScaleAtMost(MAX_SCHEMA);
        int schema = Math.max(MIN_SCHEMA, shown.scale());
        return new HistogramDataPointSnapshot(schema, shown.zeroCount(), CumulativeHistogram.ZERO_THRESHOLD,
                buckets(shown.positive(), schema - shown.scale()), buckets(shown.negative(), schema - shown.scale()),
                shown.sum(), labels, exemplars(reader), reader.createdMillis(shown.since()));
    }

    /** Where the collector has no memory for more. */
    private static HistogramDataPointSnapshot withoutBuckets(SeriesReader reader, Labels labels) {
        long count = (long) reader.count();
        return new HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(new double[] { Double.POSITIVE_INFINITY }, new long[] { count }),
                reader.total(), labels, exemplars(reader), reader.createdMillis());
    }

    /**
     * Converts buckets.
     * @param finer by how many scales their buckets are too wide for Prometheus: their
     * values go to the last one of those that they consist of
     */
    private static NativeHistogramBuckets buckets(CumulativeHistogram.Buckets buckets, int finer) {
        int used = 0;
        for (int i = 0; i < buckets.size(); i++) {
            used += (buckets.count(i) > 0) ? 1 : 0;
        }
        int[] indexes = new int[used];
        long[] counts = new long[used];
        int next = 0;
        for (int i = 0; i < buckets.size(); i++) {
            if (buckets.count(i) > 0) {
                indexes[next] = (buckets.firstIndex() + i) << finer;
                counts[next++] = buckets.count(i);
            }
        }
        return NativeHistogramBuckets.of(indexes, counts);
    }

    private static Exemplars exemplars(SeriesReader reader) {
        return reader.largest()
            .stream()
            .filter((value) -> id(value.metadata(), TRACE_ID) != null)
            .findFirst()
            .map((value) -> Exemplars.of(exemplar(value)))
            .orElse(Exemplars.EMPTY);
    }

    private static Exemplar exemplar(MetricValue value) {
        Exemplar.Builder exemplar = Exemplar.builder()
            .value(value.value())
            .timestampMillis(value.timestamp().toEpochMilli())
            .traceId(id(value.metadata(), TRACE_ID));
        String span = id(value.metadata(), SPAN_ID);
        return ((span != null) ? exemplar.spanId(span) : exemplar).build();
    }

    private static @Nullable String id(Map<String, Object> metadata, String key) {
        return (metadata.get(key) instanceof String id && !id.isBlank() && id.length() <= MAX_ID_LENGTH) ? id : null;
    }

}
