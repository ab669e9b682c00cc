package io.threadsafemetrics.internal.window;

import java.util.BitSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a metric: one, and more where writers meet, as in the JDK's
 * {@code Striped64} (D. Lea). Nothing is kept per thread: a thread's number says where it
 * looks first.
 */
public final class Cells {

    /*
     * Shared state: 'all', written by the holder of all[0] alone and read by anybody. Who
     * holds the first cell hence sees all cells, and takes them all for a cut in one
     * instant: no value is in a cut that lacks one recorded before.
     *
     * 'batches' belongs to the metric's lock. Lock order: metric, then cells in ascending
     * order; a writer that holds a cell waits for nothing.
     *
     * Checked by CellsStress (controls: the cells cut one by one, closed after the cut,
     * or added without the first one being held), CellsLincheckTests, CellsTests and
     * LateValueTests (control: cells that keep a time of their own at a cut).
     */
    static final int FIRST_CAPACITY = 8;

    static final int CAPACITY = 128;

    /** Where writers find no room and a reader is at work, a buffer grows up to this. */
    static final int MAX_CAPACITY = 4096;

    /** A buffer that fills in less grows up to {@link #CAPACITY}. */
    private static final long BUSY_NANOS = 10_000_000;

    // four a processor, so that the numbers of a few busy threads rarely clash
    private static final int MAX_CELLS = Integer.highestOneBit(8 * Runtime.getRuntime().availableProcessors() - 1);

    private static final int SPINS = 100;

    /** Retained heap of the cells of a new metric. */
    public static final long OBJECT_BYTES = Heap.object(3 * Heap.REFERENCE) + 2 * Heap.references(1)
            + Cell.heapBytes(FIRST_CAPACITY);

    private final MemoryAccount account;

    private volatile Cell[] all;

    private StagedValues[] batches = new StagedValues[1];

    /**
     * Creates a cell.
     * @param account pays for more cells and larger buffers; {@link #OBJECT_BYTES} are
     * paid
     */
    public Cells(MemoryAccount account) {
        this(account, 1);
    }

    /**
     * Creates several cells, as writers who meet would.
     */
    Cells(MemoryAccount account, int count) {
        this.account = account;
        this.all = Stream.generate(() -> new Cell(FIRST_CAPACITY)).limit(count).toArray(Cell[]::new);
    }

    /**
     * Returns the cells, not taken yet.
     * @return the array itself, to be read only
     */
    Cell[] all() {
        return this.all;
    }

    /**
     * Takes a cell, which the caller gives back by one of the cell's methods at once.
     * @return the cell, or null once the cells are closed
     */
    public @Nullable Cell take() {
        Cell[] cells = this.all;
        Cell cell = (cells.length == 1) ? cells[0] : cells[indexOfThread(cells)];
        return cell.tryTake() ? cell : takeAny();
    }

    private static int indexOfThread(Cell[] cells) {
        return (int) Thread.currentThread().getId() & (cells.length - 1);
    }

    private @Nullable Cell takeAny() {
        tryAddCells();
        int spins = 0;
        while (!isClosed()) {
            Cell[] cells = this.all;
            Cell cell = cells[(indexOfThread(cells) + spins) & (cells.length - 1)];
            if (cell.looksFree() && cell.tryTake()) {
                return cell;
            }
            pause(++spins);
        }
        return null;
    }

    @SuppressWarnings("ThreadPriorityCheck") // the holder may wait for this processor
    private static void pause(int spins) {
        if (spins % SPINS == 0) {
            Thread.yield();
        }
        else {
            Thread.onSpinWait();
        }
    }

    /** Twice as many cells, unless somebody else is at it. */
    void tryAddCells() {
        Cell[] cells = this.all;
        if (cells.length >= MAX_CELLS || !cells[0].tryTake()) {
            return;
        }
        try {
            Cell[] held = this.all; // read again as the holder
            int length = held.length;
            long bytes = length * Cell.heapBytes(FIRST_CAPACITY) + Heap.references(2L * length)
                    - Heap.references(length);
            if (length == cells.length && this.account.tryReserve(bytes, Use.RAW_VALUES)) {
                this.all = doubled(held);
            }
        }
        finally {
            cells[0].release();
        }
    }

