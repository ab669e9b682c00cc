package io.threadsafemetrics.internal.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import io.threadsafemetrics.internal.util.Totals;
import org.jspecify.annotations.Nullable;

/**
 * All values of one series in the retention window, in slots that widen with age.
 * <p>
 * Slots are joined and dropped after every few new ones and by {@link #compact}; between
 * two such moments they are finer than the grid asks, never coarser. Threads: the
 * metric's lock. Cost: a value goes to the open slot; every few seconds all slots are
 * looked at.
 */
public final class Timeline {

    private static final int LIST_STEP = 4;

    /** With a larger relative error, fewer slots are worth more than coarser ones. */
    static final double USEFUL_ERROR = 0.1;

    static final double ANY_ERROR = 2;

    private static final Slot[] NONE = {};

    /** Retained heap of a timeline without slots. */
    public static final long OBJECT_BYTES = Heap.object(5 * Heap.REFERENCE + 2 * Long.BYTES + Integer.BYTES)
            + OpenSlot.OBJECT_BYTES + Totals.OBJECT_BYTES;

    /** What must be promised while a timeline is in use. */
    public static final long PROMISED_BYTES = OpenSlot.PROMISED_BYTES;

    private final TimelineContext context;

    private final OpenSlot open;

    /** Of all slots that were ever closed. */
    private final Totals closed = new Totals();

    /** Null until an export has asked. */
    private @Nullable DepartedSlots departed;

    private long openStart = Long.MIN_VALUE;

    private @Nullable Slot[] slots = NONE; // by ascending start

    private int size;

    private long droppedBefore = Long.MIN_VALUE;

    /**
     * Creates an empty timeline.
     * @param context what it shares with others of the metric; its account has paid
     * {@link #OBJECT_BYTES} and promised {@link #PROMISED_BYTES}
     */
    public Timeline(TimelineContext context) {
        this.context = context;
        this.open = new OpenSlot(context.layout, context.account);
    }

    /**
     * Adds values of one second.
     * @param values the values: finite
     * @param from the first one
     * @param to the end
     * @param sum their totals, or null where nobody has added them up
     * @param second the start of the second, not before that of earlier values
     */
    public void addAll(double[] values, int from, int to, @Nullable Totals sum, long second) {
        if (second > this.openStart) {
            close(second);
            this.openStart = second;
        }
        this.open.addAll(values, from, to, sum);
    }

    /**
     * Adds a value if it is of the second of the values before, and there is room beside
     * them.
     * @param value the value: finite
     * @param second the start of its second
     * @return whether it was added
     */
    public boolean tryAdd(double value, long second) {
        return second == this.openStart && this.open.tryAdd(value);
    }

    private void close(long now) {
        if (!this.open.isEmpty()) {
            if (this.size == this.slots.length) {
                compactSlots(now);
            }
            append(this.open.toSlot(this.openStart));
            this.open.addTotalsTo(this.closed);
            this.open.clear();
            if (account().isBeyond(Use.HISTOGRAMS)) {
                coarsen();
            }
        }
    }

    private void append(Slot closed) {
        Slot slot = closed;
        while (!tryAppend(slot)) {
            Slot coarser = slot.coarser(USEFUL_ERROR);
            if (coarser == slot && this.context.dropOlderThan(slot.start())) {
                continue;
            }
            if (coarser == slot) {
                coarser = slot.coarser(ANY_ERROR);
            }
            if (coarser == slot) {
                noteDropped(slot);
                return;
            }
            account().losses().histogramResolution.increment();
            slot = coarser;
        }
        this.context.noteSlot(slot.start());
    }

    private boolean tryAppend(Slot slot) {
        int capacity = (this.size < this.slots.length) ? this.slots.length : this.size + LIST_STEP;
        long bytes = slot.heapBytes() + listBytes(capacity) - listBytes(this.slots.length);
        if (!account().tryReserve(bytes, Use.SLOTS)) {
            return false;
        }
        resize(capacity);
        this.slots[this.size++] = slot;
        return true;
    }

