package io.threadsafemetrics;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.threadsafemetrics.internal.window.SlotGrid;
import io.threadsafemetrics.internal.window.SlotRelief;

/**
 * Gives up what is worth least in all metrics of a collector: else the one that needs
 * room would give up its newest values for what others remember of long ago.
 */
final class MemoryRelief implements SlotRelief {

    /*
     * Shared state: 'floor' and 'turn', written under 'lock'; 'floor' is read by any.
     * 'oldest' is a hint: a slot that it misses is found once a newer one needs room.
     *
     * Lock order: a metric's lock, this one, those of other metrics by tryLock alone. One
     * that is busy is passed over: it comes up to the floor itself when its values are
     * home.
     */

    /** Each step gives up this part of the time that is remembered. */
    private static final int STEPS = 8;

    private final ReentrantLock lock = new ReentrantLock();

    private final Supplier<Collection<ThreadSafeMetric>> metrics;

    private final AtomicLong oldest = new AtomicLong(Long.MAX_VALUE);

    private volatile long floor = Long.MIN_VALUE;

    private Iterator<ThreadSafeMetric> turn = Collections.emptyIterator();

    MemoryRelief(Supplier<Collection<ThreadSafeMetric>> metrics) {
        this.metrics = metrics;
    }

    /**
     * Returns the time before which slots have to start to be given up.
     */
    long floor() {
        return this.floor;
    }

    @Override
    public void noteSlot(long start) {
        if (start < this.oldest.get()) {
            this.oldest.accumulateAndGet(start, Math::min);
        }
    }

    @Override
    public boolean dropOlderThan(long start) {
        if (this.oldest.get() >= start) { // as said by the last who looked through all
            return false;
        }
        this.lock.lock();
        try {
            this.oldest.set(oldestStart());
            return raiseFloor(start);
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Until something was dropped. */
    private boolean raiseFloor(long limit) {
        long from = Math.max(this.floor, this.oldest.get());
        while (from < limit) {
            if (dropBeforeFloor()) {
                return true;
            }
            from += Math.max(SlotGrid.SECOND, (limit - from) / STEPS);
            this.floor = Math.min(from, limit);
        }
        return dropBeforeFloor();
    }

    private boolean dropBeforeFloor() {
        boolean dropped = false;
        for (ThreadSafeMetric metric : this.metrics.get()) {
            dropped |= metric.engine().tryDropSlots(this.floor);
        }
        return dropped;
    }

    private long oldestStart() {
        long start = Long.MAX_VALUE;
        for (ThreadSafeMetric metric : this.metrics.get()) {
            start = Math.min(start, metric.engine().oldestSlot());
        }
        return start;
    }

    /**
     * Lets go of a metric that is gone.
     */
    void startTurnAnew() {
        this.lock.lock();
        try {
            this.turn = Collections.emptyIterator();
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Lets one metric, each time another, give up what it can spare.
     */
    void relieveNext() {
        if (this.lock.tryLock()) {
            try {
                if (!this.turn.hasNext()) {
                    this.turn = this.metrics.get().iterator();
                }
                if (this.turn.hasNext()) {
                    this.turn.next().engine().tryRelieve();
                }
            }
            finally {
                this.lock.unlock();
            }
        }
    }

}
