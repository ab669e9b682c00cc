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
 *
 * @param <S> whose values they are: the series
 */
public final class RawRing<S> {

    private static final long EMPTY_ARRAYS_BYTES = 3 * Heap.array(0, Long.BYTES);

    /** Retained heap of an empty ring. */
    public static final long OBJECT_BYTES = Heap.object(3 * Integer.BYTES + 6 * Heap.REFERENCE) + EMPTY_ARRAYS_BYTES;

    private static final int FIRST_CAPACITY = 16;

    private final int maxValues;

    private final MemoryAccount account;

    private long[] times = new long[0];

    private double[] values = new double[0];

    private @Nullable Object[] owners = new Object[0];

    private @Nullable Attachment @Nullable [] attachments;

    private @Nullable Attachment newestAttachment; // the next one may share its keys

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
     * Adds a value, in place of the oldest one where the ring is full.
     * @param time when it was recorded: not before the last one
     * @param value the value
     * @param owner whose it is
     * @param attachment what to keep beside it
     * @param expiry values recorded before this time give way to new ones, uncounted
     * @param evicted gets the owner of a value that had to go, after its time was noted
     */
    public void add(long time, double value, S owner, @Nullable Attachment attachment, long expiry,
            Eviction<? super S> evicted) {
        if (this.size == this.times.length) {
            makeRoom(expiry, evicted);
        }
        if (this.times.length == 0) {
            this.account.losses().rawValues.increment();
            evicted.evicted(owner, time);
            return;
        }
        int at = position(this.size++);
        this.times[at] = time;
        this.values[at] = value;
        this.owners[at] = owner;
        if (attachment != null) {
            attach(at, attachment);
        }
    }

    private void makeRoom(long expiry, Eviction<? super S> evicted) {
        if (dropBefore(expiry) > 0 || tryGrow() || this.size == 0) {
            return;
        }
        if (this.size < this.maxValues) {
            this.account.losses().rawValues.increment();
        }
        evicted.evicted(owner(0), this.times[position(0)]);
        dropOldest();
    }

    private boolean tryGrow() {
        int capacity = this.times.length;
        int wanted = (int) Math.min(this.maxValues, Math.max(FIRST_CAPACITY, 2L * capacity));
        if (wanted == capacity || !this.account.tryReserve(arrayBytes(wanted) - arrayBytes(capacity), Use.RAW_VALUES)) {
            return false;
        }
        resize(wanted);
        return true;
    }

    private void resize(int capacity) {
        long[] newTimes = new long[capacity];
        double[] newValues = new double[capacity];
        @Nullable Object[] newOwners = new Object[capacity];
        @Nullable Attachment[] old = this.attachments;
        @Nullable Attachment @Nullable [] newAttachments = (old != null) ? new Attachment[capacity] : null;
        for (int i = 0; i < this.size; i++) {
            int at = position(i);
            newTimes[i] = this.times[at];
            newValues[i] = this.values[at];
            newOwners[i] = this.owners[at];
            if (old != null && newAttachments != null) {
                newAttachments[i] = old[at];
            }
        }
        this.times = newTimes;
        this.values = newValues;
        this.owners = newOwners;
        this.attachments = newAttachments;
        this.head = 0;
    }

    private void attach(int at, Attachment attachment) {
        @Nullable Attachment[] kept = this.attachments;
        attachment.shareKeys(this.newestAttachment);
        long bytes = attachment.heapBytes() + ((kept != null) ? 0 : Heap.references(this.times.length));
        if (!this.account.tryReserve(bytes, Use.METADATA)) {
            this.account.losses().metadata.increment();
            return;
        }
        if (kept == null) {
            kept = new Attachment[this.times.length];
            this.attachments = kept;
        }
        kept[at] = attachment;
        this.newestAttachment = attachment;
    }

    /**
     * Drops the values recorded before a time.
     * @param time the time
     * @return how many were dropped
     */
    public int dropBefore(long time) {
        int dropped = 0;
        while (this.size > 0 && this.times[this.head] < time) {
            dropOldest();
            dropped++;
        }
        return dropped;
    }

    private void dropOldest() {
        this.owners[this.head] = null;
        @Nullable Attachment[] kept = this.attachments;
        Attachment attachment = (kept != null) ? kept[this.head] : null;
        if (kept != null && attachment != null) {
            this.account.release(attachment.heapBytes());
            kept[this.head] = null;
        }
        this.head = (this.head + 1 == this.times.length) ? 0 : this.head + 1;
        this.size--;
    }

    /**
     * Gives back memory that few values use.
     */
    public void shrink() {
        int capacity = this.times.length;
        if (this.size > capacity / 4) {
            return;
        }
        long before = arrayBytes(capacity);
        if (this.size == 0) {
            this.attachments = null;
            this.newestAttachment = null;
        }
        resize(2 * this.size);
        this.account.release(before - arrayBytes(2 * this.size));
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
     * Returns whose a value is.
     * @param place from 0, the oldest
     * @return its owner
     */
    @SuppressWarnings({ "unchecked", "NullAway" }) // a place in use holds an S, ever
    public S owner(int place) {
        return (S) this.owners[position(place)];
    }

    /**
     * Returns what is kept beside a value.
     * @param place from 0, the oldest
     * @return the attachment, or null where there is none
     */
    public @Nullable Attachment attachment(int place) {
        @Nullable Attachment[] kept = this.attachments;
        return (kept != null) ? kept[position(place)] : null;
    }

    private int position(int place) {
        int at = this.head + place;
        return (at < this.times.length) ? at : at - this.times.length;
    }

    private long arrayBytes(int capacity) {
        long bytes = Heap.array(capacity, Long.BYTES) + Heap.array(capacity, Double.BYTES) + Heap.references(capacity);
        return bytes + ((this.attachments != null) ? Heap.references(capacity) : 0) - EMPTY_ARRAYS_BYTES;
    }

    /**
     * Is told of values that had to make room.
     *
     * @param <S> whose values they are
     */
    @FunctionalInterface
    public interface Eviction<S> {

        /**
         * Takes the owner of a value that is not kept.
         * @param owner whose it was
         * @param time when it was recorded
         */
        void evicted(S owner, long time);

    }

}
