package io.threadsafemetrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.threadsafemetrics.internal.distribution.BucketLayout;
import io.threadsafemetrics.internal.distribution.SelectedValues;
import io.threadsafemetrics.internal.util.Totals;
import io.threadsafemetrics.internal.window.Slot;
import io.threadsafemetrics.internal.window.SlotSum;

/**
 * The values of some series over the spans of an answer: raw values where all of a span
 * are kept, slots of the timelines elsewhere. Collected under the metric's lock, added up
 * outside it, as slots never change.
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

    int seriesCount() {
        return this.series.size();
    }

    long rawLostAt() {
        return this.rawLostAt;
    }

    long completeFrom(long now) {
        return this.series.stream().mapToLong((state) -> state.timeline.completeFrom(now)).max().orElse(Long.MIN_VALUE);
    }

    /**
     * Sets the spans and takes the slots of those that are not answered from raw values.
     * @param rawFrom values recorded before this time may have expired from the raw
     * values
     */
    void addSlots(Spans asked, long rawFrom) {
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
            this.series.forEach((state) -> state.timeline.forEachSlot(asked.start(0), (slot) -> addSlot(asked, slot)));
        }
    }

    private void addSlot(Spans asked, Slot slot) {
        int span = asked.indexOf(slot.start());
        if (span >= 0 && span < this.firstRaw) {
            this.spans[span].slots.add(slot);
        }
    }

    void addRaw(int span, double value) {
        if (span >= this.firstRaw) {
            this.spans[span].add(value);
        }
    }

    /**
     * Sets the raw values of the only span.
     */
    void addRaw(double[] values) {
        if (this.firstRaw == 0) {
            this.spans[0].values = values;
            this.spans[0].size = values.length;
        }
    }

    List<WindowSnapshot> snapshots(Spans asked, Present present, BucketLayout layout) {
        List<WindowSnapshot> snapshots = new ArrayList<>(this.spans.length);
        for (int i = 0; i < this.spans.length; i++) {
            Instant from = present.instantOf(asked.start(i));
            Instant to = present.instantOf(asked.end(i));
            boolean exact = i >= this.firstRaw;
            boolean truncated = asked.truncated() && i == 0;
            snapshots.add(exact ? this.spans[i].exact(from, to, layout, truncated)
                    : this.spans[i].merged(from, to, layout, truncated));
        }
        return snapshots;
    }

    private static final class Span {

        private final List<Slot> slots = new ArrayList<>();

        private double[] values = {};

        private int size;

        void add(double value) {
            if (this.size == this.values.length) {
                this.values = Arrays.copyOf(this.values, Math.max(16, 2 * this.size));
            }
            this.values[this.size++] = value;
        }

        WindowSnapshot exact(Instant from, Instant to, BucketLayout layout, boolean truncated) {
            Totals totals = new Totals();
            totals.addAll(this.values, 0, this.size);
            return new WindowSnapshot(from, to, totals,
                    new SelectedValues(Arrays.copyOf(this.values, this.size), layout), true, truncated);
        }

        WindowSnapshot merged(Instant from, Instant to, BucketLayout layout, boolean truncated) {
            SlotSum sum = new SlotSum(layout);
            this.slots.forEach(sum::add);
            return new WindowSnapshot(from, to, sum.totals(), sum.histogram(), false, truncated);
        }

    }

}
