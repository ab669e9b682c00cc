package io.threadsafemetrics;

import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.window.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * Copies what callers record beside a value, so that it stays small and never changes.
 */
final class Metadata {

    static final int MAX_ENTRIES = 16;

    static final int MAX_LENGTH = 1024;

    private static final long MAP_BYTES = 120; // the map, its table and the unmodifiable
                                               // view

    private static final long ENTRY_BYTES = 48; // an entry and its share of the table

    private static final long SCALAR_BYTES = 24;

    private Metadata() {
    }

    /**
     * Copies entries: strings cut, scalars as they are, all else as its text; nulls
     * dropped.
     * @return the copy, or null where nothing is left
     */
    static @Nullable Attachment copyOf(@Nullable Map<String, ?> metadata) {
        if (metadata == null || metadata.isEmpty()) {
            return null;
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        long bytes = Heap.object(Heap.REFERENCE + Long.BYTES) + MAP_BYTES;
        for (Map.Entry<?, ?> entry : metadata.entrySet()) {
            if (copy.size() == MAX_ENTRIES) {
                break;
            }
            if (entry.getKey() != null && entry.getValue() != null) {
                String key = cut(text(entry.getKey()));
                Object value = scalarOrText(entry.getValue());
                copy.put(key, value);
                bytes += ENTRY_BYTES + Heap.string(key)
                        + ((value instanceof String text) ? Heap.string(text) : SCALAR_BYTES);
            }
        }
        return copy.isEmpty() ? null : new Attachment(Collections.unmodifiableMap(copy), bytes);
    }

    static Map<String, Object> unmodifiable(@Nullable Map<String, Object> entries) {
        return (entries == null) ? Map.of() : Collections.unmodifiableMap(entries);
    }

    private static Object scalarOrText(Object value) {
        boolean scalar = value instanceof Boolean || value instanceof Character || value instanceof Enum<?>
                || value instanceof UUID || isBoxedNumber(value) || isTime(value);
        return scalar ? value : cut(text(value));
    }

    private static boolean isBoxedNumber(Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof Double || value instanceof Float
                || value instanceof Short || value instanceof Byte;
    }

    private static boolean isTime(Object value) {
        return (value instanceof TemporalAccessor || value instanceof TemporalAmount)
                && value.getClass().getPackageName().equals("java.time");
    }

    private static String text(Object value) {
        try {
            String text = value.toString();
            return (text != null) ? text : value.getClass().getName();
        }
        catch (Throwable ex) { // also the StackOverflowError of an object that holds
                               // itself
            return value.getClass().getName();
        }
    }

    private static String cut(String text) {
        return (text.length() <= MAX_LENGTH) ? text : text.substring(0, MAX_LENGTH);
    }

}