    private static Cell[] doubled(Cell[] cells) {
        Cell[] doubled = new Cell[2 * cells.length];
        System.arraycopy(cells, 0, doubled, 0, cells.length);
        for (int i = cells.length; i < doubled.length; i++) {
            doubled[i] = new Cell(FIRST_CAPACITY);
        }
        return doubled;
    }

    /**
     * Makes a buffer larger instead of waiting for the metric's lock.
     * @param cell the cell, held by the caller
     * @return false where the bound is reached
     */
    public boolean tryGrow(Cell cell) {
        int wanted = 2 * Math.max(CAPACITY, cell.capacity());
        return wanted <= MAX_CAPACITY && cell.tryGrow(wanted, this.account);
    }

    /**
     * Whether the cells were closed.
     * @return true if they were
     */
    public boolean isClosed() {
        return this.all[0].isClosed();
    }

    /**
     * Whether nothing is staged. For the holder of the metric's lock: as nobody else
     * takes values out, cells seen empty one after the other were empty together.
     * @return true if there is nothing
     */
    public boolean isEmpty() {
        for (Cell cell : this.all) {
            if (!cell.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes all that is staged, in one instant. For the holder of the metric's lock, who
     * {@linkplain StagedValues#clear clears} every batch before the next call.
     * @param now the current time
     * @param last whether the cells are closed in the same instant
     * @return the time of the cut: {@code now}, or that of the newest value where that is
     * later; no value recorded from here on carries an earlier time
     */
    public long cut(long now, boolean last) {
        if (isClosed()) {
            return now;
        }
        Cell[] cells = takeAll();
        long time = now;
        for (Cell cell : cells) {
            time = Math.max(time, cell.newestTime());
        }
        if (this.batches.length != cells.length) {
            this.batches = new StagedValues[cells.length];
        }
        for (int i = 0; i < cells.length; i++) {
            this.batches[i] = cells[i].swap(time);
        }
        for (Cell cell : cells) {
            if (last) {
                cell.close();
            }
            else {
                cell.release();
            }
        }
        return time;
    }

    private Cell[] takeAll() {
        takeSurely(this.all[0]);
        Cell[] cells = this.all; // nobody adds cells now
        for (int i = 1; i < cells.length; i++) {
            takeSurely(cells[i]);
        }
        return cells;
    }

    private static void takeSurely(Cell cell) {
        int spins = 0;
        while (!cell.looksFree() || !cell.tryTake()) {
            pause(++spins);
        }
    }

    /**
     * Takes what a full cell holds. For the holder of the cell and of the metric's lock,
     * who clears the batch before the next call.
     * @param cell the cell
     * @return the batch
     */
    public StagedValues cut(Cell cell) {
        int capacity = cell.capacity(); // or more, which it took to wait for no reader
        int wanted = (capacity < CAPACITY && cell.isFilledWithin(BUSY_NANOS)) ? 2 * capacity : capacity;
        if (cell.widen(wanted, this.account)) {
            forgetBatches();
        }
        return cell.swap(cell.newestTime());
    }

    /**
     * Returns what the last cut took, a batch a cell. For the holder of the metric's
     * lock.
     * @return the array itself
     */
    public StagedValues[] batches() {
        return this.batches;
    }

    /**
     * Gives the memory of large buffers back. For the holder of the metric's lock, where
     * nothing was recorded for a while.
     */
    public void narrow() {
        if (isClosed()) {
            return;
        }
        for (Cell cell : this.all) {
            cell.narrow(FIRST_CAPACITY, this.account);
            takeSurely(cell);
            if (cell.isStagingNothing()) {
                cell.swap(cell.newestTime());
            }
            cell.release();
            cell.narrow(FIRST_CAPACITY, this.account);
        }
        forgetBatches();
    }

    /** Buffers that cells have replaced must not stay alive here. */
    private void forgetBatches() {
        this.batches = new StagedValues[this.batches.length];
    }

    /**
     * Calls an action while no value can be left anywhere. For the holder of the metric's
     * lock; the action is short.
     * @param action gets the numbers of the series whose values are staged
     */
    public void whileTaken(Consumer<BitSet> action) {
        BitSet owners = new BitSet();
        if (isClosed()) {
            action.accept(owners);
            return;
        }
        Cell[] cells = takeAll();
        try {
            for (Cell cell : cells) {
                cell.addOwnersTo(owners);
            }
            action.accept(owners);
        }
        finally {
            for (Cell cell : cells) {
                cell.release();
            }
        }
    }

}
