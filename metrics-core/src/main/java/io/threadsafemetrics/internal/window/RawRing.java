package io.threadsafemetrics.internal.window;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import org.jspecify.annotations.Nullable;

/**
 * The newest values of a metric, one by one, oldest first.
 * <p>
 * Threads: the metric's lock. Memory: 20 bytes a value, 24 where any has metadata, in
 * arrays that grow with use up to the limit and shrink again.
 */
public final class RawRing {

    private static final long[] NO_TIMES = {};

    private static final double[] NO_VALUES = {};

    private static final int[] NO_OWNERS = {};

    /** Retained heap of an empty ring. */
    public static final long OBJECT_BYTES = Heap.object(3 * Integer.BYTES + 5 * Heap.REFERENCE);

    private static final int FIRST_CAPACITY = 16;

    private final int maxValues;

    private final MemoryAccount account;

    private long[] times = NO_TIMES;

    private double[] values = NO_VALUES;

    private int[] owners = NO_OWNERS;

    private @Nullable RingAttachments attachments; // as long as there are some

    private int head; // position of the oldest value

    private int size;

    /**
     * Creates an empty ring.
     * @param maxValues how many values it may hold: 1 or more
     * @param account pays for the arrays
     */
    public RawRing(int maxValues, MemoryAccount account) {
        this.maxValues = maxValues;
        this.account = account;
    }

    /**
     * Adds values, in place of the oldest ones where the ring is full.
     * @param batch the values, by ascending time
     * @param retentionNanos values older than the newest by more give way first
     * @param eviction is told of values that had to go, or that found no room
     */
    public void addAll(StagedValues batch, long retentionNanos, Eviction eviction) {
        int to = batch.size();
        if (to == 0) {
            return;
        }
        if (this.size + to > capacity()) {
            grow(to, batch.time(to - 1) - retentionNanos);
        }
        int from = makeRoom(batch, eviction);
        if (from < to && this.size > 0 && time(this.size - 1) > batch.time(from)) {
            merge(batch, from, to);
        }
        else {
            append(batch, from, to);
        }
    }

    private void grow(int count, long expiry) {
        dropBefore(expiry);
        while (this.size + count > capacity() && tryGrow()) {
            // doubled
        }
    }

    /**
     * Drops the oldest of all values, and returns the first of the batch that has room.
     */
    private int makeRoom(StagedValues batch, Eviction eviction) {
        int surplus = this.size + batch.size() - capacity();
        if (surplus <= 0) {
            return 0;
        }
        countLost(surplus);
        int dropped = Math.min(surplus, this.size);
        if (dropped > 0 && time(dropped - 1) > batch.time(0)) {
            dropped = 0; // look at each
        }
        int from = 0;
        while (from + dropped < surplus) {
            if (dropped == this.size || batch.time(from) < time(dropped)) {
                from++;
            }
            else {
                dropped++;
            }
        }
        tellEvicted(eviction, dropped);
        dropOldest(dropped);
        tellEvicted(eviction, batch.times, batch.owners, 0, from);
        batch.giveUpAttachments(from, this.account);
        return from;
    }

    private void append(StagedValues batch, int from, int to) {
        int at = (this.size < capacity()) ? position(this.size) : this.head;
        int row = Math.min(to - from, capacity() - at);
        copy(batch, from, at, row);
        copy(batch, from + row, 0, to - from - row);
        this.size += to - from;
    }

    /**
     * From the newest value to the oldest; of values as old, those of the batch are
     * newer.
     */
    private void merge(StagedValues batch, int from, int to) {
        int old = this.size - 1;
        int added = to - 1;
        this.size += to - from;
        for (int place = this.size - 1; added >= from; place--) {
            int at = position(place);
            if (old >= 0 && time(old) > batch.time(added)) {
                move(position(old--), at);
            }
            else {
                forget(at);
                copy(batch, added--, at, 1);
            }
        }
    }

    private void move(int from, int to) {
        this.times[to] = this.times[from];
        this.values[to] = this.values[from];
        this.owners[to] = this.owners[from];
        if (this.attachments != null) {
            this.attachments.move(from, to);
        }
    }

