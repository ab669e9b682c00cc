package io.threadsafemetrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import io.threadsafemetrics.internal.window.Attachment;
import io.threadsafemetrics.internal.window.Cell;
import io.threadsafemetrics.internal.window.Cells;
import io.threadsafemetrics.internal.window.SlotGrid;
import io.threadsafemetrics.internal.window.SlotHistory;
import io.threadsafemetrics.internal.window.StagedValues;
import io.threadsafemetrics.internal.window.TimelineContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes the values of one metric and answers questions: writers leave values in cells,
 * whoever takes the lock brings them home to the {@link MetricStore}.
 */
final class MetricEngine {

    /*
     * Shared state: the cells and the table of series guard themselves. 'lastNow' and the
     * store belong to 'lock'.
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
     * Checked by CollectorSoakTests, HammerTests and MetricLincheckTests, which fail
     * without the lock (torn snapshots, lost values), and by MetricEngineStress
     * (controls: each series asked or reset by itself; a cell emptied without the lock).
     */
    private static final long METRIC_AND_MAP_ENTRY_BYTES = Heap.object(2 * Heap.REFERENCE)
            + Heap.object(Integer.BYTES + 3 * Heap.REFERENCE) + 2 * Heap.REFERENCE;

    private static final long OBJECT_BYTES = METRIC_AND_MAP_ENTRY_BYTES
            + Heap.object(8 * Heap.REFERENCE + Long.BYTES + 1) + Heap.LOCK + MemoryAccount.OBJECT_BYTES
            + Cells.OBJECT_BYTES + MetricStore.OBJECT_BYTES + SeriesTable.OBJECT_BYTES;

    /** What {@link #timingNanos()} answers where the clock threw. */
    static final long NO_TIME = Long.MIN_VALUE;

    private final ReentrantLock lock = new ReentrantLock();

    private final ThreadSafeMetric metric;

    private final CollectorContext context;

    private final MemoryAccount account;

    private final Cells cells;

    private final SeriesTable table;

    private final TimelineContext timelines;

    private final MetricStore store;

    private final boolean refusesNegative;

    private long lastNow;

    MetricEngine(ThreadSafeMetric metric, int maxValues, int maxTagSets, long retentionNanos,
            CollectorContext context) {
        this.metric = metric;
        this.context = context;
        this.account = context.newAccount();
        this.cells = new Cells(this.account);
        this.timelines = new TimelineContext(new SlotGrid(retentionNanos), context.layout, this.account,
                context.relief);
        this.table = new SeriesTable(this, maxTagSets, this.timelines, context, this.account);
        this.refusesNegative = metric.type().refusesNegativeValues();
        this.lastNow = context.now();
        this.store = new MetricStore(metric, this.cells, this.table, this.timelines, maxValues, retentionNanos, context,
                this.account, this.lastNow);
    }

