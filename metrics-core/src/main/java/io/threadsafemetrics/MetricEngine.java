package io.threadsafemetrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import io.threadsafemetrics.internal.util.Totals;
import io.threadsafemetrics.internal.window.Attachment;
import io.threadsafemetrics.internal.window.Cell;
import io.threadsafemetrics.internal.window.Cells;
import io.threadsafemetrics.internal.window.RawRing;
import io.threadsafemetrics.internal.window.SlotGrid;
import io.threadsafemetrics.internal.window.StagedValues;
import io.threadsafemetrics.internal.window.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * Holds the values of one metric: writers leave them in cells, whoever takes the lock
 * brings them home.
 */
final class MetricEngine {

    /*
     * Shared state: the cells and the table of series guard themselves. All other fields
     * and what they lead to belong to 'lock'.
     *
     * Edge E1: a value left in a cell (Cell E1) -> a cut by the holder of the lock. Each
     * question starts with a cut of all cells in one instant, so its answer has every
     * value whose recording returned before, and is torn by none.
     *
     * Writers take the lock only to empty a full cell, and only if nobody holds it: else
     * the cell grows, up to a bound.
     *
     * User code: the clock is read before and must not block; tags and metadata are
     * copied before, listeners are called after.
     *
     * Checked by HammerTests and MetricLincheckTests, which fail without the lock: torn
     * snapshots, lost values.
     */
    private static final long OBJECT_BYTES = Heap.object(14 * Heap.REFERENCE + 5 * Long.BYTES + 2)
            + MemoryAccount.OBJECT_BYTES + Cells.OBJECT_BYTES + RawRing.OBJECT_BYTES + SeriesTable.OBJECT_BYTES + 400;

    /** What {@link #timingNanos()} answers where the clock threw. */
    static final long NO_TIME = Long.MIN_VALUE;

    private static final long IDLE_NANOS = 10 * SlotGrid.SECOND;

    private final ReentrantLock lock = new ReentrantLock();

    private final ThreadSafeMetric metric;

    private final CollectorContext context;

    private final MemoryAccount account;

    private final SlotGrid grid;

    private final Cells cells;

    private final SeriesTable table;

    private final RawRing ring;

    private final long retentionNanos;

    private final boolean refusesNegative;

    private final RawRing.Eviction eviction = this::noteEviction;

    private final Totals stretch = new Totals();

    private Lifetime lifetime;

    private long lastNow;

    private long lastCleanup;

    MetricEngine(ThreadSafeMetric metric, int maxValues, int maxTagSets, long retentionNanos,
            CollectorContext context) {
        this.metric = metric;
        this.context = context;
        this.account = context.newAccount();
        this.grid = new SlotGrid(retentionNanos);
        this.cells = new Cells(this.account);
        this.table = new SeriesTable(this, maxTagSets, this.grid, context, this.account);
        this.ring = new RawRing(maxValues, this.account);
        this.retentionNanos = retentionNanos;
        this.refusesNegative = metric.type().refusesNegativeValues();
        this.lastNow = context.now();
        this.lastCleanup = this.lastNow;
        this.lifetime = new Lifetime(this.lastNow, this.lastNow);
    }

    /**
     * Takes the bytes of the metric itself.
     * @return false if the budget has no room for another metric
     */
    boolean tryReserve(MetricDefinition definition) {
        return this.account.tryReserve(OBJECT_BYTES + definition.textBytes(),
                SeriesTable.OVERFLOW_BYTES + Timeline.PROMISED_BYTES, Use.SERIES);
    }

    String name() {
        return this.metric.name();
    }

    boolean record(double value, MetricSeries handle) {
        if (!isAcceptable(value)) {
            return refuse(value);
        }
        try {
            long time = this.context.now();
            return tryLeave(value, time, handle.state) || leave(value, time, handle.tags(), handle, null);
        }
        catch (Throwable ex) { // recording must not harm the code that records
            return this.context.counters.refuseAfterError();
        }
    }

    boolean record(double value, Tags tags) {
        if (!isAcceptable(value)) {
            return refuse(value);
        }
        try {
            long time = this.context.now();
            return tryLeave(value, time, this.table.find(tags)) || leave(value, time, tags, null, null);
        }
        catch (Throwable ex) {
            return this.context.counters.refuseAfterError();
        }
    }

