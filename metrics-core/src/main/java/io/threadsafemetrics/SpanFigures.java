package io.threadsafemetrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.threadsafemetrics.internal.distribution.BucketLayout;
import io.threadsafemetrics.internal.distribution.ExponentialHistogram;
import io.threadsafemetrics.internal.distribution.SelectedValues;
import io.threadsafemetrics.internal.util.Totals;
import io.threadsafemetrics.internal.window.Slot;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the values of some series over the spans of an answer: raw values where all of
 * a span are kept, slots of the timelines elsewhere. Filled under the metric's lock, then
 * turned into snapshots outside it.
 */
final class SpanFigures {

    private final List<SeriesState> series = new ArrayList<>();

    private long rawLostAt = Long.MIN_VALUE;

    private Span[] spans = {};

    private int firstRaw;

    void include(SeriesState state) {
        this.series.add(state);
        this.rawLostAt = Math.max(this.rawLostAt, state.rawLostAt);
    }

    long rawLostAt() {
        return this.rawLostAt;
    }

    long completeFrom(long now) {
        return this.series.stream().mapToLong((state) -> state.timeline.completeFrom(now)).max().orElse(Long.MIN_VALUE);
    }

    /**
     * Sets the spans and adds the slots of those that are not answered from raw values.
     * @param rawFrom values recorded before this time may have expired from the raw
     * values
     */
    void addSlots(Spans asked, long rawFrom, BucketLayout layout) {
        this.spans = new Span[asked.count()];
        for (int i = 0; i < this.spans.length; i++) {
            this.spans[i] = new Span();
        }
        this.firstRaw = 0;
        while (this.firstRaw < asked.count()
                && (asked.start(this.firstRaw) <= this.rawLostAt || asked.start(this.firstRaw) < rawFrom)) {
            this.firstRaw++;
        }
        if (this.firstRaw > 0) {
            this.series.forEach((state) -> addSlots(state, asked, layout));
        }
    }

    private void addSlots(SeriesState state, Spans asked, BucketLayout layout) {
        for (Slot slot : state.timeline.slots()) {
            int span = asked.indexOf(slot.start());
            if (span >= 0 && span < this.firstRaw) {
                this.spans[span].add(slot, layout);
            }
        }
    }

    void addRaw(int span, double value) {
        if (span >= this.firstRaw) {
            this.spans[span].add(value);
        }
    }

    List<WindowSnapshot> snapshots(Spans asked, Present present, BucketLayout layout) {
        List<WindowSnapshot> snapshots = new ArrayList<>(this.spans.length);
        for (int i = 0; i < this.spans.length; i++) {
            Instant from = present.instantOf(asked.start(i));
            Instant to = present.instantOf(asked.end(i));
            boolean exact = i >= this.firstRaw;
            snapshots.add(this.spans[i].snapshot(from, to, layout, exact, asked.truncated() && i == 0));
        }
        return snapshots;
    }

    private static final class Span {

        private final Totals totals = new Totals();

        private @Nullable ExponentialHistogram histogram;

        private double[] values = {};

        private int size;

        void add(Slot slot, BucketLayout layout) {
            this.totals.add(slot);
            if (this.histogram == null) {
                this.histogram = ExponentialHistogram.unlimited(layout);
            }
            slot.addTo(this.histogram);
        }

        void add(double value) {
            this.totals.add(value);
            if (this.size == this.values.length) {
                this.values = Arrays.copyOf(this.values, Math.max(16, 2 * this.size));
            }
            this.values[this.size++] = value;
        }

        WindowSnapshot snapshot(Instant from, Instant to, BucketLayout layout, boolean exact, boolean truncated) {
            return new WindowSnapshot(from, to, this.totals, (this.histogram != null) ? this.histogram
                    : new SelectedValues(Arrays.copyOf(this.values, this.size), layout), exact, truncated);
        }

    }

}
