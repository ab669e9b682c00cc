package consumer;

import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsCollectorCustomizer;

/** Uses both modules as named ones. */
class Main {

    public static void main(String[] args) {
        ThreadSafeMetricsCollectorCustomizer customizer = (builder) -> builder.maxMetrics(1);
        ThreadSafeMetricsCollector.Builder builder = ThreadSafeMetricsCollector.builder();
        customizer.customize(builder);
        try (ThreadSafeMetricsCollector collector = builder.build()) {
            collector.registerMetric("orders", MetricType.COUNTER);
            collector.collect("orders", 2);
            System.out.println(nameOf(ThreadSafeMetricsCollector.class) + " " + nameOf(ThreadSafeMetricsCollectorCustomizer.class)
                    + " " + collector.getMetricValue("orders").getAsDouble());
        }
    }

    private static String nameOf(Class<?> type) {
        return type.getModule().getName();
    }

}