    boolean record(double value, Tags tags, @Nullable MetricSeries handle, @Nullable Map<String, ?> metadata) {
        if (!isAcceptable(value)) {
            return refuse(value);
        }
        try {
            return leave(value, this.context.now(), tags, handle,
                    Metadata.copyOf(metadata, this.context.counters.losses.metadata));
        }
        catch (Throwable ex) {
            return this.context.counters.refuseAfterError();
        }
    }

    private boolean isAcceptable(double value) {
        return Math.abs(value) <= Double.MAX_VALUE && (value >= 0 || !this.refusesNegative);
    }

    private boolean refuse(double value) {
        return this.context.counters.refuse(Double.isFinite(value) ? Refusal.NEGATIVE : Refusal.NOT_FINITE);
    }

    /** The way of nearly every value. */
    private boolean tryLeave(double value, long time, @Nullable SeriesState series) {
        Cell cell = (series != null) ? this.cells.take() : null;
        if (series == null || cell == null) {
            return false;
        }
        int number = series.number; // SeriesTable E3
        if (number == SeriesState.REMOVED || cell.isFull()) {
            cell.release();
            return false;
        }
        cell.leave(time, value, number);
        return true;
    }

    private boolean leave(double value, long time, Tags tags, @Nullable MetricSeries handle,
            @Nullable Attachment attachment) {
        while (!this.cells.isClosed()) {
            SeriesState series = find(tags, handle, time);
            Cell cell = (series != null) ? this.cells.take() : null;
            if (series == null || cell == null) {
                break;
            }
            int number = series.number;
            if (number == SeriesState.REMOVED) {
                cell.release();
            }
            else if (cell.isFull()) {
                makeRoom(cell);
            }
            else {
                cell.leave(time, value, number, attachment, this.account);
                return true;
            }
        }
        return this.context.counters.refuse(this.context.isClosed() ? Refusal.CLOSED : Refusal.UNREGISTERED);
    }

    /**
     * The series, started now if there is none.
     * @return null after the metric was unregistered
     */
    private @Nullable SeriesState find(Tags tags, @Nullable MetricSeries handle, long now) {
        SeriesState known = (handle != null) ? handle.state : this.table.find(tags);
        if (known != null && known.number != SeriesState.REMOVED) {
            return known;
        }
        SeriesState series = this.table.findOrAdmit(tags, now);
        if (handle != null && series != null && series.tags().equals(tags)) {
            handle.state = series; // not the overflow series: there may be room again
        }
        this.context.listeners.deliver();
        return series;
    }

    /** Gives the cell back, too. */
    private void makeRoom(Cell cell) {
        if (!this.lock.tryLock()) {
            boolean grown;
            try {
                grown = this.cells.tryGrow(cell);
            }
            finally {
                cell.release();
            }
            if (grown) {
                return;
            }
            this.context.counters.writerWaits.increment();
            locked(() -> cut(this.lastNow, false));
        }
        else {
            try {
                bringHome(cell);
            }
            finally {
                this.lock.unlock();
            }
        }
        this.context.listeners.deliver();
    }

    /**
     * Brings the values of one cell home while no second ends: then the other cells, and
     * the cache lines of their writers, can be left alone.
     */
    private void bringHome(Cell cell) {
        long second = SlotGrid.second(this.lastNow);
        StagedValues batch;
        try {
            batch = (SlotGrid.second(cell.newestTime()) == second) ? this.cells.cut(cell) : null;
        }
        finally {
            cell.release();
        }
        if (batch == null) {
            cut(this.lastNow, false);
            return;
        }
        bringHome(batch, 0, batch.size(), second);
        keepRaw(batch);
        settle();
    }

    /**
     * Brings all values home that were recorded before.
     * @return the current time, which never goes back
     */
    private long cut(long now, boolean last) {
        this.lastNow = this.cells.cut(Math.max(this.lastNow, now), last);
        StagedValues[] batches = this.cells.batches();
        StagedValues oldest;
        while ((oldest = StagedValues.withOldest(batches)) != null) {
            bringHome(batches, SlotGrid.second(oldest.nextTime()));
        }
        for (StagedValues batch : batches) {
            keepRaw(batch);
        }
        settle();
        return this.lastNow;
    }

