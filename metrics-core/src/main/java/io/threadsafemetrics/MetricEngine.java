package io.threadsafemetrics;

import java.time.Instant;
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
import io.threadsafemetrics.internal.window.Attachment;
import io.threadsafemetrics.internal.window.RawRing;
import io.threadsafemetrics.internal.window.SlotGrid;
import io.threadsafemetrics.internal.window.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * Holds the values of one metric.
 */
final class MetricEngine {

    /*
     * Shared state: all fields below, and all objects that they lead to.
     *
     * Edge: 'lock'. Every access is between lock() and unlock(), so an answer sees every
     * value whose recording returned before, and is cut by none.
     *
     * User code: the clock is read inside and must not block; tags and metadata are
     * copied before, listeners are called after.
     *
     * Checked by HammerTests, which fail without the lock: torn snapshots, lost values.
     */
    private static final long OBJECT_BYTES = 480;

    /** The overflow series, promised from the registration on while there is none. */
    private static final long OVERFLOW_BYTES = SeriesState.heapBytes(Tags.OVERFLOW, Tags.empty());

    /** What {@link #timingNanos()} answers where the clock threw. */
    static final long NO_TIME = Long.MIN_VALUE;

    private final ReentrantLock lock = new ReentrantLock();

    private final ThreadSafeMetric metric;

    private final CollectorContext context;

    private final MemoryAccount account;

    private final SlotGrid grid;

    private final RawRing<SeriesState> ring;

    private Map<Tags, SeriesState> series = new LinkedHashMap<>();

    private final long retentionNanos;

    private final int maxTagSets;

    /** Tags of the series admitted last, with which the next one may share texts. */
    private Tags newestTags = Tags.empty();

    private Lifetime lifetime;

    private long lastNow;

    private long lastCleanup;

    private boolean unregistered;

    MetricEngine(ThreadSafeMetric metric, int maxValues, int maxTagSets, long retentionNanos,
            CollectorContext context) {
        this.metric = metric;
        this.context = context;
        this.account = context.newAccount();
        this.grid = new SlotGrid(retentionNanos);
        this.ring = new RawRing<>(maxValues, this.account);
        this.retentionNanos = retentionNanos;
        this.maxTagSets = maxTagSets;
        this.lastNow = context.now();
        this.lastCleanup = this.lastNow;
        this.lifetime = new Lifetime(this.lastNow, this.lastNow);
    }

    /**
     * Takes the bytes of the metric itself.
     * @return false if the budget has no room for another metric
     */
    boolean tryReserve(MetricDefinition definition) {
        long bytes = OBJECT_BYTES + RawRing.OBJECT_BYTES + definition.textBytes();
        return this.account.tryReserve(bytes, OVERFLOW_BYTES + Timeline.PROMISED_BYTES, Use.SERIES);
    }

    String name() {
        return this.metric.name();
    }

    boolean record(double value, Tags tags, @Nullable Map<String, ?> metadata) {
        return record(value, tags, null, metadata);
    }

    boolean record(double value, MetricSeries handle, @Nullable Map<String, ?> metadata) {
        return record(value, handle.tags(), handle, metadata);
    }

    private boolean record(double value, Tags tags, @Nullable MetricSeries handle, @Nullable Map<String, ?> metadata) {
        RecordingCounters counters = this.context.counters;
        if (!Double.isFinite(value)) {
            return counters.refuse(Refusal.NOT_FINITE);
        }
        if (value < 0 && this.metric.type().refusesNegativeValues()) {
            return counters.refuse(Refusal.NEGATIVE);
        }
        if (this.context.isClosed()) {
            return counters.refuse(Refusal.CLOSED);
        }
        try {
            if (!recordLocked(value, tags, handle, Metadata.copyOf(metadata, counters.losses.metadata))) {
                return counters.refuse(Refusal.UNREGISTERED);
            }
            counters.accepted.increment();
            this.context.listeners.deliver();
            return true;
        }
        catch (Throwable ex) { // recording must not harm the code that records
            return counters.refuseAfterError();
        }
    }

    private boolean recordLocked(double value, Tags tags, @Nullable MetricSeries handle,
            @Nullable Attachment attachment) {
        if (!this.lock.tryLock()) {
            this.context.counters.writerWaits.increment();
            this.lock.lock();
        }
        try {
            if (this.unregistered) {
                return false;
            }
            long now = now();
            SeriesState state = (handle != null) ? stateOf(handle) : stateOf(tags);
            if (state.tags().isOverflow()) {
                this.context.counters.overflowed.increment();
            }
            this.ring.add(now, value, state, attachment, now - this.retentionNanos, MetricEngine::noteEviction);
            state.record(value, now);
            this.lifetime.record(value, now);
            long interval = this.context.settings.cleanupInterval().toNanos();
            if (interval > 0 && now - this.lastCleanup >= interval) {
                clean(now);
            }
            return true;
        }
        finally {
            this.lock.unlock();
        }
    }

    private static void noteEviction(SeriesState owner, long time) {
        owner.rawLostAt = time;
    }

    private SeriesState stateOf(MetricSeries handle) {
        SeriesState state = handle.state;
        if (state == null || state.removed) {
            state = stateOf(handle.tags());
            handle.state = state;
        }
        return state;
    }

