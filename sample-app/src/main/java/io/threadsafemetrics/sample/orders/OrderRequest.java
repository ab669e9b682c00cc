package io.threadsafemetrics.sample.orders;

import java.util.Objects;

/**
 * What a customer asks for.
 *
 * @param item the item
 * @param quantity how many: 1 to 1000
 * @param region where the customer is
 */
public record OrderRequest(Item item, int quantity, Region region) {

    public OrderRequest {
        Objects.requireNonNull(item, "'item' must be given");
        Objects.requireNonNull(region, "'region' must be given");
        if (quantity < 1 || quantity > 1000) {
            throw new IllegalArgumentException("'quantity' must be 1 to 1000 but was " + quantity);
        }
    }

}