    private void settle() {
        relieve();
        long interval = this.context.settings.cleanupInterval().toNanos();
        long newest = this.lifetime.updated();
        if (interval > 0 && newest - this.lastCleanup >= interval) {
            clean(newest);
        }
    }

    /** Gives up what is worth less than the bytes that others need. */
    private void relieve() {
        if (this.account.isBeyond(Use.METADATA)) {
            this.account.losses().metadata.add(this.ring.dropAttachments());
        }
        if (this.account.isBeyond(Use.RAW_VALUES)) {
            this.account.losses().rawValues.add(this.ring.giveUpHalf(this.eviction));
        }
    }

    private void keepRaw(StagedValues batch) {
        this.context.counters.accepted.add(batch.size());
        this.ring.addAll(batch, this.retentionNanos, this.eviction);
        batch.clear(this.account);
    }

    private void noteEviction(int number, long time) {
        this.table.byNumber(number).rawLostAt = time;
    }

    private void bringHome(StagedValues[] batches, long second) {
        for (StagedValues batch : batches) {
            int from = batch.next();
            int to = batch.skipTo(second + SlotGrid.SECOND);
            if (to > from) {
                bringHome(batch, from, to, second);
            }
        }
    }

    private void bringHome(StagedValues batch, int from, int to, long second) {
        double[] values = batch.values();
        sum(values, from, to);
        this.lifetime.record(this.stretch, values[to - 1], batch.time(to - 1));
        int start = from;
        while (start < to) {
            int end = batch.endOfOwner(start, to);
            if (end - start < to - from) {
                sum(values, start, end);
            }
            int number = batch.owner(start);
            this.table.byNumber(number).record(values, start, end, this.stretch, second, batch.time(end - 1));
            if (this.table.isOverflow(number)) {
                this.context.counters.overflowed.add(end - start);
            }
            start = end;
        }
    }

    private void sum(double[] values, int from, int to) {
        this.stretch.clear();
        this.stretch.addAll(values, from, to);
    }

    long timingNanos() {
        try {
            return this.context.timingNanos();
        }
        catch (Throwable ex) { // a user's clock; the time taken with it is refused
            this.context.counters.errors.increment();
            return NO_TIME;
        }
    }

    MetricSeries handle(Tags tags) {
        SeriesState known = this.table.find(tags);
        SeriesState series = (known != null) ? known : this.table.findOrAdmit(tags, nowOrStart());
        this.context.listeners.deliver();
        return (series != null) ? series.handle : new MetricSeries(this, tags);
    }

    private long nowOrStart() {
        try {
            return this.context.now();
        }
        catch (Throwable ex) { // a user's clock: a Timing starts all the same, and counts
                               // what it meets
            return 0;
        }
    }

    void tellAdded(MetricSeries handle) {
        this.context.listeners.enqueue((listener) -> listener.seriesAdded(this.metric, handle));
    }

    void tellRemoved(MetricSeries handle) {
        this.context.listeners.enqueue((listener) -> listener.seriesRemoved(this.metric, handle));
    }

    List<MetricSeries> handles() {
        return locked(() -> this.table.all().stream().map((series) -> series.handle).toList());
    }

    /**
     * Answers for the series whose tags keep a condition, as one.
     */
    WindowSnapshot window(SpanRequest request, Predicate<Tags> filter) {
        return timeline(request, filter).get(0);
    }

    List<WindowSnapshot> timeline(SpanRequest request, Predicate<Tags> filter) {
        Map<String, SpanFigures> whole = new LinkedHashMap<>();
        whole.put("", new SpanFigures()); // an answer even where no series matches
        return answer(request, (tags) -> filter.test(tags) ? "" : null, whole).values().iterator().next();
    }

    /**
     * Answers for groups of series.
     * @param groupOf the group of a series, or null where it belongs to none
     */
    Map<String, List<WindowSnapshot>> windows(SpanRequest request, Function<Tags, @Nullable String> groupOf) {
        return answer(request, groupOf, new LinkedHashMap<>());
    }

    private Map<String, List<WindowSnapshot>> answer(SpanRequest request, Function<Tags, @Nullable String> groupOf,
            Map<String, SpanFigures> groups) {
        WindowAnswer answer = cutAnd((present) -> {
            WindowAnswer filling = new WindowAnswer(present, this.retentionNanos, this.context.layout, groups);
            filling.add(request, this.table, groupOf, this.grid, this.ring);
            return filling;
        });
        return answer.snapshots();
    }