    private void forget(int at) {
        if (this.attachments != null) {
            this.attachments.forget(at);
        }
    }

    private void countLost(int count) {
        if (capacity() < this.maxValues) {
            this.account.losses().rawValues.add(count);
        }
    }

    private void tellEvicted(Eviction eviction, int count) {
        int row = Math.min(count, capacity() - this.head);
        tellEvicted(eviction, this.times, this.owners, this.head, this.head + row);
        tellEvicted(eviction, this.times, this.owners, 0, count - row);
    }

    /** Tells only the newest of several in a row that have one owner. */
    private static void tellEvicted(Eviction eviction, long[] times, int[] owners, int from, int to) {
        int start = from;
        while (start < to) {
            start = StagedValues.endOfEqual(owners, start, to);
            eviction.evicted(owners[start - 1], times[start - 1]);
        }
    }

    private void copy(StagedValues batch, int from, int at, int count) {
        System.arraycopy(batch.times, from, this.times, at, count);
        System.arraycopy(batch.values, from, this.values, at, count);
        System.arraycopy(batch.owners, from, this.owners, at, count);
        if (batch.hasAttachments()) {
            for (int i = 0; i < count; i++) {
                Attachment attachment = batch.attachment(from + i);
                if (attachment != null) {
                    attach(at + i, attachment);
                }
            }
        }
    }

    private boolean tryGrow() {
        int capacity = capacity();
        int wanted = (int) Math.min(this.maxValues, Math.max(FIRST_CAPACITY, 2L * capacity));
        if (wanted == capacity) {
            return false;
        }
        if (!tryReserve(wanted)) {
            this.account.losses().metadata.add(dropAttachments()); // is worth less
            if (!tryReserve(wanted)) {
                return false;
            }
        }
        resize(wanted);
        return true;
    }

    private boolean tryReserve(int capacity) {
        return this.account.tryReserve(arrayBytes(capacity) - arrayBytes(capacity()), Use.RAW_VALUES);
    }

    private void resize(int capacity) {
        if (capacity == 0) {
            this.times = NO_TIMES;
            this.values = NO_VALUES;
            this.owners = NO_OWNERS;
            this.head = 0;
            return;
        }
        long[] newTimes = new long[capacity];
        double[] newValues = new double[capacity];
        int[] newOwners = new int[capacity];
        straighten(this.times, this.head, newTimes, this.size, capacity());
        straighten(this.values, this.head, newValues, this.size, capacity());
        straighten(this.owners, this.head, newOwners, this.size, capacity());
        if (this.attachments != null) {
            this.attachments.resize(capacity, this.head, this.size);
        }
        this.times = newTimes;
        this.values = newValues;
        this.owners = newOwners;
        this.head = 0;
    }

    /** Copies the places in use of a ring's array to the start of another one. */
    @SuppressWarnings("SuspiciousSystemArraycopy") // both are of the same kind
    static void straighten(Object from, int head, Object to, int size, int capacity) {
        int row = Math.min(size, capacity - head);
        System.arraycopy(from, head, to, 0, row);
        System.arraycopy(from, 0, to, row, size - row);
    }

    private void attach(int at, Attachment attachment) {
        if (this.attachments == null) {
            if (!this.account.tryReserve(RingAttachments.heapBytes(capacity()), Use.METADATA)) {
                this.account.release(attachment.heapBytes());
                this.account.losses().metadata.increment();
                return;
            }
            this.attachments = new RingAttachments(capacity(), this.account);
        }
        this.attachments.put(at, attachment);
    }

    /**
     * Drops the values recorded before a time.
     * @param time the time
     * @return how many were dropped
     */
    public int dropBefore(long time) {
        int dropped = firstAtOrAfter(time);
        dropOldest(dropped);
        return dropped;
    }

    private void dropOldest(int count) {
        for (int i = 0; this.attachments != null && i < count; i++) {
            this.attachments.drop(position(i));
        }
        this.head = (count < this.size) ? position(count) : 0;
        this.size -= count;
    }

