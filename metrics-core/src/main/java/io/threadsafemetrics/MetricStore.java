package io.threadsafemetrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.Totals;
import io.threadsafemetrics.internal.window.Cells;
import io.threadsafemetrics.internal.window.RawRing;
import io.threadsafemetrics.internal.window.SlotGrid;
import io.threadsafemetrics.internal.window.SlotHistory;
import io.threadsafemetrics.internal.window.StagedValues;
import io.threadsafemetrics.internal.window.TimelineContext;
import org.jspecify.annotations.Nullable;

/**
 * What a metric keeps of the values that left the cells: the newest ones raw, and the
 * series. Threads: the metric's lock.
 */
final class MetricStore {

    /** Retained heap without values and series. */
    static final long OBJECT_BYTES = Heap.object(11 * Heap.REFERENCE + 2 * Long.BYTES + Integer.BYTES)
            + RawRing.OBJECT_BYTES + Heap.object(Heap.REFERENCE) + 2 * Totals.OBJECT_BYTES + Lifetime.OBJECT_BYTES
            + TimelineContext.OBJECT_BYTES;

    /** The state of fewer stays in the processor's caches. */
    private static final int MANY_SERIES = 256;

    private static final long IDLE_NANOS = 10 * SlotGrid.SECOND;

    private final ThreadSafeMetric metric;

    private final CollectorContext context;

    private final MemoryAccount account;

    private final TimelineContext timelines;

    private final Cells cells;

    private final SeriesTable table;

    private final RawRing ring;

    private final long retentionNanos;

    private final RawRing.Eviction eviction = this::noteEviction;

    private final Totals totals = new Totals(); // of the lifetime

    private final Totals stretch = new Totals();

    private Lifetime lifetime;

    @SuppressWarnings("unused") // written only: see touch
    private int lastTouched;

    private long lastCleanup;

    MetricStore(ThreadSafeMetric metric, Cells cells, SeriesTable table, TimelineContext timelines, int maxValues,
            long retentionNanos, CollectorContext context, MemoryAccount account, long now) {
        this.metric = metric;
        this.cells = cells;
        this.table = table;
        this.timelines = timelines;
        this.context = context;
        this.account = account;
        this.ring = new RawRing(maxValues, account);
        this.retentionNanos = retentionNanos;
        this.lastCleanup = now;
        this.lifetime = new Lifetime(now, now);
    }

    /**
     * Takes over values of one second.
     * @param second its start, not before that of earlier values
     */
    void add(StagedValues batch, long second) {
        add(batch, 0, batch.size(), second);
        keepRaw(batch);
        settle();
    }

    /**
     * Takes over values that are not older than those before.
     */
    void add(StagedValues[] batches) {
        StagedValues oldest;
        while ((oldest = StagedValues.withOldest(batches)) != null) {
            add(batches, SlotGrid.second(oldest.nextTime()));
        }
        for (StagedValues batch : batches) {
            keepRaw(batch);
        }
        settle();
    }

    private void add(StagedValues[] batches, long second) {
        for (StagedValues batch : batches) {
            int from = batch.next();
            int to = batch.skipTo(second + SlotGrid.SECOND);
            if (to > from) {
                add(batch, from, to, second);
            }
        }
    }

    private void add(StagedValues batch, int from, int to, long second) {
        double[] values = batch.values();
        this.stretch.clear();
        this.stretch.addAll(values, from, to);
        this.totals.add(this.stretch);
        this.lifetime.note(values[to - 1], batch.time(to - 1));
        int start = from;
        while (start < to) {
            int end = batch.endOfOwner(start, to);
            if (start == from && end < to && this.table.size() > MANY_SERIES) {
                touch(batch, from, to);
            }
            SeriesState series = this.table.byNumber(batch.owner(start));
            if (end - start > 1 || !series.tryRecord(values[start], second, batch.time(start))) {
                boolean whole = end - start == to - from;
                series.record(values, start, end, whole ? this.stretch : null, second, batch.time(end - 1));
            }
            if (!series.shown) {
                series.shown = true;
                this.table.show(series.handle);
            }
            if (series.overflow) {
                this.context.counters.overflowed.add(end - start);
            }
            start = end;
        }
    }

    /**
     * Loads what the values of many series go to, before any is added: so a load that
     * misses the caches does not wait for the one before.
     */
    private void touch(StagedValues batch, int from, int to) {
        int touched = 0;
        for (int i = from; i < to; i++) {
            touched += this.table.byNumber(batch.owner(i)).timeline.touch();
        }
        this.lastTouched = touched; // else the JIT would leave the loads out
    }

    private void keepRaw(StagedValues batch) {
        this.context.counters.accepted.add(batch.size());
        this.ring.addAll(batch, this.retentionNanos, this.eviction);
        batch.clear(this.account);
    }

    private void noteEviction(int number, long time) {
        this.table.byNumber(number).rawLostAt = time;
    }

    private void settle() {
        relieve();
        if (this.account.isBeyond(Use.METADATA)) {
            this.context.relief.relieveNext();
        }
        long interval = this.context.settings.cleanupInterval().toNanos();
        long newest = this.lifetime.updated();
        if (interval > 0 && newest - this.lastCleanup >= interval) {
            clean(newest);
        }
    }

