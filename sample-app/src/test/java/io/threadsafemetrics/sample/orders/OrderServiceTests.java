package io.threadsafemetrics.sample.orders;

import java.time.Duration;

import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.ValueQuery;
import io.threadsafemetrics.WindowSnapshot;
import io.threadsafemetrics.sample.orders.Order.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OrderServiceTests {

    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.create();

    private final Warehouse warehouse = new Warehouse(this.collector);

    private final OrderService orders = new OrderService(new OrderStore(), this.warehouse,
            new PaymentGateway(this.collector), this.collector);

    @BeforeEach
    void register() {
        this.collector.registerMetric("orders.placed", MetricType.COUNTER);
        this.collector.registerMetric("payments.duration", MetricType.TIMER);
    }

    @AfterEach
    void close() {
        this.collector.close();
    }

    @Test
    void placeMeasuresAmountTimeAndOutcome() {
        Order order = this.orders.place(new OrderRequest(Item.TEA, 3, Region.EU)).orElseThrow();
        assertThat(window("orders.amount", Tags.of("region", "eu")).sum()).isEqualTo(15.6);
        assertThat(window("orders.duration", Tags.of("operation", "place", "region", "eu")).count()).isEqualTo(1);
        assertThat(metric("orders.placed").values(ValueQuery.newest(10))).singleElement().satisfies((value) -> {
            assertThat(value.tags()).isEqualTo(Tags.of("region", "eu", "outcome", "accepted"));
            assertThat(value.metadata()).containsEntry("orderId", order.id());
        });
        assertThat(level("tea")).isEqualTo(97);
    }

    @Test
    void placeWhenOutOfStockCountsAndTakesNothing() {
        assertThat(this.orders.place(new OrderRequest(Item.TEA, 101, Region.US))).isEmpty();
        assertThat(window("orders.placed", Tags.of("outcome", "out-of-stock")).sum()).isEqualTo(1);
        assertThat(window("orders.amount", Tags.empty()).count()).isZero();
        assertThat(level("tea")).isEqualTo(100);
    }

    @Test
    void placeWhenStockRunsLowRefillsIt() {
        this.orders.place(new OrderRequest(Item.COCOA, 81, Region.APAC));
        assertThat(level("cocoa")).isEqualTo(100);
    }

    @Test
    void payMeasuresThePaymentWithItsOrder() {
        Order order = this.orders.place(new OrderRequest(Item.COFFEE, 1, Region.EU)).orElseThrow();
        Order charged = this.orders.pay(order);
        String outcome = (charged.status() == Status.PAID) ? "accepted" : "declined";
        assertThat(metric("payments.duration").values(ValueQuery.largest(10))).singleElement().satisfies((value) -> {
            assertThat(value.value()).isBetween(0.0, 30.0);
            assertThat(value.tags()).isEqualTo(Tags.of("region", "eu", "outcome", outcome));
            assertThat(value.metadata()).containsEntry("orderId", order.id());
        });
        assertThat(this.orders.find(order.id())).contains(charged);
    }

    @Test
    void payWhenPaidChargesNoSecondTime() {
        Order paid = this.orders.place(new OrderRequest(Item.COFFEE, 1, Region.EU)).orElseThrow().with(Status.PAID);
        assertThat(this.orders.pay(paid)).isSameAs(paid);
        assertThat(window("payments.duration", Tags.empty()).count()).isZero();
    }

    private double level(String item) {
        return metric("stock.level").values(ValueQuery.newest(1).filter(Tags.of("item", item))).get(0).value();
    }

    private WindowSnapshot window(String name, Tags filter) {
        return metric(name).window(WINDOW, filter);
    }

    private ThreadSafeMetric metric(String name) {
        return this.collector.findMetric(name).orElseThrow();
    }

}