    /**
     * Drops the values of a series.
     * @param owner the number of the series
     */
    public void dropOwner(int owner) {
        int kept = 0;
        for (int place = 0; place < this.size; place++) {
            int at = position(place);
            if (this.owners[at] == owner) {
                if (this.attachments != null) {
                    this.attachments.drop(at);
                }
            }
            else if (kept++ < place) {
                move(at, position(kept - 1));
                forget(at);
            }
        }
        this.size = kept;
    }

    /**
     * Gives up what is kept beside the values.
     * @return how many values lost what was beside them
     */
    public int dropAttachments() {
        int dropped = (this.attachments != null) ? this.attachments.close() : 0;
        this.attachments = null;
        return dropped;
    }

    /**
     * Gives back memory that few values use.
     */
    public void shrink() {
        if (this.size <= capacity() / 4) {
            shrinkTo(2 * this.size);
        }
    }

    private void shrinkTo(int capacity) {
        long before = arrayBytes(capacity());
        if (this.size == 0) {
            this.attachments = null;
        }
        resize(capacity);
        this.account.release(before - arrayBytes(capacity));
    }

    /**
     * Gives up the older half of the values, and the memory that they take.
     * @param eviction is told of them
     * @return how many were given up
     */
    public int giveUpHalf(Eviction eviction) {
        int count = (this.size + 1) / 2;
        tellEvicted(eviction, count);
        dropOldest(count);
        shrinkTo(this.size);
        return count;
    }

    /**
     * Returns the place of the first value recorded at or after a time.
     * @param time the time
     * @return from 0 for the oldest value to {@link #size()} where there is none
     */
    public int firstAtOrAfter(long time) {
        int low = 0;
        int high = this.size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (this.times[position(middle)] < time) {
                low = middle + 1;
            }
            else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Returns the number of values kept.
     * @return 0 or more
     */
    public int size() {
        return this.size;
    }

    private int capacity() {
        return this.times.length;
    }

    /**
     * Returns when a value was recorded.
     * @param place from 0, the oldest
     * @return the time
     */
    public long time(int place) {
        return this.times[position(place)];
    }

    /**
     * Returns a value.
     * @param place from 0, the oldest
     * @return the value
     */
    public double value(int place) {
        return this.values[position(place)];
    }

    /**
     * Returns values in the order in which they were recorded.
     * @param from the place of the first
     * @param to the place after the last
     * @return a copy
     */
    public double[] values(int from, int to) {
        double[] copy = new double[to - from];
        if (to > from) {
            int at = position(from);
            int row = Math.min(copy.length, capacity() - at);
            System.arraycopy(this.values, at, copy, 0, row);
            System.arraycopy(this.values, 0, copy, row, copy.length - row);
        }
        return copy;
    }

    /**
     * Returns whose a value is.
     * @param place from 0, the oldest
     * @return the number of its series
     */
    public int owner(int place) {
        return this.owners[position(place)];
    }

    /**
     * Returns what is kept beside a value.
     * @param place from 0, the oldest
     * @return the attachment, or null where there is none
     */
    public @Nullable Attachment attachment(int place) {
        return (this.attachments != null) ? this.attachments.get(position(place)) : null;
    }

    private int position(int place) {
        int at = this.head + place;
        return (at < this.times.length) ? at : at - this.times.length;
    }

    private long arrayBytes(int capacity) {
        if (capacity == 0) {
            return 0;
        }
        long bytes = Heap.array(capacity, Long.BYTES) + Heap.array(capacity, Double.BYTES)
                + Heap.array(capacity, Integer.BYTES);
        return bytes + ((this.attachments != null) ? RingAttachments.heapBytes(capacity) : 0);
    }

    /**
     * Is told of values that are not kept although they may be asked for.
     */
    @FunctionalInterface
    public interface Eviction {

        /**
         * Takes the newest of some values.
         * @param owner the number of their series
         * @param time when the newest one was recorded
         */
        void evicted(int owner, long time);

    }

}
