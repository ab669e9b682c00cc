package io.threadsafemetrics.sample.orders;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.Timing;
import io.threadsafemetrics.sample.orders.Order.Status;

import org.springframework.stereotype.Service;

/**
 * Places, finds and pays orders. Measured by a timer and a summary that are registered
 * here, and by a counter that is declared in {@code application.yml}.
 */
@Service
class OrderService {

    private final OrderStore store;

    private final Warehouse warehouse;

    private final PaymentGateway gateway;

    private final ThreadSafeMetricsCollector collector;

    private final ThreadSafeMetric durations;

    private final ThreadSafeMetric amounts;

    OrderService(OrderStore store, Warehouse warehouse, PaymentGateway gateway, ThreadSafeMetricsCollector collector) {
        this.store = store;
        this.warehouse = warehouse;
        this.gateway = gateway;
        this.collector = collector;
        this.durations = collector
            .metric(MetricDefinition.timer("orders.duration").description("How long an operation took").build());
        this.amounts = collector
            .metric(MetricDefinition.summary("orders.amount").unit("EUR").description("Value of an order").build());
    }

    /**
     * Places an order.
     * @return the order, or empty where there is not enough in stock
     */
    Optional<Order> place(OrderRequest request) {
        String region = request.region().tag();
        try (Timing timing = this.durations.startTimer(Tags.of("operation", "place", "region", region))) {
            if (!this.warehouse.take(request.item(), request.quantity())) {
                this.collector.collect("orders.placed", 1, Map.of("region", region, "outcome", "out-of-stock"));
                return Optional.empty();
            }
            Order order = newOrder(request);
            this.store.save(order);
            this.collector.collect("orders.placed", 1, Map.of("region", region, "outcome", "accepted"),
                    Map.of("orderId", order.id()));
            this.amounts.addValue(order.amount().doubleValue(), Tags.of("region", region),
                    Map.of("orderId", order.id(), "item", order.item().tag()));
            return Optional.of(order);
        }
    }

    private static Order newOrder(OrderRequest request) {
        return new Order(UUID.randomUUID().toString(), request.item(), request.quantity(), request.region(),
                request.item().price().multiply(BigDecimal.valueOf(request.quantity())), Status.PLACED);
    }

    Optional<Order> find(String id) {
        try (Timing timing = this.durations.startTimer(Tags.of("operation", "find"))) {
            return this.store.find(id);
        }
    }

    /**
     * Pays an order. One that is paid already is not charged again.
     * @return the order, paid or declined
     */
    Order pay(Order order) {
        if (order.status() == Status.PAID) {
            return order;
        }
        Order charged = order.with(this.gateway.charge(order) ? Status.PAID : Status.DECLINED);
        this.store.save(charged);
        return charged;
    }

}
