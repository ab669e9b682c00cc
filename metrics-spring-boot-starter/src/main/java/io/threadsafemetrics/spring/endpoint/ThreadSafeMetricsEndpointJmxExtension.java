package io.threadsafemetrics.spring.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.threadsafemetrics.ThreadSafeMetric;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.jmx.annotation.EndpointJmxExtension;
import org.springframework.jmx.export.annotation.ManagedOperation;

/**
 * The endpoint over JMX.
 * <p>
 * Parameters are strings, which any JMX console can enter; an empty one is not given.
 * Where HTTP takes several values, they are separated by commas here; a comma that is
 * part of a value has a backslash before it. What HTTP answers with 400 or 404 is an
 * exception with the same message.
 *
 * @since 0.1.0
 */
@EndpointJmxExtension(endpoint = ThreadSafeMetricsEndpoint.class)
public class ThreadSafeMetricsEndpointJmxExtension {

    private static final String WINDOW_HELP = " The window has a unit (90s, 5m; default: the retention)."
            + " Several names, percentiles (50,99.9) and tags (key:value) are separated by commas; a backslash keeps a"
            + " comma. Leave empty what you do not ask for.";

    private final ThreadSafeMetricsEndpoint delegate;

    private final Show showMetadata;

    /**
     * Creates the extension.
     * @param delegate the endpoint
     * @param showMetadata when to show the metadata of values: over JMX, where nobody is
     * known, only {@link Show#ALWAYS} does
     */
    public ThreadSafeMetricsEndpointJmxExtension(ThreadSafeMetricsEndpoint delegate, Show showMetadata) {
        this.delegate = delegate;
        this.showMetadata = showMetadata;
    }

    /**
     * Shows the metrics named, or all; with their windows where one is asked for or
     * metrics are named.
     * @param name names of metrics
     * @param window how far back, by default the retention
     * @param percentile percentiles, by default 50, 95 and 99
     * @param tag pairs {@code key:value} that series must have
     * @param atMost threshold of {@code fractionAtMost}
     * @return the collector and its metrics
     */
    @ReadOperation
    @ManagedOperation(description = "Shows all metrics, or those named with their windows." + WINDOW_HELP)
    public MetricsDescriptor metrics(@Nullable String name, @Nullable String window, @Nullable String percentile,
            @Nullable String tag, @Nullable String atMost) {
        boolean asked = Stream.of(name, window, percentile, tag, atMost).anyMatch((text) -> one(text) != null);
        return this.delegate.metrics(several(name), asked ? question(window, percentile, tag, atMost) : null, null);
    }

    /**
     * Shows a window of a metric.
     * @param metric the metric's name
     * @param window how far back, by default the retention
     * @param percentile percentiles, by default 50, 95 and 99
     * @param tag pairs {@code key:value} that series must have
     * @param atMost threshold of {@code fractionAtMost}
     * @return the metric
     */
    @ReadOperation
    @ManagedOperation(description = "Shows a window of a metric." + WINDOW_HELP)
    public MetricDescriptor metric(String metric, @Nullable String window, @Nullable String percentile,
            @Nullable String tag, @Nullable String atMost) {
        return this.delegate.metric(find(metric), question(window, percentile, tag, atMost));
    }

    /**
     * Shows a window of a metric for each value of a tag.
     * @param metric the metric's name
     * @param groupBy the tag's key
     * @param window how far back, by default the retention
     * @param percentile percentiles, by default 50, 95 and 99
     * @param tag pairs {@code key:value} that series must have
     * @param atMost threshold of {@code fractionAtMost}
     * @param limit how many groups, by default 20
     * @return the groups, worst first
     */
    @ReadOperation
    @ManagedOperation(description = "Shows a window of a metric for each value of a tag, worst first." + WINDOW_HELP)
    public GroupsDescriptor groups(String metric, String groupBy, @Nullable String window, @Nullable String percentile,
            @Nullable String tag, @Nullable String atMost, @Nullable String limit) {
        return this.delegate.groups(find(metric), groupBy, question(window, percentile, tag, atMost), one(limit));
    }

    /**
     * Shows single values of a metric.
     * @param metric the metric's name
     * @param order newest (by default), largest or smallest
     * @param limit how many, by default 20
     * @param window how far back, by default the retention
     * @param tag pairs {@code key:value} that series must have
     * @return the values
     */
    @ReadOperation
    @ManagedOperation(
            description = "Shows single values of a metric; order: newest, largest or smallest." + WINDOW_HELP)
    public ValuesDescriptor values(String metric, @Nullable String order, @Nullable String limit,
            @Nullable String window, @Nullable String tag) {
        return this.delegate.values(find(metric), one(order), one(limit), one(window), several(tag),
                this.showMetadata.isShown(false));
    }

    /**
     * Shows consecutive windows of a metric.
     * @param metric the metric's name
     * @param window how far back, by default the retention
     * @param step how wide a point is, by default a sixtieth of the window
     * @param percentile percentiles, by default 50, 95 and 99
     * @param tag pairs {@code key:value} that series must have
     * @param atMost threshold of {@code fractionAtMost}
     * @param buckets true to add histograms
     * @return the windows, oldest first
     */
    @ReadOperation
    @ManagedOperation(description = "Shows consecutive windows of a metric, each as wide as the step (5s);"
            + " buckets: true adds histograms." + WINDOW_HELP)
    public TimelineDescriptor timeline(String metric, @Nullable String window, @Nullable String step,
            @Nullable String percentile, @Nullable String tag, @Nullable String atMost, @Nullable String buckets) {
        return this.delegate.timeline(find(metric), question(window, percentile, tag, atMost), one(step), one(buckets));
    }

    /**
     * Resets all metrics.
     */
    @WriteOperation
    @ManagedOperation(description = "Resets all metrics.")
    public void resetAll() {
        this.delegate.resetAll(null);
    }

    /**
     * Resets a metric.
     * @param metric the metric's name
     */
    @WriteOperation
    @ManagedOperation(description = "Resets a metric.")
    public void reset(String metric) {
        find(metric).reset();
    }

    /**
     * Unregisters a metric.
     * @param metric the metric's name
     */
    @DeleteOperation
    @ManagedOperation(description = "Unregisters a metric.")
    public void unregister(String metric) {
        this.delegate.unregister("metric", find(metric));
    }

    private ThreadSafeMetric find(String metric) {
        return this.delegate.find("metric", metric);
    }

    private static WindowQuestion question(@Nullable String window, @Nullable String percentile, @Nullable String tag,
            @Nullable String atMost) {
        return WindowQuestion.parse(one(window), several(percentile), several(tag), one(atMost));
    }

    private static @Nullable String one(@Nullable String text) {
        return (text == null || text.isEmpty()) ? null : text;
    }

    private static @Nullable List<String> several(@Nullable String text) {
        String given = one(text);
        if (given == null) {
            return null;
        }
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < given.length(); i++) {
            char next = given.charAt(i);
            if (next == ',') {
                values.add(value.toString());
                value.setLength(0);
            }
            else {
                boolean keepsComma = next == '\\' && i + 1 < given.length() && given.charAt(i + 1) == ',';
                value.append(keepsComma ? given.charAt(++i) : next);
            }
        }
        values.add(value.toString());
        return values;
    }

}
