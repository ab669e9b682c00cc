package io.threadsafemetrics.internal.window;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.RecentObjects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept beside the values of a {@link RawRing}, at the positions of its arrays.
 * Threads: the metric's lock.
 */
final class RingAttachments {

    private static final int PAID_TEXTS = 128;

    private final MemoryAccount account;

    private final RecentObjects paidTexts = new RecentObjects(PAID_TEXTS);

    private @Nullable Attachment[] kept;

    /**
     * Creates it empty.
     * @param account has paid {@link #heapBytes}, gets back what attachments took
     */
    RingAttachments(int capacity, MemoryAccount account) {
        this.account = account;
        this.kept = new Attachment[capacity];
    }

    /**
     * Retained heap without attachments.
     */
    static long heapBytes(int capacity) {
        return Heap.object(3 * Heap.REFERENCE) + RecentObjects.heapBytes(PAID_TEXTS) + Heap.references(capacity);
    }

    /**
     * Keeps an attachment whose bytes are paid.
     */
    void put(int at, Attachment attachment) {
        this.kept[at] = attachment;
        this.account.release(attachment.share(this.paidTexts));
    }

    @Nullable Attachment get(int at) {
        return this.kept[at];
    }

    void move(int from, int to) {
        this.kept[to] = this.kept[from];
    }

    /** What was beside a value that has moved from here. */
    void forget(int at) {
        this.kept[at] = null;
    }

    void drop(int at) {
        Attachment attachment = this.kept[at];
        if (attachment != null) {
            this.account.release(attachment.heapBytes());
            attachment.leave(this.paidTexts);
            this.kept[at] = null;
        }
    }

    /**
     * Gives all bytes back, as this is not used any more.
     * @return how many attachments there were
     */
    int close() {
        int dropped = 0;
        long bytes = heapBytes(this.kept.length);
        for (Attachment attachment : this.kept) {
            if (attachment != null) {
                bytes += attachment.heapBytes();
                dropped++;
            }
        }
        this.account.release(bytes);
        return dropped;
    }

    /**
     * Moves to an array of another length, as the ring does.
     */
    void resize(int capacity, int head, int size) {
        @Nullable Attachment[] resized = new Attachment[capacity];
        RawRing.straighten(this.kept, head, resized, size, this.kept.length);
        this.kept = resized;
    }

}