    /**
     * Gives up what is worth less than the bytes that others need.
     */
    void relieve() {
        dropSlots(this.context.relief.floor());
        if (this.account.isBeyond(Use.METADATA)) {
            this.account.losses().metadata.add(this.ring.dropAttachments());
        }
        if (this.account.isBeyond(Use.RAW_VALUES)) {
            this.account.losses().rawValues.add(this.ring.giveUpHalf(this.eviction));
        }
    }

    /**
     * Gives up the slots that start before a time.
     * @return whether there were any
     */
    boolean dropSlots(long time) {
        if (this.timelines.oldestStart() >= time) {
            return false;
        }
        boolean dropped = false;
        long oldest = Long.MAX_VALUE;
        for (SeriesState series : this.table.all()) {
            dropped |= series.timeline.dropSlotsBefore(time);
            oldest = Math.min(oldest, series.timeline.oldestStart());
        }
        this.timelines.oldestStart(oldest);
        return dropped;
    }

    /**
     * Drops what has expired.
     * @return the number of raw values dropped
     */
    int clean(long now) {
        this.lastCleanup = now;
        int dropped = this.ring.dropBefore(now - this.retentionNanos);
        this.ring.shrink();
        if (now - this.lifetime.updated() >= IDLE_NANOS) {
            this.cells.narrow();
        }
        long ttl = this.context.settings.idleSeriesTtl().toNanos();
        List<SeriesState> idle = new ArrayList<>();
        this.table.all().forEach((series) -> {
            series.timeline.compact(now);
            if (ttl > 0 && now - series.updated() >= ttl && isSilent(series, now)) {
                idle.add(series);
            }
        });
        this.table.remove(idle, this.cells, now);
        return dropped;
    }

    /** A value that answers is never dropped, however short the time to live. */
    private boolean isSilent(SeriesState series, long now) {
        return now - series.updated() > this.retentionNanos && series.timeline.isEmpty();
    }

    /**
     * Forgets one series. The metric's lifetime figures keep what it counted.
     * @param now the time of the cut before: later values start it anew
     * @return false if there is none
     */
    boolean remove(Tags tags, long now) {
        MetricSeries series = this.table.find(tags);
        if (series == null) {
            return false;
        }
        int number = series.number;
        this.table.remove(List.of(this.table.byNumber(number)), this.cells, now);
        this.ring.dropOwner(number);
        this.ring.shrink();
        return true;
    }

    /**
     * Forgets all.
     * @param now the time of the cut before: later values start their series anew
     */
    void removeAll(long now) {
        this.table.remove(this.table.all(), this.cells, now);
        this.ring.dropBefore(Long.MAX_VALUE);
        this.ring.shrink();
        this.totals.clear();
        this.lifetime = new Lifetime(this.lifetime.created(), now);
    }

    WindowAnswer answer(SpanRequest request, Function<Tags, @Nullable String> groupOf, Map<String, SpanFigures> groups,
            Present present) {
        WindowAnswer answer = new WindowAnswer(present, this.retentionNanos, this.context.layout, groups);
        answer.add(request, this.table, groupOf, this.timelines.grid(), this.ring);
        return answer;
    }

    List<MetricValue> values(ValueQuery query, Predicate<Tags> filter, Present present) {
        return new ValueSelection(this.ring, this.table, query, filter).values(present, this.retentionNanos);
    }

    MetricStatistics statistics(Present present) {
        int stored = this.ring.size() - this.ring.firstAtOrAfter(present.now() - this.retentionNanos);
        return statistics(this.lifetime, this.totals, present, stored, this.account.bytes(), this.table.size());
    }

    MetricStatistics statistics(MetricSeries handle, Present present) {
        long now = present.now();
        int number = numberOf(handle);
        if (number == MetricSeries.REMOVED) {
            return statistics(new Lifetime(now, now), new Totals(), present, 0, 0, 1);
        }
        SeriesState series = this.table.byNumber(number);
        int stored = 0;
        for (int i = this.ring.firstAtOrAfter(now - this.retentionNanos); i < this.ring.size(); i++) {
            stored += (this.ring.owner(i) == number) ? 1 : 0;
        }
        return statistics(series, series.timeline.totals(), present, stored, series.heapBytes(), 1);
    }

    private int numberOf(MetricSeries handle) {
        MetricSeries live = this.table.find(handle.tags());
        return (live != null && live.visible) ? live.number : MetricSeries.REMOVED;
    }

    /**
     * Returns all values of a series, and keeps those of all series of the metric from
     * now on.
     * @return null where there is no such series, or no room to keep its values
     */
    @Nullable SlotHistory history(MetricSeries handle, long now) {
        this.table.keepHistory(now);
        int number = numberOf(handle);
        if (number == MetricSeries.REMOVED) {
            return null;
        }
        SeriesState series = this.table.byNumber(number);
        // again: there may be room now
        series.timeline.keepHistory(series.created(), now);
        return series.timeline.history();
    }

    private MetricStatistics statistics(Lifetime times, Totals figures, Present present, int stored, long bytes,
            int seriesCount) {
        MetricType type = this.metric.type();
        boolean any = figures.count() > 0;
        double current = (type == MetricType.COUNTER) ? figures.sum() : times.newest();
        return new MetricStatistics(this.metric.name(), type, figures.count(), any ? current : null,
                type.keepsTotal() ? figures.sum() : 0.0, any ? figures.min() : null, any ? figures.max() : null,
                present.instantOf(times.created()), present.instantOf(times.updated()), stored, bytes, seriesCount);
    }

}
