package io.threadsafemetrics;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import io.threadsafemetrics.internal.window.Cells;
import io.threadsafemetrics.internal.window.TimelineContext;
import io.threadsafemetrics.internal.window.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * The series of a metric: by tags for those who record, by number for staged values.
 */
final class SeriesTable {

    /*
     * Shared state: 'byTags', 'byNumber' and its elements, the numbers of the handles.
     *
     * Edge E1: written under 'admission' -> read by writers through the map or a handle.
     * A writer that admits waits for no reader: they do not take this lock.
     *
     * Edge E2: byNumber[n] is written before the handle gets its number (volatile) -> a
     * writer reads and stages n (Cell E1) -> the holder of the metric's lock, who took
     * the cell, reads byNumber[n].
     *
     * Edge E3: a series is removed by its number becoming REMOVED while all cells are
     * taken -> a writer reads the number while it holds a cell (Cell E1). So no value is
     * staged for a number that may mean another series.
     *
     * Removal needs the metric's lock, too. Lock order: metric, admission, cells.
     *
     * Checked by SeriesTableStress (controls: admitted without a lock; in the map before
     * the number means something; the number read before the cell is taken) and
     * SeriesEndLincheckTests (E3 with the cells not taken).
     */
    static final long OBJECT_BYTES = Heap.object(8 * Heap.REFERENCE + 2 * Integer.BYTES + 2)
            + Heap.object(11 * Heap.REFERENCE + Long.BYTES) // an empty map
            // the admission lock, and the free numbers
            + Heap.LOCK + Heap.object(Heap.REFERENCE + Integer.BYTES + 1) + Heap.array(1, Long.BYTES);

    /** The overflow series, promised while there is none. Its tags are a constant. */
    private static final long OVERFLOW_BYTES = SeriesState.HEAP_BYTES;

    private static final int FIRST_NUMBERS = 2;

    private static final int FIRST_TABLE = 16;

    /** The arrays of a table with one series, promised while there is none. */
    private static final long FIRST_ARRAYS_BYTES = arrayBytes(FIRST_NUMBERS);

    /** What must be promised for a table without series. */
    static final long PROMISED_BYTES = OVERFLOW_BYTES + FIRST_ARRAYS_BYTES + Timeline.PROMISED_BYTES;

    private static final SeriesState[] NONE = {};

    /** So many series are removed while the cells are taken once. */
    private static final int REMOVED_AT_ONCE = 64;

    private final ReentrantLock admission = new ReentrantLock();

    private final MetricEngine engine;

    private final CollectorContext context;

    private final MemoryAccount account;

    private final TimelineContext timelines;

    private final int maxTagSets;

    private volatile ConcurrentMap<Tags, MetricSeries> byTags = new ConcurrentHashMap<>();

    private volatile @Nullable SeriesState[] byNumber = NONE;

    private BitSet freeNumbers = new BitSet();

    private volatile int visible; // written under 'admission'

    private boolean closed;

    private boolean keepsHistory; // guarded by 'admission'

    SeriesTable(MetricEngine engine, int maxTagSets, TimelineContext timelines, CollectorContext context,
            MemoryAccount account) {
        this.engine = engine;
        this.maxTagSets = maxTagSets;
        this.timelines = timelines;
        this.context = context;
        this.account = account;
    }

    @Nullable MetricSeries find(Tags tags) {
        return this.byTags.get(tags);
    }

    /**
     * Finds a series by the entries of a map, which is not copied.
     * @return null also where the map breaks a rule of tags, or throws
     */
    @SuppressWarnings("CollectionIncompatibleType") // TagsLookup is made for this
    @Nullable MetricSeries find(@Nullable Map<String, String> tags) {
        if (tags == null) {
            return find(Tags.empty());
        }
        try {
            return this.byTags.get(new TagsLookup(tags));
        }
        catch (Throwable ex) { // a user's map: Tags.of says what becomes of it
            return null;
        }
    }

    /**
     * Returns the series of a staged value. For the holder of the metric's lock.
     */
    @SuppressWarnings("NullAway") // E2
    SeriesState byNumber(int number) {
        return this.byNumber[number];
    }

