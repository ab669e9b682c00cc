package io.threadsafemetrics.sample.orders;

import java.util.Map;

import io.threadsafemetrics.sample.orders.Order.Status;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The order service over HTTP.
 */
@RestController
class OrderController {

    private final OrderService orders;

    private final Warehouse warehouse;

    OrderController(OrderService orders, Warehouse warehouse) {
        this.orders = orders;
        this.warehouse = warehouse;
    }

    @PostMapping("/orders")
    @ResponseStatus(HttpStatus.CREATED)
    Order place(@RequestBody OrderRequest request) {
        return this.orders.place(request)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.CONFLICT, "Not enough in stock"));
    }

    @GetMapping("/orders/{id}")
    Order find(@PathVariable String id) {
        return this.orders.find(id)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No such order"));
    }

    @PostMapping("/orders/{id}/pay")
    ResponseEntity<Order> pay(@PathVariable String id) {
        Order order = this.orders.pay(find(id));
        return ResponseEntity.status((order.status() == Status.PAID) ? HttpStatus.OK : HttpStatus.PAYMENT_REQUIRED)
            .body(order);
    }

    @GetMapping("/stock")
    Map<Item, Integer> stock() {
        return this.warehouse.stock();
    }

}