    private void resize(int capacity) {
        if (capacity != this.slots.length) {
            this.slots = (capacity > 0) ? Arrays.copyOf(this.slots, capacity) : NONE;
        }
    }

    private static long listBytes(int capacity) {
        return (capacity > 0) ? Heap.references(capacity) : 0; // NONE is shared
    }

    private void noteDropped(Slot slot) {
        noteDeparted(slot);
        account().losses().slots.increment();
        this.droppedBefore = Math.max(this.droppedBefore, this.context.grid.end(slot.start(), this.openStart));
    }

    /**
     * Gives up the slots that start before a time.
     * @param time the time
     * @return whether there were any
     */
    public boolean dropSlotsBefore(long time) {
        int dropped = 0;
        while (dropped < this.size && slot(dropped).start() < time) {
            account().release(slot(dropped).heapBytes());
            noteDropped(slot(dropped++));
        }
        if (dropped > 0) {
            keepSlots(dropped, this.size - dropped);
        }
        return dropped > 0;
    }

    /**
     * Returns when the oldest slot starts.
     * @return the time, {@link Long#MAX_VALUE} if there is no slot
     */
    public long oldestStart() {
        return (this.size > 0) ? slot(0).start() : Long.MAX_VALUE;
    }

    /** Moves the slots in use to the front. */
    private void keepSlots(int from, int count) {
        System.arraycopy(this.slots, from, this.slots, 0, count);
        Arrays.fill(this.slots, count, this.size, null);
        this.size = count;
        int capacity = Math.min(this.slots.length, (count + LIST_STEP - 1) / LIST_STEP * LIST_STEP);
        account().release(listBytes(this.slots.length) - listBytes(capacity));
        resize(capacity);
    }

    /**
     * Drops what has expired, joins what the grid has joined, and gives memory back that
     * an idle series does not need.
     * @param now the current time
     */
    public void compact(long now) {
        long second = SlotGrid.second(now);
        if (second > this.openStart) {
            close(second);
            this.open.trim();
        }
        compactSlots(now);
    }

    private void compactSlots(long now) {
        SlotGrid grid = this.context.grid;
        long expiry = grid.expiry(now);
        int kept = 0;
        for (int i = 0; i < this.size; i++) {
            Slot slot = slot(i);
            if (slot.start() < expiry) {
                account().release(slot.heapBytes());
                noteDeparted(slot);
            }
            else if (kept > 0 && grid.floor(slot.start(), now) <= slot(kept - 1).start()) {
                this.slots[kept - 1] = joined(slot(kept - 1), slot);
            }
            else {
                this.slots[kept++] = slot;
            }
        }
        keepSlots(0, kept);
    }

    private Slot joined(Slot earlier, Slot later) {
        long paid = earlier.heapBytes() + later.heapBytes();
        Slot joined = earlier.joined(later, this.context.layout);
        while (!account().tryReserve(joined.heapBytes() - paid, Use.HISTOGRAMS)) {
            Slot coarser = joined.coarser(ANY_ERROR);
            if (coarser == joined) {
                account().reserve(joined.heapBytes() - paid);
                return joined;
            }
            account().losses().histogramResolution.increment();
            joined = coarser;
        }
        return joined;
    }

    private void noteDeparted(Slot slot) {
        if (this.departed != null) {
            this.departed.add(slot);
        }
    }

    /**
     * Keeps from now on what {@link #history()} needs, where there is room.
     * @param created when the first value may have been recorded
     * @param now the current time
     */
    public void keepHistory(long created, long now) {
        if (this.departed != null) {
            return;
        }
        List<Slot> known = knownSlots();
        SlotSum sum = new SlotSum(this.context.layout);
        known.forEach(sum::add);
        Totals all = totals();
        if (all.count() == sum.totals().count()) {
            this.departed = DepartedSlots.start(this.context.layout, account(), created, 0);
        }
        else {
            long since = known.isEmpty() ? now : Math.max(created, known.get(0).start());
            this.departed = DepartedSlots.start(this.context.layout, account(), since, all.sum() - sum.totals().sum());
        }
    }