    /**
     * Returns the number of visible series.
     */
    int size() {
        return this.visible;
    }

    /**
     * Makes a series known to answers. Before its first value is home an answer would
     * show that it was being recorded, but not the value.
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // by the holder of 'admission' alone
    void show(MetricSeries series) {
        this.admission.lock();
        try {
            if (!series.visible && series.number != MetricSeries.REMOVED) {
                series.visible = true;
                this.visible++;
            }
        }
        finally {
            this.admission.unlock();
        }
    }

    /**
     * Returns the series by number, as they are now: another one may start at any time,
     * and its number be beyond the end.
     * @return the array itself, to be read only; null where a number is free
     */
    @Nullable SeriesState[] byNumber() {
        return this.byNumber;
    }

    /**
     * Returns the handles of the visible series, oldest first.
     */
    List<MetricSeries> visibleHandles() {
        return Stream.of(this.byNumber)
            .filter((state) -> state != null && state.handle.visible)
            .sorted(Comparator.comparingLong(Lifetime::created))
            .map((state) -> state.handle)
            .toList();
    }

    /**
     * Returns all series, visible or not.
     */
    List<SeriesState> all() {
        return Stream.of(this.byNumber).filter(Objects::nonNull).toList();
    }

    /**
     * Returns the series of some tags, or that of the overflow where there is no room;
     * admits either.
     * @param now when it starts
     * @return the series, or null once the table is closed
     */
    @Nullable MetricSeries findOrAdmit(Tags tags, long now) {
        if (!tags.isOverflow() && isFull() && find(tags) == null) {
            // without the lock, as a flood of tags is
            return findOrAdmit(Tags.OVERFLOW, now);
        }
        this.admission.lock();
        try {
            MetricSeries known = find(tags);
            if (known != null || this.closed) {
                return known;
            }
            if (tags.isOverflow()) {
                this.account.endPromise(OVERFLOW_BYTES);
                this.account.reserve(OVERFLOW_BYTES);
                return admit(Tags.OVERFLOW, 0, OVERFLOW_BYTES, now);
            }
            long texts = tags.textsBeside(this.context.paidTags);
            long bytes = SeriesState.HEAP_BYTES + tags.heapBytesBeside(this.context.paidTags, texts);
            if (!isFull() && this.account.tryReserve(bytes, Timeline.PROMISED_BYTES, Use.SERIES)) {
                return admit(tags, texts, bytes, now);
            }
        }
        finally {
            this.admission.unlock();
        }
        return findOrAdmit(Tags.OVERFLOW, now);
    }

    private boolean isFull() {
        ConcurrentMap<Tags, MetricSeries> known = this.byTags;
        int overflow = known.containsKey(Tags.OVERFLOW) ? 1 : 0;
        return known.size() - overflow >= this.maxTagSets;
    }

    private MetricSeries admit(Tags tags, long texts, long bytes, long now) {
        MetricSeries handle = new MetricSeries(this.engine, tags);
        put(new SeriesState(handle, texts, bytes, now, this.timelines), takeNumber());
        return handle;
    }

    private int takeNumber() {
        int free = this.freeNumbers.nextSetBit(0);
        if (free < 0) {
            int length = this.byNumber.length;
            free = Math.max(1, length);
            int newLength = Math.max(FIRST_NUMBERS, length + (length >> 2) + 1);
            resizeNumbers(newLength);
            this.freeNumbers.set(free, newLength);
        }
        this.freeNumbers.clear(free);
        return free;
    }

    /**
     * Ends series. Where values were staged since the last cut, a series starts anew and
     * they are its first. For the holder of the metric's lock.
     * @param removed the series
     * @param now when series start anew
     */
    void remove(List<SeriesState> removed, Cells cells, long now) {
        this.admission.lock();
        try {
            for (int i = 0; i < removed.size(); i += REMOVED_AT_ONCE) {
                remove(removed.subList(i, Math.min(removed.size(), i + REMOVED_AT_ONCE)), cells, now, new BitSet());
            }
            if (!removed.isEmpty()) {
                shrinkMap();
                shrinkNumbers();
            }
        }
        finally {
            this.admission.unlock();
        }
    }

