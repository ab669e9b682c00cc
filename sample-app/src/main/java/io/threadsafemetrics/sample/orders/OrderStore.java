package io.threadsafemetrics.sample.orders;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.springframework.stereotype.Component;

/**
 * Keeps the newest orders in memory.
 */
@Component
class OrderStore {

    private static final int CAPACITY = 1000;

    private final Map<String, Order> orders = new LinkedHashMap<>(); // guarded by this

    synchronized void save(Order order) {
        this.orders.put(order.id(), order);
        if (this.orders.size() > CAPACITY) {
            this.orders.remove(this.orders.keySet().iterator().next());
        }
    }

    synchronized Optional<Order> find(String id) {
        return Optional.ofNullable(this.orders.get(id));
    }

}
