package io.threadsafemetrics;

/**
 * A figure of the collector itself as a metric. Threads: one evaluation at a time; the
 * metric any.
 */
final class OwnMetric {

    private final Source source;

    private final CollectorContext collector;

    final ThreadSafeMetric metric;

    private double last;

    OwnMetric(Source source, CollectorContext collector, ThreadSafeMetric metric) {
        this.source = source;
        this.collector = collector;
        this.metric = metric;
        this.last = source.read(collector);
    }

    /**
     * Records the figure as it is, that of a counter as what came since the last time.
     */
    void feed() {
        double now = this.source.read(this.collector);
        this.metric.addValue((this.source.type == MetricType.COUNTER) ? now - this.last : now);
        this.last = now;
    }

    /** Which figures there are. */
    enum Source {

        MEMORY_USAGE(AlertRule.MEMORY_USAGE, MetricType.GAUGE) {

            @Override
            double read(CollectorContext collector) {
                return collector.budget.takenShare();
            }

        },

        VALUES_REJECTED(AlertRule.VALUES_REJECTED, MetricType.COUNTER) {

            @Override
            double read(CollectorContext collector) {
                return collector.counters.refused();
            }

        },

        VALUES_OVERFLOWED(AlertRule.VALUES_OVERFLOWED, MetricType.COUNTER) {

            @Override
            double read(CollectorContext collector) {
                return collector.counters.overflowed.sum();
            }

        };

        final String metricName;

        final MetricType type;

        Source(String metricName, MetricType type) {
            this.metricName = metricName;
            this.type = type;
        }

        abstract double read(CollectorContext collector);

    }

}
