package io.threadsafemetrics;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.RecentObjects;
import io.threadsafemetrics.internal.util.Texts;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of key/value pairs, sorted by key: what tells the series of a metric
 * apart, and what a question filters by.
 * <p>
 * Data never makes a factory throw. A set that breaks a rule (more than
 * {@value #MAX_TAGS} tags, a null or blank key, a null value, a key or value longer than
 * {@value #MAX_LENGTH} characters) is the {@linkplain #isOverflow() overflow set}
 * {@code overflow=true}; values recorded with it are counted in
 * {@link SystemStatistics#overflowedValues()}. Of equal keys the last wins. An unpaired
 * surrogate, which is no character, becomes U+FFFD.
 * <p>
 * As a filter, a set matches the series that have all of its pairs; a pair with an empty
 * value matches the series without that key.
 *
 * @since 0.1.0
 */
public final class Tags {

    static final int MAX_TAGS = 32;

    static final int MAX_LENGTH = 256;

    private static final int MAX_SHARED_LENGTH = 32; // constants are short

    private static final Tags EMPTY = new Tags(new String[0]);

    static final Tags OVERFLOW = new Tags(new String[] { "overflow", "true" });

    private final String[] pairs; // key, value, key, value, … by ascending key

    private final int hash;

    private Tags(String[] pairs) {
        this.pairs = pairs;
        this.hash = hashOf(pairs);
    }

    /** As of {@link #asMap()}, so that a map finds them: see {@link TagsLookup}. */
    private static int hashOf(String[] pairs) {
        int sum = 0;
        for (int i = 0; i < pairs.length; i += 2) {
            sum += pairs[i].hashCode() ^ pairs[i + 1].hashCode();
        }
        return sum;
    }

    /**
     * Returns the set without tags. As a filter it matches every series.
     * @return the empty set
     */
    public static Tags empty() {
        return EMPTY;
    }

    /**
     * Returns the set of the given pairs.
     * @param keysAndValues key, value, key, value, …; null is none
     * @return the set, or the overflow set where the pairs break a rule
     * @throws IllegalArgumentException if the number of strings is odd
     */
    public static Tags of(@Nullable String @Nullable ... keysAndValues) {
        if (keysAndValues == null || keysAndValues.length == 0) {
            return EMPTY;
        }
        if (keysAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "'keysAndValues' must hold an even number of strings but was " + keysAndValues.length);
        }
        SortedPairs sorted = new SortedPairs(keysAndValues.length / 2);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (!sorted.tryPut(keysAndValues[i], keysAndValues[i + 1])) {
                return OVERFLOW;
            }
        }
        return sorted.toTags();
    }

    /**
     * Returns the set of the entries of a map, which is copied.
     * @param tags the pairs; null is none
     * @return the set, or the overflow set where the pairs break a rule or the map throws
     */
    public static Tags of(@Nullable Map<String, String> tags) {
        if (tags == null) {
            return EMPTY;
        }
        try {
            SortedPairs sorted = new SortedPairs(tags.size());
            for (Map.Entry<String, String> tag : tags.entrySet()) {
                if (!sorted.tryPut(tag.getKey(), tag.getValue())) {
                    return OVERFLOW;
                }
            }
            return sorted.toTags();
        }
        catch (Throwable ex) {
            // changed by another thread while we read, holding something else than
            // strings, or broken: no reason to throw at the code that records
            return OVERFLOW;
        }
    }

    /**
     * Whether this is the set {@code overflow=true}, which takes the place of refused tag
     * sets.
     * @return true for the overflow set
     */
    public boolean isOverflow() {
        return equals(OVERFLOW);
    }

    /**
     * Whether the set has no tags.
     * @return true for the empty set
     */
    public boolean isEmpty() {
        return this.pairs.length == 0;
    }

    /**
     * Returns the value of a key.
     * @param key the key
     * @return its value, or null where the set lacks the key
     */
    public @Nullable String get(String key) {
        for (int i = 0; i < this.pairs.length; i += 2) {
            if (this.pairs[i].equals(key)) {
                return this.pairs[i + 1];
            }
        }
        return null;
    }

    /**
     * Returns the pairs as a map.
     * @return an unmodifiable copy, sorted by key
     */
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < this.pairs.length; i += 2) {
            map.put(this.pairs[i], this.pairs[i + 1]);
        }
        return Collections.unmodifiableMap(map);
    }

    /**
     * Whether this set, taken as a filter, matches a series with the given tags.
     */
    boolean matches(Tags series) {
        for (int i = 0; i < this.pairs.length; i += 2) {
            if (!series.valueOrEmpty(this.pairs[i]).equals(this.pairs[i + 1])) {
                return false;
            }
        }
        return true;
    }

    boolean hasEntriesOf(Map<?, ?> map) {
        if (2 * map.size() != this.pairs.length) {
            return false;
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!has(entry.getKey(), entry.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean has(Object key, Object value) {
        for (int i = 0; i < this.pairs.length; i += 2) {
            if (this.pairs[i].equals(key)) {
                return this.pairs[i + 1].equals(value);
            }
        }
        return false;
    }

    /**
     * The value of a key, or an empty string: the two mean the same to filters and
     * groups.
     */
    String valueOrEmpty(String key) {
        String value = get(key);
        return (value != null) ? value : "";
    }

    /**
     * Returns which texts nobody else pays for: bit i for the i-th key or value. A long
     * text is always paid for, lest much is left unpaid where the one who paid is over.
     * @param paid texts and sets that are paid for
     */
    long textsBeside(RecentObjects paid) {
        long texts = 0;
        for (int i = 0; i < this.pairs.length; i++) {
            boolean shared = this.pairs[i].length() <= MAX_SHARED_LENGTH && paid.contains(this.pairs[i]);
            texts |= shared ? 0 : 1L << i;
        }
        return texts;
    }

    /**
     * Returns the retained heap that nobody else pays for.
     * @param texts {@link #textsBeside}
     */
    long heapBytesBeside(RecentObjects paid, long texts) {
        boolean shared = isEmpty() || paid.contains(this); // of empty ones there is one
        long bytes = shared ? 0 : Heap.object(Heap.REFERENCE + Integer.BYTES) + Heap.references(this.pairs.length);
        for (int i = 0; i < this.pairs.length; i++) {
            bytes += ((texts >>> i & 1) != 0) ? Heap.string(this.pairs[i]) : 0;
        }
        return bytes;
    }

    void addTo(RecentObjects paid, long texts) {
        paid.add(this);
        for (int i = 0; i < this.pairs.length; i++) {
            if ((texts >>> i & 1) != 0) {
                paid.add(this.pairs[i]);
            }
        }
    }

    void removeFrom(RecentObjects paid, long texts) {
        paid.remove(this);
        for (int i = 0; i < this.pairs.length; i++) {
            if ((texts >>> i & 1) != 0) {
                paid.remove(this.pairs[i]);
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Tags tags && this.hash == tags.hash && Arrays.equals(this.pairs, tags.pairs));
    }

    @Override
    public int hashCode() {
        return this.hash;
    }

    /**
     * Returns the pairs as {@code {key=value, …}}.
     */
    @Override
    public String toString() {
        return asMap().toString();
    }

    /**
     * Pairs on their way to a set: sorted by insertion, which is quickest for a few.
     */
    private static final class SortedPairs {

        private String[] pairs;

        private int length;

        SortedPairs(int expected) {
            this.pairs = new String[2 * Math.min(expected, MAX_TAGS)];
        }

        boolean tryPut(@Nullable String key, @Nullable String value) {
            if (key == null || value == null || key.length() > MAX_LENGTH || value.length() > MAX_LENGTH
                    || key.isBlank()) {
                return false;
            }
            return tryPutSorted(Texts.wellFormed(key), Texts.wellFormed(value));
        }

        private boolean tryPutSorted(String key, String value) {
            int at = this.length;
            while (at > 0 && this.pairs[at - 2].compareTo(key) > 0) {
                at -= 2;
            }
            if (at > 0 && this.pairs[at - 2].equals(key)) {
                this.pairs[at - 1] = value;
                return true;
            }
            return tryInsert(at, key, value);
        }

        private boolean tryInsert(int at, String key, String value) {
            if (this.length == 2 * MAX_TAGS) {
                return false;
            }
            if (this.length == this.pairs.length) { // the map told less than it has
                this.pairs = Arrays.copyOf(this.pairs, 2 * MAX_TAGS);
            }
            System.arraycopy(this.pairs, at, this.pairs, at + 2, this.length - at);
            this.pairs[at] = key;
            this.pairs[at + 1] = value;
            this.length += 2;
            return true;
        }

        Tags toTags() {
            if (this.length == 0) {
                return EMPTY;
            }
            return new Tags((this.length == this.pairs.length) ? this.pairs : Arrays.copyOf(this.pairs, this.length));
        }

    }

}
