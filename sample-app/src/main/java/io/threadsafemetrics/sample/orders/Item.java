package io.threadsafemetrics.sample.orders;

import java.math.BigDecimal;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What there is to order.
 */
public enum Item {

    COFFEE("8.50"), TEA("5.20"), COCOA("6.90");

    private final BigDecimal price;

    Item(String price) {
        this.price = new BigDecimal(price);
    }

    BigDecimal price() {
        return this.price;
    }

    /**
     * Returns the item as JSON and tags have it.
     * @return the name in lower case
     */
    @JsonValue
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

}
