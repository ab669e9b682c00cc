package io.threadsafemetrics.sample.orders;

import java.math.BigDecimal;

/**
 * An order.
 *
 * @param id its number
 * @param item what was ordered
 * @param quantity how many
 * @param region where the customer is
 * @param amount the price of all, in EUR
 * @param status how far it is
 */
public record Order(String id, Item item, int quantity, Region region, BigDecimal amount, Status status) {

    Order with(Status next) {
        return new Order(this.id, this.item, this.quantity, this.region, this.amount, next);
    }

    /** How far an order is. */
    public enum Status {

        PLACED, PAID, DECLINED

    }

}
