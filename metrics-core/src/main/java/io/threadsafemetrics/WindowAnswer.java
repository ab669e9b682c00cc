package io.threadsafemetrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.threadsafemetrics.internal.distribution.BucketLayout;
import io.threadsafemetrics.internal.window.RawRing;
import io.threadsafemetrics.internal.window.SlotGrid;
import org.jspecify.annotations.Nullable;

/**
 * Answers a question about windows for groups of series. Filled under the metric's lock,
 * turned into snapshots outside it.
 */
final class WindowAnswer {

    private final Present present;

    private final long retentionNanos;

    private final BucketLayout layout;

    private final Map<String, SpanFigures> groups;

    private Spans spans = Spans.none(0);

    /**
     * Starts an answer.
     * @param groups groups that are to be answered for even where no series belongs to
     * them; others are added
     */
    WindowAnswer(Present present, long retentionNanos, BucketLayout layout, Map<String, SpanFigures> groups) {
        this.present = present;
        this.retentionNanos = retentionNanos;
        this.layout = layout;
        this.groups = groups;
    }

    /**
     * Collects what the question asks for. For the holder of the metric's lock.
     * @param groupOf the group of a series, or null where it belongs to none
     */
    void add(SpanRequest request, SeriesTable table, Function<Tags, @Nullable String> groupOf, SlotGrid grid,
            RawRing ring) {
        @Nullable SeriesState[] byNumber = table.byNumber(); // once: writers start more
        @Nullable SpanFigures[] figuresOf = new SpanFigures[byNumber.length];
        for (int number = 0; number < byNumber.length; number++) {
            SeriesState series = byNumber[number];
            String group = (series != null && series.handle.visible) ? groupOf.apply(series.tags()) : null;
            if (series != null && group != null) {
                SpanFigures figures = this.groups.computeIfAbsent(group, (absent) -> new SpanFigures());
                figures.include(series);
                figuresOf[number] = figures;
            }
        }
        this.spans = resolve(request, grid);
        long rawFrom = this.present.now() - this.retentionNanos;
        this.groups.values().forEach((figures) -> figures.addSlots(this.spans, rawFrom));
        addRaw(ring, table, figuresOf);
    }

    private void addRaw(RawRing ring, SeriesTable table, @Nullable SpanFigures[] figuresOf) {
        int first = ring.firstAtOrAfter(this.spans.start(0));
        if (isOfAllValuesSince(table)) {
            this.groups.values().forEach((figures) -> figures.addRaw(ring.values(first, ring.size())));
            return;
        }
        for (int i = first; i < ring.size(); i++) {
            SpanFigures figures = figuresOf[ring.owner(i)];
            int span = this.spans.indexOf(ring.time(i));
            if (figures != null && span >= 0) {
                figures.addRaw(span, ring.value(i));
            }
        }
    }

    /** Whether every value since a time belongs to the only span of the only group. */
    private boolean isOfAllValuesSince(SeriesTable table) {
        return this.groups.size() == 1 && this.spans.count() == 1 && this.spans.indexOf(this.present.now()) == 0
                && this.groups.values().stream().allMatch((figures) -> figures.seriesCount() == table.size());
    }

    /**
     * Finds spans that can be answered exactly, the same for all groups: those asked for
     * where all values are kept raw, else those of the slots.
     */
    private Spans resolve(SpanRequest request, SlotGrid grid) {
        long now = this.present.now();
        long from = request.from(this.present, this.retentionNanos);
        if (request.isOutside(this.present, this.retentionNanos)) {
            return Spans.none(from);
        }
        Spans asked = Spans.asAsked(from, Math.max(from, request.to(this.present, this.retentionNanos)),
                request.stepNanos());
        if (this.groups.values().stream().allMatch((figures) -> figures.rawLostAt() < from)) {
            return asked;
        }
        long completeFrom = this.groups.values()
            .stream()
            .mapToLong((figures) -> figures.completeFrom(now))
            .max()
            .orElse(Long.MIN_VALUE);
        return asked.onGrid(grid, now, completeFrom);
    }

    Map<String, List<WindowSnapshot>> snapshots() {
        Map<String, List<WindowSnapshot>> snapshots = new LinkedHashMap<>();
        this.groups.forEach(
                (group, figures) -> snapshots.put(group, figures.snapshots(this.spans, this.present, this.layout)));
        return snapshots;
    }

}
