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
 * them.
 */
public class Cell {

    /*
     * Shared state: 'state', and behind it 'newestTime', 'staged' and all that it leads
     * to.
     *
     * Edge E1: release() or leave() (release) -> tryTake() (acquire) by the next holder,
     * who sees all that the holders before it wrote. Acquire and release are enough: the
     * fields are touched by holders alone.
     *
     * Weak on purpose: tryTake() looks first with an opaque read, since a failed
     * compare-and-set would take the cache line from the holder; and isEmpty() reads with
     * acquire, but takes nothing: a value whose recording happened before is seen, as
     * reads of one variable never go back.
     *
     * 'spare' belongs to the metric's lock.
     *
     * Progress: blocked by the holder, who runs a few instructions and calls no code of
     * users.
     *
     * Checked by CellStress and CellLincheckTests.
     */
    private static final int EMPTY = 0;

    private static final int FILLED = 1;

    private static final int TAKEN = -1;

    private static final int CLOSED = -2;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Cell.class, "state", int.class);
        }
        catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private static final long OBJECT_BYTES = Heap.object(Integer.BYTES + Long.BYTES + 2 * Heap.REFERENCE);

    @SuppressWarnings("UnusedVariable") // through STATE only
    private int state = EMPTY;

    private long newestTime = Long.MIN_VALUE;

    private StagedValues staged;

    private StagedValues spare;

    Cell(int capacity) {
        this.staged = new StagedValues(capacity);
        this.spare = new StagedValues(capacity);
    }

    /** Retained heap of a new cell. */
    static long heapBytes(int capacity) {
        return OBJECT_BYTES + 2 * StagedValues.heapBytes(capacity);
    }

    boolean tryTake() {
        int seen = (int) STATE.getOpaque(this);
        return seen >= EMPTY && STATE.weakCompareAndSetAcquire(this, seen, TAKEN);
    }

    /**
     * Lets others take the cell again. For its holder.
     */
    public void release() {
        STATE.setRelease(this, (this.staged.size() > 0) ? FILLED : EMPTY);
    }

    /**
     * Lets others take the cell again, or nobody ever. For its holder.
     */
    void release(boolean last) {
        if (last) {
            STATE.setRelease(this, CLOSED);
        }
        else {
            release();
        }
    }

    boolean isClosed() {
        return (int) STATE.getAcquire(this) == CLOSED;
    }

    /**
     * Whether nothing is staged. For anybody.
     */
    boolean isEmpty() {
        int seen = (int) STATE.getAcquire(this);
        return seen == EMPTY || seen == CLOSED;
    }

    /**
     * Whether there is no room for another value. For the holder.
     * @return true if there is none
     */
    public boolean isFull() {
        return this.staged.isFull();
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
        STATE.setRelease(this, FILLED);
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
                this.staged.attach(attachment, account);
            }
        }
        finally {
            STATE.setRelease(this, FILLED);
        }
    }

    private void stage(long time, double value, int owner) {
        long ordered = Math.max(time, this.newestTime);
        this.newestTime = ordered;
        this.staged.add(ordered, value, owner);
    }

    /** For the holder. */
    int capacity() {
        return this.staged.capacity();
    }

    /** For the holder, where the account grants the bytes. */
    boolean tryGrow(int capacity, MemoryAccount account) {
        if (!account.tryReserve(StagedValues.heapBytes(capacity) - StagedValues.heapBytes(capacity()),
                Use.RAW_VALUES)) {
            return false;
        }
        this.staged = this.staged.grown(capacity, account);
        return true;
    }

    /** For the holder. */
    boolean isStagingNothing() {
        return this.staged.size() == 0;
    }

    /** For the holder. */
    long newestTime() {
        return this.newestTime;
    }

    /** For the holder. */
    void addOwnersTo(BitSet target) {
        this.staged.addOwnersTo(target);
    }

    /**
     * Gets a buffer of another size ready for {@link #swap}, where the account grants the
     * bytes. For the holder of the metric's lock.
     * @param capacity how many values it is to hold
     */
    void prepare(int capacity, MemoryAccount account) {
        long bytes = StagedValues.heapBytes(capacity) - StagedValues.heapBytes(this.spare.capacity());
        if (bytes != 0 && account.tryReserve(bytes, Use.RAW_VALUES)) {
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
        this.staged = this.spare;
        this.spare = taken;
        this.newestTime = floor;
        return taken;
    }

}
