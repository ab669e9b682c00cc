package io.threadsafemetrics.spring.endpoint;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.threadsafemetrics.Tags;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameter {@code tag}: pairs {@code key:value} that a series must all have.
 */
final class TagFilter {

    private static final int MAX_TAGS = 32;

    private static final int MAX_LENGTH = 256;

    private static final String RULE = "be key:value with a key that is not blank, at most " + MAX_LENGTH
            + " characters each";

    /** A series would have to guess the key. */
    private static final Tags NO_SERIES = Tags.of(UUID.randomUUID().toString(), "none");

    private TagFilter() {
    }

    static Tags parse(@Nullable Object raw) {
        Map<String, String> pairs = new TreeMap<>();
        boolean contradiction = false;
        for (Map.Entry<String, String> pair : new Parameter("tag", raw).convertAll(MAX_TAGS, RULE, TagFilter::pair)) {
            String earlier = pairs.put(pair.getKey(), pair.getValue());
            contradiction |= earlier != null && !earlier.equals(pair.getValue());
        }
        return contradiction ? NO_SERIES : Tags.of(pairs);
    }

    private static Map.@Nullable Entry<String, String> pair(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return null;
        }
        String key = text.substring(0, colon);
        String value = text.substring(colon + 1);
        boolean valid = !key.isBlank() && key.length() <= MAX_LENGTH && value.length() <= MAX_LENGTH;
        return valid ? Map.entry(key, value) : null;
    }

}