    List<MetricValue> values(ValueQuery query) {
        return cutAnd(
                (present) -> new ValueSelection(this.ring, this.table, query).values(present, this.retentionNanos));
    }

    MetricStatistics statistics() {
        return cutAnd((present) -> {
            int stored = this.ring.size() - this.ring.firstAtOrAfter(present.now() - this.retentionNanos);
            return statistics(this.lifetime, present, stored, this.account.bytes(), this.table.size());
        });
    }

    MetricStatistics statistics(MetricSeries handle) {
        return cutAnd((present) -> {
            long now = present.now();
            SeriesState series = this.table.find(handle.tags());
            if (series == null) {
                return statistics(new Lifetime(now, now), present, 0, 0, 1);
            }
            int stored = 0;
            for (int i = this.ring.firstAtOrAfter(now - this.retentionNanos); i < this.ring.size(); i++) {
                stored += (this.ring.owner(i) == series.number) ? 1 : 0;
            }
            return statistics(series, present, stored, series.heapBytes(), 1);
        });
    }

    private MetricStatistics statistics(Lifetime figures, Present present, int stored, long bytes, int seriesCount) {
        MetricType type = this.metric.type();
        boolean any = figures.count() > 0;
        double current = (type == MetricType.COUNTER) ? figures.sum() : figures.newest();
        return new MetricStatistics(name(), type, figures.count(), any ? current : null,
                type.keepsTotal() ? figures.sum() : 0.0, any ? figures.min() : null, any ? figures.max() : null,
                present.instantOf(figures.created()), present.instantOf(figures.updated()), stored, bytes, seriesCount);
    }

    /**
     * Brings home what is staged, for figures that all metrics share.
     */
    void flush() {
        if (!this.cells.isEmpty()) {
            locked(() -> cut(this.lastNow, false));
            this.context.listeners.deliver();
        }
    }

    /**
     * Drops what has expired.
     * @return the number of raw values dropped
     */
    long cleanOldValues() {
        long now = this.context.preciseNow();
        long dropped = locked(() -> clean(cut(now, false)));
        this.context.listeners.deliver();
        return dropped;
    }

    private long clean(long now) {
        this.lastCleanup = now;
        int dropped = this.ring.dropBefore(now - this.retentionNanos);
        this.ring.shrink();
        if (now - this.lifetime.updated() >= IDLE_NANOS) {
            this.cells.narrow();
        }
        long ttl = this.context.settings.idleSeriesTtl().toNanos();
        List<SeriesState> idle = new ArrayList<>();
        this.table.forEach((series) -> {
            series.timeline.compact(now);
            // a value that answers is never dropped, however short the time to live
            if (ttl > 0 && now - series.updated() >= ttl && series.timeline.isEmpty()) {
                idle.add(series);
            }
        });
        this.table.remove(idle, this.cells, now);
        return dropped;
    }

    void reset() {
        long now = this.context.preciseNow();
        locked(() -> {
            removeAll(cut(now, false));
            return null;
        });
        this.context.listeners.deliver();
    }

    /**
     * Gives all memory back; later values are refused.
     */
    void unregister() {
        long now = this.context.preciseNow();
        locked(() -> {
            long last = cut(now, true);
            this.table.close();
            removeAll(last);
            this.account.releaseAll();
            return null;
        });
        this.context.listeners.deliver();
    }

    /**
     * Refuses later values, and goes on to answer.
     */
    void close() {
        locked(() -> cut(this.lastNow, true));
        this.context.listeners.deliver();
    }

    private void removeAll(long now) {
        this.table.remove(this.table.all(), this.cells, now);
        this.ring.dropBefore(Long.MAX_VALUE);
        this.ring.shrink();
        this.lifetime = new Lifetime(this.lifetime.created(), now);
    }

    /** The clock is read before the lock is taken, as it is the user's. */
    private <T> T cutAnd(Function<Present, T> question) {
        Present asked = this.context.present();
        T answer = locked(() -> question.apply(asked.at(cut(asked.now(), false))));
        this.context.listeners.deliver();
        return answer;
    }

    <T extends @Nullable Object> T locked(Supplier<T> action) {
        this.lock.lock();
        try {
            return action.get();
        }
        finally {
            this.lock.unlock();
        }
    }

}