    private void remove(List<SeriesState> removed, Cells cells, long now, BitSet staged) {
        int[] numbers = removed.stream().mapToInt((state) -> state.handle.number).toArray();
        cells.whileTaken((owners) -> {
            removed.forEach((state) -> state.handle.number = MetricSeries.REMOVED); // E3
            staged.or(owners);
        });
        for (int i = 0; i < numbers.length; i++) {
            SeriesState state = removed.get(i);
            end(state, numbers[i]);
            if (staged.get(numbers[i])) {
                restart(state, numbers[i], now);
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by the holder of 'admission' alone
    private void end(SeriesState state, int number) {
        state.timeline.close();
        this.byNumber[number] = null;
        this.visible -= state.handle.visible ? 1 : 0;
        state.handle.visible = false;
        this.freeNumbers.set(number);
        this.byTags.remove(state.tags());
        this.account.release(state.ownBytes());
        if (state.paysForTags()) {
            state.tags().removeFrom(this.context.paidTags, state.paidTexts);
        }
        if (state.overflow) {
            this.account.promise(OVERFLOW_BYTES);
        }
        else {
            this.account.endPromise(Timeline.PROMISED_BYTES);
        }
        this.engine.tellRemoved(state.handle);
    }

    private void restart(SeriesState before, int number, long now) {
        this.account.reserve(before.ownBytes());
        if (before.overflow) {
            this.account.endPromise(OVERFLOW_BYTES);
        }
        else {
            this.account.promise(Timeline.PROMISED_BYTES);
        }
        this.freeNumbers.clear(number);
        put(new SeriesState(before.handle, before.paidTexts, before.ownBytes(), now, this.timelines), number);
    }

    /**
     * Keeps, for all series from now on, what their cumulative histograms need. For the
     * holder of the metric's lock.
     */
    void keepHistory(long now) {
        this.admission.lock();
        try {
            if (!this.keepsHistory) {
                this.keepsHistory = true;
                all().forEach((state) -> state.timeline.keepHistory(state.created(), now));
            }
        }
        finally {
            this.admission.unlock();
        }
    }

    private void put(SeriesState state, int number) {
        if (this.keepsHistory) {
            state.timeline.keepHistory(state.created(), state.created());
        }
        this.byNumber[number] = state;
        state.handle.number = number;
        this.byTags.put(state.tags(), state.handle);
        if (state.paysForTags()) {
            state.tags().addTo(this.context.paidTags, state.paidTexts);
        }
        this.engine.tellAdded(state.handle);
    }

    /** A map's table never shrinks by itself. */
    private void shrinkMap() {
        ConcurrentMap<Tags, MetricSeries> smaller = new ConcurrentHashMap<>();
        if (!this.byTags.isEmpty()) { // a copy of nothing would have a table
            smaller.putAll(this.byTags);
        }
        this.byTags = smaller;
    }

    private void shrinkNumbers() {
        int length = this.byNumber.length;
        while (length > 0 && this.byNumber[length - 1] == null) {
            length--;
        }
        resizeNumbers(length);
        this.freeNumbers = this.freeNumbers.get(0, length);
    }

    private void resizeNumbers(int length) {
        int before = this.byNumber.length;
        this.account.reserve(arrayBytes(length) - arrayBytes(before));
        this.account.promise(((length == 0) ? FIRST_ARRAYS_BYTES : 0) - ((before == 0) ? FIRST_ARRAYS_BYTES : 0));
        this.byNumber = (length > 0) ? Arrays.copyOf(this.byNumber, length) : NONE;
    }

    /** With the map's first table. Empty ones have none. */
    private static long arrayBytes(int length) {
        return (length > 0) ? Heap.references(length) + Heap.references(FIRST_TABLE) : 0;
    }

    /**
     * Admits no more series. For the holder of the metric's lock.
     */
    void close() {
        this.admission.lock();
        try {
            this.closed = true;
        }
        finally {
            this.admission.unlock();
        }
    }

}
