package io.threadsafemetrics.internal.window;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.threadsafemetrics.internal.util.Heap;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded beside a value. Threads: the entries never change; the bytes belong
 * to the metric's lock.
 */
public final class Attachment {

    private static final long OBJECT_BYTES = Heap.object(Heap.REFERENCE + Long.BYTES);

    private final Object[] pairs; // key, value, key, value, …

    private long heapBytes;

    /**
     * Takes over keys and values.
     * @param pairs key, value, key, value, …; the keys are strings, none twice
     * @param valueBytes retained heap of the values
     */
    public Attachment(Object[] pairs, long valueBytes) {
        this.pairs = pairs;
        this.heapBytes = OBJECT_BYTES + Heap.references(pairs.length) + valueBytes;
        for (int i = 0; i < pairs.length; i += 2) {
            this.heapBytes += Heap.string((String) pairs[i]);
        }
    }

    /**
     * Returns the entries.
     * @return an unmodifiable copy, in the order recorded
     */
    public Map<String, Object> entries() {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < this.pairs.length; i += 2) {
            entries.put((String) this.pairs[i], this.pairs[i + 1]);
        }
        return Collections.unmodifiableMap(entries);
    }

    /**
     * Leaves out of account the keys that are the very objects of another attachment, as
     * most keys are constants of the code that records.
     * @param other an attachment that pays for its keys, or left them to another one
     */
    @SuppressWarnings("ReferenceEquality") // an equal key in another object is paid for
    void shareKeys(@Nullable Attachment other) {
        for (int i = 0; other != null && i < Math.min(this.pairs.length, other.pairs.length); i += 2) {
            if (this.pairs[i] == other.pairs[i]) {
                this.heapBytes -= Heap.string((String) this.pairs[i]);
            }
        }
    }

    /**
     * Returns the retained heap.
     * @return bytes
     */
    public long heapBytes() {
        return this.heapBytes;
    }

}
