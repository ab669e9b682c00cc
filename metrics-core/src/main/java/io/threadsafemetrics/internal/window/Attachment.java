package io.threadsafemetrics.internal.window;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.RecentObjects;

/**
 * What was recorded beside a value. Threads: the entries never change; the bytes belong
 * to the metric's lock.
 */
public final class Attachment {

    private static final long OBJECT_BYTES = Heap.object(Heap.REFERENCE + 2 * Integer.BYTES);

    private final Object[] pairs; // key, value, key, value, …

    private int heapBytes;

    private int sharedTexts; // bit i: somebody else pays for pairs[i]

    /**
     * Takes over keys and values.
     * @param pairs at most 16 times key, value; the keys are strings, none twice
     * @param valueBytes retained heap of the values
     */
    public Attachment(Object[] pairs, long valueBytes) {
        this.pairs = pairs;
        long bytes = OBJECT_BYTES + Heap.references(pairs.length) + valueBytes;
        for (int i = 0; i < pairs.length; i += 2) {
            bytes += Heap.string((String) pairs[i]);
        }
        this.heapBytes = (int) bytes;
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
     * Leaves out of account the texts that other attachments pay for.
     * @param paid those texts; the others of this attachment are added
     * @return the bytes left out
     */
    long share(RecentObjects paid) {
        long shared = 0;
        for (int i = 0; i < this.pairs.length; i++) {
            if (this.pairs[i] instanceof String text) {
                if (paid.contains(text)) {
                    this.sharedTexts |= 1 << i;
                    shared += Heap.string(text);
                }
                else {
                    paid.add(text);
                }
            }
        }
        this.heapBytes -= (int) shared;
        return shared;
    }

    /**
     * Ends that this attachment pays for texts, as it is dropped.
     * @param paid texts that are paid for
     */
    void leave(RecentObjects paid) {
        for (int i = 0; i < this.pairs.length; i++) {
            if ((this.sharedTexts >>> i & 1) == 0 && this.pairs[i] instanceof String text) {
                paid.remove(text);
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
