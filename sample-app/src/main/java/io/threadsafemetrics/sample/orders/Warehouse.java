package io.threadsafemetrics.sample.orders;

import java.util.EnumMap;
import java.util.Map;

import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;

import org.springframework.stereotype.Component;

/**
 * Knows the stock and refills it. Measured by a gauge with a bound series per item: the
 * fastest way to record, for tags known beforehand.
 */
@Component
class Warehouse {

    private static final int FULL = 100;

    private static final int LOW = 20;

    private final Map<Item, Integer> stock = new EnumMap<>(Item.class); // guarded by this

    private final Map<Item, MetricSeries> levels = new EnumMap<>(Item.class);

    Warehouse(ThreadSafeMetricsCollector collector) {
        ThreadSafeMetric level = collector
            .metric(MetricDefinition.gauge("stock.level").description("Items in stock").build());
        for (Item item : Item.values()) {
            this.levels.put(item, level.series(Tags.of("item", item.tag())));
            set(item, FULL);
        }
    }

    /**
     * Takes items out of the stock.
     * @return false if there are not as many
     */
    synchronized boolean take(Item item, int quantity) {
        int left = stock(item) - quantity;
        if (left < 0) {
            return false;
        }
        set(item, (left < LOW) ? FULL : left);
        return true;
    }

    synchronized Map<Item, Integer> stock() {
        return new EnumMap<>(this.stock);
    }

    private int stock(Item item) {
        return this.stock.getOrDefault(item, 0);
    }

    private void set(Item item, int quantity) {
        this.stock.put(item, quantity);
        MetricSeries level = this.levels.get(item);
        if (level != null) {
            level.addValue(quantity);
        }
    }

}
