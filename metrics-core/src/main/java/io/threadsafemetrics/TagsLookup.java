package io.threadsafemetrics;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Finds {@link Tags} in a hash map by the entries of another map, without a copy: put
 * together anew for each value, sorted tags would cost more than all else of a recording.
 * Both have the hash code that {@link Map#hashCode()} defines.
 */
final class TagsLookup {

    private final Map<?, ?> entries;

    TagsLookup(Map<?, ?> entries) {
        this.entries = entries;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tags tags && tags.hasEntriesOf(this.entries);
    }

    @Override
    public int hashCode() {
        return this.entries.hashCode();
    }

}
