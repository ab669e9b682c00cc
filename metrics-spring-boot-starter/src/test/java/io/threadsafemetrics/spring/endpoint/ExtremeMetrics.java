package io.threadsafemetrics.spring.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;

/** Metrics with names and values as nobody would choose them. */
final class ExtremeMetrics {

    static final List<String> NAMES = List.of("latency", "none", "short", "long", "exact", "a b", "a/b", "a;b", "100%",
            "a\\b", "..", "~", "é🚀", "a\u0001b", "a\uD800b", "<script>", "n".repeat(255));

    private static final double[] VALUES = { 0.0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL,
            Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, Math.nextDown(Double.MIN_NORMAL), 1, -1, 0.1,
            Math.nextUp(1.0), 1e-300, -1e300, 1e15, 4.2 };

    private ExtremeMetrics() {
    }

    /** Registers those that are missing, and records into those that have no values. */
    static void fill(ThreadSafeMetricsCollector collector, ManualClock clock) {
        List<ThreadSafeMetric> empty = new ArrayList<>();
        for (String name : NAMES) {
            ThreadSafeMetric metric = collector.metric(definition(name));
            if (!name.equals("none") && metric.getStatistics().count() == 0) {
                empty.add(metric);
            }
        }
        for (int i = 0; i < 300 && !empty.isEmpty(); i++) {
            clock.advance(Duration.ofMillis((i % 100 == 99) ? 20_000 : 130));
            for (ThreadSafeMetric metric : empty) {
                metric.addValue(VALUES[i % VALUES.length] / ((i % 3) + 1), tags(i),
                        Map.of("i", i, "nan", Double.NaN, "\uD800", "\uDC00"));
            }
        }
    }

    private static MetricDefinition definition(String name) {
        MetricType type = MetricType.values()[Math.floorMod(name.hashCode(), MetricType.values().length)];
        MetricDefinition.Builder builder = MetricDefinition.of(name, name.equals("latency") ? MetricType.TIMER : type)
            .maxValues(name.equals("exact") ? 1000 : 50)
            .maxTagSets(20);
        return switch (name) {
            case "short" -> builder.retentionWindow(Duration.ofNanos(1)).build();
            case "long" -> builder.retentionWindow(Duration.ofDays(3650)).build();
            default -> builder.build();
        };
    }

    private static Tags tags(int i) {
        return switch (i % 5) {
            case 0 -> Tags.empty();
            case 1 -> Tags.of("region", "eu");
            case 2 -> Tags.of("region", "us", "k", "\u0000\uD800\"", "\uDC00", "\uD800");
            case 3 -> Tags.of("k", "v" + i); // more than there may be
            default -> Tags.of("", "overflow");
        };
    }

}
