package io.threadsafemetrics.internal.window;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.BitSet;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import org.jspecify.annotations.Nullable;

/**
 * A place where writers leave values until somebody who holds the metric's lock takes
 * them. It shares its cache lines with nothing else.
 */
public final class Cell extends CellState {

    /*
     * Shared state: 'state', and behind it all other fields but 'spare' and what they
     * lead to.
     *
     * Edge E1: release() or leave() (release) -> tryTake() (acquire) by the next holder,
     * who sees all that the holders before it wrote. Acquire and release are enough: the
     * fields are touched by holders alone.
     *
     * Weak on purpose: isEmpty() reads 'size' without holding the cell. It reads 'state'
     * before (acquire), so it sees the size of the last release, or a later one: a value
     * whose recording happened before is not missed.
     *
     * 'spare' belongs to the metric's lock.
     *
     * Progress: blocked by the holder, who runs a few instructions and calls no code of
     * users.
     *
     * Checked by CellStress (controls: taken by a plain read and write, given back before
     * the value is in it, looked at too early) and CellsLincheckTests.
     */
    private static final int FREE = 0;

    private static final int TAKEN = 1;

    private static final int CLOSED = 2;

    private static final VarHandle STATE;

    private static final VarHandle SIZE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(CellState.class, "state", int.class);
            SIZE = MethodHandles.lookup().findVarHandle(CellState.class, "size", int.class);
        }
        catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private static final long OBJECT_BYTES = Heap
        .object(2 * Integer.BYTES + (1 + 2 * LONGS) * Long.BYTES + 5 * Heap.REFERENCE);

    @SuppressWarnings("unused") // keeps what lies behind off the cache line
    private long q1, q2, q3, q4, q5, q6, q7, q8;

    Cell(int capacity) {
        super(capacity);
    }

    /** Retained heap of a new cell. */
    static long heapBytes(int capacity) {
        return OBJECT_BYTES + 2 * StagedValues.heapBytes(capacity);
    }

    boolean tryTake() {
        return (int) STATE.compareAndExchangeAcquire(this, FREE, TAKEN) == FREE;
    }

    /**
     * Whether it is worth trying: a failed try takes the cache line from the holder.
     */
    boolean looksFree() {
        return (int) STATE.getOpaque(this) == FREE;
    }

    /**
     * Lets others take the cell again. For its holder.
     */
    public void release() {
        STATE.setRelease(this, FREE);
    }

    /**
     * Ends the life of the cell. For its holder.
     */
    void close() {
        STATE.setRelease(this, CLOSED);
    }

    boolean isClosed() {
        return (int) STATE.getAcquire(this) == CLOSED;
    }

    /**
     * Whether nothing is staged. For anybody.
     */
    boolean isEmpty() {
        int seen = (int) STATE.getAcquire(this);
        return seen == CLOSED || (seen == FREE && (int) SIZE.getOpaque(this) == 0);
    }

    /**
     * Whether there is no room for another value. For the holder.
     * @return true if there is none
     */
    public boolean isFull() {
        return this.size == this.times.length;
    }

    /**
     * Leaves a value and lets others take the cell. For the holder of a cell that is not
     * full.
     * @param time when it was recorded; a time before the newest one becomes that one
     * @param value the value
     * @param owner the number of the series
     */
    public void leave(long time, double value, int owner) {
        stage(time, value, owner);
        release();
    }

    /**
     * Leaves a value with something beside it, and lets others take the cell.
     * @param time when it was recorded; a time before the newest one becomes that one
     * @param value the value
     * @param owner the number of the series
     * @param attachment what to keep beside it; null is nothing
     * @param account pays for the attachment, or counts its loss
     */
    public void leave(long time, double value, int owner, @Nullable Attachment attachment, MemoryAccount account) {
        stage(time, value, owner);
        try {
            if (attachment != null) {
                this.staged.attach(this.size - 1, attachment, account);
            }
        }
        finally {
            release();
        }
    }

    private void stage(long time, double value, int owner) {
        long ordered = Math.max(time, this.newestTime);
        int at = this.size;
        this.newestTime = ordered;
        this.times[at] = ordered;
        this.values[at] = value;
        this.owners[at] = owner;
        this.size = at + 1;
    }

    /** For the holder. */
    int capacity() {
        return this.times.length;
    }

    /** For the holder, where the account grants the bytes. */
    boolean tryGrow(int capacity, MemoryAccount account) {
        long bytes = StagedValues.heapBytes(capacity) - StagedValues.heapBytes(capacity());
        if (!account.tryReserve(bytes, Use.RAW_VALUES)) {
            return false;
        }
        stageTo(this.staged.grown(capacity, account));
        return true;
    }

    private void stageTo(StagedValues buffer) {
        this.staged = buffer;
        this.times = buffer.times;
        this.values = buffer.values;
        this.owners = buffer.owners;
    }

    /** For the holder. */
    boolean isStagingNothing() {
        return this.size == 0;
    }

    /** For the holder of a full cell. */
    boolean isFilledWithin(long nanos) {
        return this.newestTime - this.times[0] < nanos;
    }

    /**
     * Returns when the newest value was recorded. For the holder.
     * @return the time
     */
    public long newestTime() {
        return this.newestTime;
    }

    /** For the holder. */
    void addOwnersTo(BitSet target) {
        for (int i = 0; i < this.size; i++) {
            target.set(this.owners[i]);
        }
    }

    /**
     * Gets a buffer ready for {@link #swap} that holds at least so many values, where the
     * account grants the bytes. For the holder of the metric's lock.
     * @param capacity how many
     * @return whether there is another buffer now
     */
    boolean widen(int capacity, MemoryAccount account) {
        long bytes = StagedValues.heapBytes(capacity) - StagedValues.heapBytes(this.spare.capacity());
        if (bytes <= 0 || !account.tryReserve(bytes, Use.RAW_VALUES)) {
            return false;
        }
        this.spare = new StagedValues(capacity);
        return true;
    }

    /**
     * Gives back what a larger buffer takes. For the holder of the metric's lock.
     * @param capacity how many values the buffer is to hold
     */
    void narrow(int capacity, MemoryAccount account) {
        if (this.spare.capacity() > capacity) {
            account.release(StagedValues.heapBytes(this.spare.capacity()) - StagedValues.heapBytes(capacity));
            this.spare = new StagedValues(capacity);
        }
    }

    /**
     * Takes what is staged: until the next swap it belongs to the holder of the metric's
     * lock. For the holder of the cell and of that lock.
     * @param floor no later value is older than this
     */
    StagedValues swap(long floor) {
        StagedValues taken = this.staged;
        taken.fillTo(this.size);
        stageTo(this.spare);
        this.spare = taken;
        this.size = 0;
        this.newestTime = floor;
        return taken;
    }

}
