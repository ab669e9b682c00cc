package io.threadsafemetrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;

import io.threadsafemetrics.internal.window.Attachment;
import io.threadsafemetrics.internal.window.RawRing;

/**
 * Selects raw values. Threads: the metric's lock.
 */
final class ValueSelection {

    private final RawRing ring;

    private final SeriesTable table;

    private final ValueQuery query;

    private final Predicate<Tags> filter;

    ValueSelection(RawRing ring, SeriesTable table, ValueQuery query, Predicate<Tags> filter) {
        this.ring = ring;
        this.table = table;
        this.query = query;
        this.filter = filter;
    }

    List<MetricValue> values(Present present, long retentionNanos) {
        long from = SpanRequest.last(this.query.window()).from(present, retentionNanos);
        return places(this.ring.firstAtOrAfter(from)).stream().map((place) -> value(place, present)).toList();
    }

    /** Places in the ring of the values asked for, in the order asked for. */
    private List<Integer> places(int first) {
        Comparator<Integer> order = order();
        PriorityQueue<Integer> worstFirst = new PriorityQueue<>(order.reversed());
        for (int place = first; place < this.ring.size(); place++) {
            if (this.filter.test(tags(place))) {
                worstFirst.add(place);
                if (worstFirst.size() > this.query.limit()) {
                    worstFirst.remove();
                }
            }
        }
        List<Integer> sorted = new ArrayList<>(worstFirst);
        sorted.sort(order);
        return sorted;
    }

    private Tags tags(int place) {
        return this.table.byNumber(this.ring.owner(place)).tags();
    }

    private Comparator<Integer> order() {
        Comparator<Integer> newest = Comparator.reverseOrder();
        Comparator<Integer> smallest = Comparator.comparingDouble(this.ring::value);
        return switch (this.query.order()) {
            case NEWEST -> newest;
            case LARGEST -> smallest.reversed().thenComparing(newest);
            case SMALLEST -> smallest.thenComparing(newest);
        };
    }

    private MetricValue value(int place, Present present) {
        Attachment attachment = this.ring.attachment(place);
        return new MetricValue(this.ring.value(place), present.instantOf(this.ring.time(place)), tags(place),
                (attachment != null) ? attachment.entries() : Map.of());
    }

}
