package io.threadsafemetrics;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.Texts;
import io.threadsafemetrics.internal.window.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * Copies what callers record beside a value, so that it stays small and never changes.
 */
final class Metadata {

    static final int MAX_ENTRIES = 16;

    static final int MAX_LENGTH = 1024;

    private Metadata() {
    }

    /**
     * Copies entries: strings cut, scalars as they are, all else as its text; nulls
     * dropped.
     * @param incomplete counts a map with too many entries, or that throws while it is
     * read; what was read before that is kept
     * @return the copy, or null where nothing is left
     */
    static @Nullable Attachment copyOf(@Nullable Map<String, ?> metadata, LongAdder incomplete) {
        if (metadata == null) {
            return null;
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        try {
            if (!copyEntries(metadata, copy)) {
                incomplete.increment();
            }
        }
        catch (Throwable ex) { // a value is not lost because of what is beside it
            incomplete.increment();
        }
        return copy.isEmpty() ? null : attachment(copy);
    }

    private static boolean copyEntries(Map<?, ?> metadata, Map<String, Object> copy) {
        for (Map.Entry<?, ?> entry : metadata.entrySet()) {
            if (entry.getKey() != null && entry.getValue() != null) {
                if (copy.size() == MAX_ENTRIES) {
                    return false;
                }
                copy.put(cut(text(entry.getKey())), scalarOrText(entry.getValue()));
            }
        }
        return true;
    }

    private static Attachment attachment(Map<String, Object> copy) {
        Object[] pairs = new Object[2 * copy.size()];
        long valueBytes = 0;
        int next = 0;
        for (Map.Entry<String, Object> entry : copy.entrySet()) {
            pairs[next++] = entry.getKey();
            pairs[next++] = entry.getValue();
            valueBytes += heapBytes(entry.getValue());
        }
        return new Attachment(pairs, valueBytes);
    }

    private static long heapBytes(Object value) {
        if (value instanceof String text) {
            return Heap.string(text);
        }
        if (value instanceof Boolean || value instanceof Enum<?> || isCachedNumber(value)) {
            return 0; // constants of the JVM
        }
        if (value instanceof Integer || value instanceof Float || value instanceof Short || value instanceof Byte
                || value instanceof Character) {
            return Heap.object(Integer.BYTES);
        }
        if (value instanceof Long || value instanceof Double) {
            return Heap.object(2 * Long.BYTES - Integer.BYTES);
        }
        return value instanceof UUID ? Heap.object(2 * Long.BYTES) : timeBytes(value);
    }

    private static boolean isCachedNumber(Object value) {
        return value instanceof Number number && !(value instanceof Double || value instanceof Float)
                && number.longValue() == number.byteValue();
    }

    /**
     * Size of a {@code java.time} object, without the zones and offsets that the JVM
     * shares.
     */
    private static long timeBytes(Object value) {
        // a date, time, instant or duration
        long part = Heap.object(Long.BYTES + Integer.BYTES);
        if (value instanceof ZonedDateTime || value instanceof OffsetDateTime) {
            return 4 * part;
        }
        if (value instanceof LocalDateTime) {
            return 3 * part;
        }
        return (value instanceof OffsetTime) ? 2 * part : part;
    }

    static Map<String, Object> unmodifiable(@Nullable Map<String, Object> entries) {
        return (entries == null) ? Map.of() : Collections.unmodifiableMap(entries);
    }

    private static Object scalarOrText(Object value) {
        if (value instanceof Character character) {
            return Character.isSurrogate(character) ? '\uFFFD' : character;
        }
        boolean scalar = value instanceof Boolean || value instanceof Enum<?> || value instanceof UUID
                || isBoxedNumber(value) || isTime(value);
        return scalar ? value : cut(text(value));
    }

    private static boolean isBoxedNumber(Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof Double || value instanceof Float
                || value instanceof Short || value instanceof Byte;
    }

    private static boolean isTime(Object value) {
        return (value instanceof TemporalAccessor || value instanceof TemporalAmount || value instanceof ZoneId)
                && value.getClass().getPackageName().equals("java.time");
    }

    private static String text(Object value) {
        try {
            String text = value.toString();
            return (text != null) ? text : value.getClass().getName();
        }
        catch (Throwable ex) { // also a StackOverflowError
            return value.getClass().getName();
        }
    }

    private static String cut(String text) {
        return Texts.wellFormed(Texts.cut(text, MAX_LENGTH));
    }

}
