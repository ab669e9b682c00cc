package io.threadsafemetrics.sample.orders;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where a customer is. Closed, so that it makes a good tag: what clients may choose
 * freely makes a series each.
 */
public enum Region {

    EU, US, APAC;

    /**
     * Returns the region as JSON and tags have it.
     * @return the name in lower case
     */
    @JsonValue
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

}