    private List<Slot> knownSlots() {
        List<Slot> known = new ArrayList<>(this.size + 1);
        forEachSlot(Long.MIN_VALUE, known::add);
        return known;
    }

    /**
     * Returns all values since the first one, or since the oldest that was there when
     * {@link #keepHistory} was called.
     * @return a copy, null where nothing is kept
     */
    public @Nullable SlotHistory history() {
        DepartedSlots kept = this.departed;
        if (kept == null) {
            return null;
        }
        List<Slot> all = knownSlots();
        Slot gone = kept.sum();
        if (gone != null) {
            all.add(gone);
        }
        return new SlotHistory(all, totals().sum() - kept.missedSum(), kept.since());
    }

    /** Gives up half of the resolution of each slot, unless it is of little use then. */
    private void coarsen() {
        if (this.departed != null) {
            this.departed.coarsen();
        }
        for (int i = 0; i < this.size; i++) {
            Slot slot = slot(i);
            Slot coarser = slot.coarser(USEFUL_ERROR);
            if (coarser != slot) {
                this.slots[i] = coarser;
                account().release(slot.heapBytes() - coarser.heapBytes());
                account().losses().histogramResolution.increment();
            }
        }
    }

    /**
     * Gives all memory back. The timeline is not used any more.
     */
    public void close() {
        this.open.trim();
        if (this.departed != null) {
            this.departed.close();
            this.departed = null;
        }
        account().release(slotBytes());
        this.slots = NONE;
        this.size = 0;
    }

    /**
     * Returns the totals of all values that were ever added.
     * @return a copy
     */
    public Totals totals() {
        Totals all = new Totals();
        all.add(this.closed);
        this.open.addTotalsTo(all);
        return all;
    }

    /**
     * Loads what the next value goes to.
     * @return a number of no meaning
     */
    public int touch() {
        return this.open.touch();
    }

    /**
     * Whether there is no value.
     * @return true if there is none
     */
    public boolean isEmpty() {
        return this.size == 0 && this.open.isEmpty();
    }

    /**
     * Hands out slots, oldest first; the last may be a copy of the one that values still
     * go to.
     * @param from the start of the first one that is wanted
     * @param consumer gets the slots
     */
    public void forEachSlot(long from, Consumer<Slot> consumer) {
        int first = this.size;
        while (first > 0 && slot(first - 1).start() >= from) {
            first--;
        }
        for (int i = first; i < this.size; i++) {
            consumer.accept(slot(i));
        }
        if (this.openStart >= from && !this.open.isEmpty()) {
            consumer.accept(this.open.toSlot(this.openStart));
        }
    }

    @SuppressWarnings("NullAway") // below the size there is one
    private Slot slot(int index) {
        return this.slots[index];
    }

    /**
     * Returns the retained heap of the slots.
     * @return bytes
     */
    public long slotBytes() {
        long bytes = listBytes(this.slots.length) + this.open.heapBytes() - OpenSlot.OBJECT_BYTES
                + ((this.departed != null) ? this.departed.heapBytes() : 0);
        for (int i = 0; i < this.size; i++) {
            bytes += slot(i).heapBytes();
        }
        return bytes;
    }

    /**
     * Returns from when on no slot was dropped for want of memory.
     * @param now the current time
     * @return the start of a slot of the grid, or {@link Long#MIN_VALUE} if none ever was
     */
    public long completeFrom(long now) {
        long dropped = this.droppedBefore;
        boolean aligned = dropped == Long.MIN_VALUE || this.context.grid.floor(dropped, now) == dropped;
        return aligned ? dropped : this.context.grid.end(dropped, now);
    }

    private MemoryAccount account() {
        return this.context.account;
    }

}
