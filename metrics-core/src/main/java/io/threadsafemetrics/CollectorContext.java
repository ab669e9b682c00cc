package io.threadsafemetrics;

import java.time.Instant;
import java.util.Collection;
import java.util.function.Supplier;

import io.threadsafemetrics.internal.distribution.BucketLayout;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget;
import io.threadsafemetrics.internal.util.RecentObjects;

/**
 * What the metrics of a collector share: its settings, time, budget and counters.
 */
final class CollectorContext {

    private static final int PAID_TAGS = 512;

    /** What a collector without metrics holds; the clock belongs to the user. */
    private static final long EMPTY_BYTES = 5008 + RecentObjects.heapBytes(PAID_TAGS);

    final CollectorSettings settings;

    final BucketLayout layout;

    final MemoryBudget budget;

    final MemoryRelief relief;

    final RecordingCounters counters;

    /** Tags and texts for which a series pays that is not over. */
    final RecentObjects paidTags;

    final ListenerNotifier listeners;

    private final MetricsClock clock;

    private final MetricsClock timingClock;

    private final long originNanos;

    /**
     * Closed before the cells of any metric are (Cell E1), so that a writer who finds
     * those closed sees why. Checked by CollectorContextStress (control: the cells closed
     * first).
     */
    private volatile boolean closed;

    CollectorContext(CollectorSettings settings, Supplier<Collection<ThreadSafeMetric>> metrics) {
        this.relief = new MemoryRelief(metrics);
        this.settings = settings;
        this.counters = new RecordingCounters(!settings.cleanupInterval().isZero());
        this.listeners = new ListenerNotifier(this.counters.errors);
        this.layout = BucketLayout.forRelativeError(settings.relativeError());
        this.budget = new MemoryBudget(settings.maxMemoryBytes());
        this.budget.reserve(EMPTY_BYTES);
        this.paidTags = new RecentObjects(PAID_TAGS);
        this.clock = settings.clock();
        this.timingClock = (this.clock instanceof CoarseMetricsClock) ? MetricsClock.system() : this.clock;
        this.originNanos = this.clock.monotonicNanos();
    }

    private CollectorContext(CollectorContext shared) {
        this.relief = shared.relief;
        this.settings = shared.settings;
        this.counters = new RecordingCounters(false);
        this.listeners = new ListenerNotifier(this.counters.errors);
        this.layout = shared.layout;
        this.budget = shared.budget;
        this.paidTags = shared.paidTags;
        this.clock = shared.clock;
        this.timingClock = shared.timingClock;
        this.originNanos = shared.originNanos;
    }

    /**
     * Returns a context for metrics that are not the user's: with the same time and
     * budget, and counters and listeners of its own.
     */
    CollectorContext beside() {
        return new CollectorContext(this);
    }

    /**
     * Nanoseconds since the collector was created.
     */
    long now() {
        return this.clock.monotonicNanos() - this.originNanos;
    }

    /**
     * The same for a question, which a coarse clock must not answer with old news.
     */
    long preciseNow() {
        if (this.clock instanceof CoarseMetricsClock coarse) {
            coarse.tick();
        }
        return now();
    }

    /**
     * The moment of a question.
     */
    Present present() {
        return present(preciseNow());
    }

    Present present(long now) {
        return new Present(now, Instant.ofEpochMilli(this.clock.wallClockMillis()));
    }

    /**
     * A reading to take durations with, precise where the clock is not.
     */
    long timingNanos() {
        return this.timingClock.monotonicNanos();
    }

    MemoryAccount newAccount() {
        return new MemoryAccount(this.budget, this.counters.losses);
    }

    boolean isClosed() {
        return this.closed;
    }

    void close() {
        this.closed = true;
    }

}