    /**
     * Takes the bytes of the metric itself.
     * @return false if the budget has no room for another metric
     */
    boolean tryReserve(MetricDefinition definition) {
        return this.account.tryReserve(OBJECT_BYTES + definition.heapBytes(), SeriesTable.PROMISED_BYTES, Use.SERIES);
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
            return tryLeave(value, time, handle.live) || leave(value, time, handle.tags(), handle, null);
        }
        catch (Throwable ex) { // recording must not harm the code that records
            return this.context.counters.refuseAfterError(ex);
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
            return this.context.counters.refuseAfterError(ex);
        }
    }

    boolean record(double value, @Nullable Map<String, String> tags) {
        if (!isAcceptable(value)) {
            return refuse(value);
        }
        try {
            long time = this.context.now();
            return tryLeave(value, time, this.table.find(tags)) || leave(value, time, Tags.of(tags), null, null);
        }
        catch (Throwable ex) {
            return this.context.counters.refuseAfterError(ex);
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
            return this.context.counters.refuseAfterError(ex);
        }
    }

    private boolean isAcceptable(double value) {
        return Math.abs(value) <= Double.MAX_VALUE && (value >= 0 || !this.refusesNegative);
    }

    private boolean refuse(double value) {
        return this.context.counters.refuse(Double.isFinite(value) ? Refusal.NEGATIVE : Refusal.NOT_FINITE);
    }

    /** The way of nearly every value. */
    private boolean tryLeave(double value, long time, @Nullable MetricSeries series) {
        Cell cell = (series != null) ? this.cells.take() : null;
        if (series == null || cell == null) {
            return false;
        }
        int number = series.number; // SeriesTable E3
        if (number == MetricSeries.REMOVED || cell.isFull()) {
            cell.release();
            return false;
        }
        cell.leave(time, value, number);
        return true;
    }

    private boolean leave(double value, long time, Tags tags, @Nullable MetricSeries handle,
            @Nullable Attachment attachment) {
        while (!this.cells.isClosed()) {
            MetricSeries series = find(tags, handle, time);
            Cell cell = (series != null) ? this.cells.take() : null;
            if (series == null || cell == null) {
                break;
            }
            int number = series.number;
            if (number == MetricSeries.REMOVED) {
                cell.release();
            }
            else if (cell.isFull()) {
                makeRoom(cell);
            }
            else {
                cell.leave(time, value, number, attachment, this.account);
                // news of a series that starts with this value
                this.context.listeners.deliver();
                return true;
            }
        }
        return this.context.counters.refuse(this.context.isClosed() ? Refusal.CLOSED : Refusal.UNREGISTERED);
    }

    /**
     * The series, started now if there is none.
     * @return null after the metric was unregistered
     */
    private @Nullable MetricSeries find(Tags tags, @Nullable MetricSeries handle, long now) {
        MetricSeries known = (handle != null) ? handle.live : this.table.find(tags);
        if (known != null && known.number != MetricSeries.REMOVED) {
            return known;
        }
        MetricSeries series = this.table.findOrAdmit(tags, now);
        if (handle != null && series != null && series.tags().equals(tags)) {
            handle.live = series; // not the overflow series: there may be room again
        }
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
     * the cache lines of their writers, can be left alone. Gives the cell back, too.
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
        if (batch != null) {
            this.store.add(batch, second);
        }
        else {
            cut(this.lastNow, false);
        }
    }

    /**
     * Brings all values home that were recorded before.
     * @return the current time, which never goes back
     */
    private long cut(long now, boolean last) {
        this.lastNow = this.cells.cut(Math.max(this.lastNow, now), last);
        this.store.add(this.cells.batches());
        return this.lastNow;
    }

    long timingNanos() {
        try {
            return this.context.timingNanos();
        }
        catch (Throwable ex) { // a user's clock; the time taken with it is refused
            this.context.counters.errors.add(ex);
            return NO_TIME;
        }
    }

    MetricSeries handle(Tags tags) {
        MetricSeries known = this.table.find(tags);
        MetricSeries series = (known != null) ? known : this.table.findOrAdmit(tags, nowOrStart());
        if (series == null) {
            return new MetricSeries(this, tags);
        }
        if (!series.visible) {
            this.table.show(series);
        }
        this.context.listeners.deliver();
        return series;
    }

    private long nowOrStart() {
        try {
            return this.context.now();
        }
        catch (Throwable ex) {
            // a user's clock: a Timing starts all the same, and counts what it meets
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
        return locked(() -> {
            cut(this.lastNow, false);
            return this.table.visibleHandles();
        });
    }

    /**
     * Answers for the series whose tags keep a condition, as one.
     */
    WindowSnapshot window(SpanRequest request, Predicate<Tags> filter) {
        return timeline(request, filter).get(0);
    }

    List<WindowSnapshot> timeline(SpanRequest request, Predicate<Tags> filter) {
        return onlyGroup(cutAnd((present) -> answer(request, filter, present)));
    }

    /**
     * Does the same for a caller who holds a lock, and calls
     * {@link ListenerNotifier#deliver()} once he has given it back.
     */
    WindowSnapshot windowUntold(SpanRequest request, Predicate<Tags> filter) {
        return onlyGroup(cutAndLeaveUntold((present) -> answer(request, filter, present))).get(0);
    }

    private WindowAnswer answer(SpanRequest request, Predicate<Tags> filter, Present present) {
        Map<String, SpanFigures> whole = new LinkedHashMap<>();
        whole.put("", new SpanFigures()); // an answer even where no series matches
        return this.store.answer(request, (tags) -> filter.test(tags) ? "" : null, whole, present);
    }

    private static List<WindowSnapshot> onlyGroup(WindowAnswer answer) {
        return answer.snapshots().values().iterator().next();
    }

    /**
     * Answers for groups of series.
     * @param groupOf the group of a series, or null where it belongs to none
     */
    Map<String, List<WindowSnapshot>> windows(SpanRequest request, Function<Tags, @Nullable String> groupOf) {
        WindowAnswer answer = cutAnd((present) -> this.store.answer(request, groupOf, new LinkedHashMap<>(), present));
        return answer.snapshots();
    }

    List<MetricValue> values(ValueQuery query, Predicate<Tags> filter) {
        return cutAnd((present) -> this.store.values(query, filter, present));
    }

    Optional<CumulativeHistogram> histogram(MetricSeries handle) {
        Present asked = this.context.present();
        SlotHistory history = locked(() -> this.store.history(handle, cut(asked.now(), false)));
        this.context.listeners.deliver();
        return Optional.ofNullable(history)
            .map((all) -> new CumulativeHistogram(all.histogram(this.context.layout), all.sum(),
                    asked.instantOf(all.since())));
    }

    MetricStatistics statistics() {
        return cutAnd(this.store::statistics);
    }

    MetricStatistics statistics(MetricSeries handle) {
        return cutAnd((present) -> this.store.statistics(handle, present));
    }

    /**
     * Brings home what is staged, for figures that all metrics share. Takes the lock even
     * where the cells are empty: somebody may have their values in his hands.
     */
    void flush() {
        locked(() -> this.cells.isEmpty() ? this.lastNow : cut(this.lastNow, false));
        this.context.listeners.deliver();
    }

    /**
     * Drops what has expired.
     * @return the number of raw values dropped
     */
    long cleanOldValues() {
        long now = this.context.preciseNow();
        long dropped = locked(() -> this.store.clean(cut(now, false)));
        this.context.listeners.deliver();
        return dropped;
    }

    /**
     * Returns a moment before which no slot starts; without the lock.
     */
    long oldestSlot() {
        return this.timelines.oldestStart();
    }

    /**
     * Gives up the slots that start before a time, unless the metric is busy.
     * @return whether any was given up
     */
    boolean tryDropSlots(long time) {
        return oldestSlot() < time && tryLocked(() -> this.store.dropSlots(time));
    }

    /**
     * Gives up what others need more, unless the metric is busy.
     */
    void tryRelieve() {
        tryLocked(() -> {
            this.store.relieve();
            return true;
        });
    }

    private boolean tryLocked(BooleanSupplier action) {
        if (!this.lock.tryLock()) {
            return false;
        }
        try {
            return action.getAsBoolean();
        }
        finally {
            this.lock.unlock();
        }
    }

    boolean remove(Tags tags) {
        long now = this.context.preciseNow();
        boolean removed = locked(() -> this.store.remove(tags, cut(now, false)));
        this.context.listeners.deliver();
        return removed;
    }

    void reset() {
        long now = this.context.preciseNow();
        locked(() -> {
            this.store.removeAll(cut(now, false));
            return null;
        });
        this.context.listeners.deliver();
    }

    /**
     * Gives all memory back; later values are refused. The caller delivers to listeners.
     */
    void unregister() {
        long now = this.context.preciseNow();
        locked(() -> {
            long last = cut(now, true);
            this.table.close();
            this.store.removeAll(last);
            this.account.releaseAll();
            return null;
        });
    }

    /**
     * Refuses later values, and goes on to answer. The caller delivers to listeners.
     */
    void close() {
        locked(() -> cut(this.lastNow, true));
    }

    private <T> T cutAnd(Function<Present, T> question) {
        T answer = cutAndLeaveUntold(question);
        this.context.listeners.deliver();
        return answer;
    }

    /** The clock is read before the lock is taken, as it is the user's. */
    private <T> T cutAndLeaveUntold(Function<Present, T> question) {
        Present asked = this.context.present();
        return locked(() -> question.apply(asked.at(cut(asked.now(), false))));
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