    private SeriesState stateOf(Tags tags) {
        SeriesState state = this.series.get(tags);
        if (state != null) {
            return state;
        }
        if (tags.isOverflow()) {
            this.account.spend(OVERFLOW_BYTES);
            return admit(tags, OVERFLOW_BYTES);
        }
        long bytes = SeriesState.heapBytes(tags, this.newestTags);
        return tryReserveSeries(bytes) ? admit(tags, bytes) : stateOf(Tags.OVERFLOW);
    }

    private boolean tryReserveSeries(long bytes) {
        int overflow = this.series.containsKey(Tags.OVERFLOW) ? 1 : 0;
        return this.series.size() - overflow < this.maxTagSets
                && this.account.tryReserve(bytes, Timeline.PROMISED_BYTES, Use.SERIES);
    }

    private SeriesState admit(Tags tags, long bytes) {
        MetricSeries handle = new MetricSeries(this, tags);
        SeriesState state = new SeriesState(handle, bytes, this.lastNow, this.grid, this.context, this.account);
        handle.state = state;
        this.newestTags = tags;
        this.series.put(tags, state);
        this.context.listeners.enqueue((listener) -> listener.seriesAdded(this.metric, handle));
        return state;
    }

    /** The time, which never goes back. */
    private long now() {
        this.lastNow = Math.max(this.lastNow, this.context.now());
        return this.lastNow;
    }

    private long preciseNow() {
        this.lastNow = Math.max(this.lastNow, this.context.preciseNow());
        return this.lastNow;
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
        MetricSeries handle = locked(() -> this.unregistered ? new MetricSeries(this, tags) : startedNow(tags).handle);
        this.context.listeners.deliver();
        return handle;
    }

    /**
     * The series; one that starts here is as old as the question, not as the value before
     * it.
     */
    private SeriesState startedNow(Tags tags) {
        if (!this.series.containsKey(tags)) {
            try {
                now();
            }
            catch (Throwable ex) {
                // a user's clock: a Timing starts all the same, and counts what it meets
            }
        }
        return stateOf(tags);
    }

    List<MetricSeries> handles() {
        return locked(() -> this.series.values().stream().map((state) -> state.handle).toList());
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
        WindowAnswer answer = locked(() -> {
            WindowAnswer filling = new WindowAnswer(present(), this.retentionNanos, this.context.layout, groups);
            filling.add(request, this.series.values(), groupOf, this.grid, this.ring);
            return filling;
        });
        return answer.snapshots();
    }

    List<MetricValue> values(ValueQuery query) {
        return locked(() -> new ValueSelection(this.ring, query).values(present(), this.retentionNanos));
    }

    MetricStatistics statistics() {
        return locked(() -> {
            Present present = present();
            int stored = this.ring.size() - this.ring.firstAtOrAfter(present.now() - this.retentionNanos);
            return statistics(this.lifetime, present, stored, this.account.bytes(), this.series.size());
        });
    }

    MetricStatistics statistics(MetricSeries handle) {
        return locked(() -> {
            Present present = present();
            long now = present.now();
            SeriesState state = this.series.get(handle.tags());
            if (state == null) {
                return statistics(new Lifetime(now, now), present, 0, 0, 1);
            }
            int stored = 0;
            for (int i = this.ring.firstAtOrAfter(now - this.retentionNanos); i < this.ring.size(); i++) {
                stored += (this.ring.owner(i) == state) ? 1 : 0;
            }
            return statistics(state.lifetime, present, stored, state.heapBytes(), 1);
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
     * Drops what has expired.
     * @return the number of raw values dropped
     */
    long cleanOldValues() {
        long dropped = locked(() -> clean(preciseNow()));
        this.context.listeners.deliver();
        return dropped;
    }

    private long clean(long now) {
        this.lastCleanup = now;
        int dropped = this.ring.dropBefore(now - this.retentionNanos);
        this.ring.shrink();
        long ttl = this.context.settings.idleSeriesTtl().toNanos();
        boolean anyRemoved = this.series.values().removeIf((state) -> {
            state.timeline.compact(now);
            // a value that answers is never dropped, however short the time to live
            boolean idle = ttl > 0 && now - state.lifetime.updated() >= ttl && state.timeline.slots().isEmpty();
            if (idle) {
                remove(state);
            }
            return idle;
        });
        if (anyRemoved) {
            this.series = new LinkedHashMap<>(this.series); // its table never shrinks
        }
        return dropped;
    }

    private void remove(SeriesState state) {
        state.removed = true;
        state.handle.state = null;
        state.timeline.close();
        this.account.release(state.ownBytes);
        if (state.tags().isOverflow()) {
            this.account.promise(OVERFLOW_BYTES + Timeline.PROMISED_BYTES);
        }
        this.context.listeners.enqueue((listener) -> listener.seriesRemoved(this.metric, state.handle));
    }

    void reset() {
        locked(() -> {
            removeAll(preciseNow());
            return null;
        });
        this.context.listeners.deliver();
    }

    /**
     * Gives all memory back; later values are refused.
     */
    void unregister() {
        locked(() -> {
            removeAll(preciseNow());
            this.unregistered = true;
            this.account.releaseAll();
            return null;
        });
        this.context.listeners.deliver();
    }

    private void removeAll(long now) {
        this.series.values().forEach(this::remove);
        this.series = new LinkedHashMap<>(); // its table never shrinks
        this.newestTags = Tags.empty();
        this.ring.dropBefore(Long.MAX_VALUE);
        this.ring.shrink();
        this.lifetime = new Lifetime(this.lifetime.created(), now);
    }

    private Present present() {
        return this.context.present(preciseNow());
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
