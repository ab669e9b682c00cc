package io.threadsafemetrics.spring.endpoint;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.threadsafemetrics.MetricStatistics;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.ValueQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;

/**
 * Actuator endpoint that answers questions about the last minutes of a collector's
 * metrics.
 * <p>
 * Its operations are those of {@link ThreadSafeMetricsEndpointWebExtension} and
 * {@link ThreadSafeMetricsEndpointJmxExtension}: HTTP tells questions apart by path, JMX
 * by name. Read-only unless {@code management.endpoint.threadsafemetrics.access} says
 * otherwise.
 * <p>
 * Threads: any. The work of a request is bounded by the limits of its parameters and of
 * the collector.
 *
 * @since 0.1.0
 */
@Endpoint(id = "threadsafemetrics", defaultAccess = Access.READ_ONLY)
public class ThreadSafeMetricsEndpoint {

    private static final int MAX_NAMES = 1000;

    private static final int MAX_NAME_LENGTH = 255;

    private static final int MAX_LIMIT = 1000;

    private static final int DEFAULT_LIMIT = 20;

    private static final int MAX_POINTS = 1000;

    private static final int MAX_POINTS_OF_ALL = 20_000;

    private static final int DEFAULT_POINTS = 60;

    private final ThreadSafeMetricsCollector collector;

    private final Access access;

    /**
     * Creates the endpoint, for reading.
     * @param collector whose metrics it shows
     */
    public ThreadSafeMetricsEndpoint(ThreadSafeMetricsCollector collector) {
        this(collector, Access.READ_ONLY);
    }

    /**
     * Creates the endpoint.
     * @param collector whose metrics it shows
     * @param access what Actuator permits, as answers tell it
     */
    public ThreadSafeMetricsEndpoint(ThreadSafeMetricsCollector collector, Access access) {
        this.collector = collector;
        this.access = access;
    }

    /**
     * Finds a metric.
     * @param parameter where the request names it
     * @param name the name
     * @return the metric
     * @throws EndpointProblemException if there is none
     */
    ThreadSafeMetric find(String parameter, String name) {
        boolean possible = !name.isBlank() && name.length() <= MAX_NAME_LENGTH;
        ThreadSafeMetric metric = possible ? this.collector.findMetric(name).orElse(null) : null;
        if (metric == null) {
            throw unknown(parameter, name);
        }
        return metric;
    }

    private EndpointProblemException unknown(String parameter, String name) {
        return EndpointProblemException.notFound(parameter, "be the name of a registered metric", name);
    }

    private List<ThreadSafeMetric> find(Parameter name) {
        return name.all(MAX_NAMES).stream().distinct().map((text) -> find("name", text)).toList();
    }

    /**
     * Answers for the metrics named, or for all.
     * @param question what to ask each, or null for lifetime figures alone
     * @param step how wide a point of their trends is, where they are asked for
     */
    MetricsDescriptor metrics(@Nullable Object name, @Nullable WindowQuestion question, @Nullable Object step) {
        Parameter names = new Parameter("name", name);
        Map<ThreadSafeMetric, MetricStatistics> metrics = names.isGiven() ? named(names) : all();
        if (question != null && metrics.size() > MAX_NAMES) {
            throw names.badRequest(
                    "be given 1 to " + MAX_NAMES + " times to ask windows of " + metrics.size() + " metrics", null);
        }
        Parameter width = new Parameter("step", step);
        Map<String, StatisticsDescriptor> described = new LinkedHashMap<>();
        metrics.forEach((metric, statistics) -> {
            WindowDescriptor window = (question != null) ? question.ask(metric) : null;
            TrendDescriptor trend = (question != null && width.isGiven())
                    ? trend(metric, question, width, metrics.size()) : null;
            described.put(metric.name(), StatisticsDescriptor.among(metric, statistics, window, trend));
        });
        return new MetricsDescriptor(this.collector.getSystemStatistics(), described,
                AlertDescriptor.of(this.collector, (metric) -> !names.isGiven() || described.containsKey(metric)),
                this.access);
    }

    private Map<ThreadSafeMetric, MetricStatistics> named(Parameter names) {
        Map<ThreadSafeMetric, MetricStatistics> named = new LinkedHashMap<>();
        find(names).forEach((metric) -> named.put(metric, metric.getStatistics()));
        return named;
    }

    private Map<ThreadSafeMetric, MetricStatistics> all() {
        Map<ThreadSafeMetric, MetricStatistics> all = new LinkedHashMap<>();
        this.collector.getAllMetrics()
            .forEach((name, statistics) -> this.collector.findMetric(name)
                .ifPresent((metric) -> all.put(metric, statistics)));
        return all;
    }

    /** However many metrics are asked, their points together are bounded. */
    private static TrendDescriptor trend(ThreadSafeMetric metric, WindowQuestion question, Parameter step,
            int metrics) {
        int most = Math.min(MAX_POINTS, MAX_POINTS_OF_ALL / metrics);
        return TrendDescriptor.of(metric, question, step(step, question.windowOf(metric), most));
    }

    MetricDescriptor metric(ThreadSafeMetric metric, WindowQuestion question) {
        return MetricDescriptor.of(metric, question, this.access);
    }

    GroupsDescriptor groups(ThreadSafeMetric metric, @Nullable Object groupBy, WindowQuestion question,
            @Nullable Object limit) {
        String rule = "be a tag key that is not blank";
        Parameter key = new Parameter("groupBy", groupBy);
        String tag = key.convert(rule, (text) -> text.isBlank() ? null : text);
        if (tag == null) {
            throw key.badRequest(rule, null);
        }
        return GroupsDescriptor.of(metric, tag, question, limit(limit));
    }

    ValuesDescriptor values(ThreadSafeMetric metric, @Nullable Object order, @Nullable Object limit,
            @Nullable Object window, @Nullable Object tag, boolean withMetadata) {
        int most = limit(limit);
        ValueQuery query = new Parameter("order", order).convert("be newest, largest or smallest",
                (text) -> switch (text) {
                    case "newest" -> ValueQuery.newest(most);
                    case "largest" -> ValueQuery.largest(most);
                    case "smallest" -> ValueQuery.smallest(most);
                    default -> null;
                });
        query = ((query != null) ? query : ValueQuery.newest(most)).filter(TagFilter.parse(tag));
        Duration given = new Parameter("window", window).duration();
        return ValuesDescriptor.of(metric, (given != null) ? query.window(given) : query, withMetadata);
    }

    private static int limit(@Nullable Object limit) {
        return Objects.requireNonNullElse(new Parameter("limit", limit).wholeNumber(1, MAX_LIMIT), DEFAULT_LIMIT);
    }

    /**
     * Answers for consecutive steps of a window: a sixtieth of it where none is given.
     */
    TimelineDescriptor timeline(ThreadSafeMetric metric, WindowQuestion question, @Nullable Object step,
            @Nullable Object buckets) {
        Duration window = question.windowOf(metric);
        Duration width = step(new Parameter("step", step), window, MAX_POINTS);
        boolean withBuckets = new Parameter("buckets", buckets).flag();
        return new TimelineDescriptor(metric.name(),
                metric.timeline(window, width, question.filter())
                    .stream()
                    .map((point) -> WindowDescriptor.of(point, question, withBuckets))
                    .toList());
    }

    private static Duration step(Parameter step, Duration window, int most) {
        Duration given = step.duration();
        if (given == null) {
            return Duration.ofNanos(Math.max(1, window.toNanos() / DEFAULT_POINTS));
        }
        Duration width = (given.compareTo(window) < 0) ? given : window;
        if ((window.toNanos() - 1) / width.toNanos() >= most) {
            throw step.badRequest("be at least 1/" + most + " of the window (" + window + ")", step.text());
        }
        return width;
    }

    void resetAll(@Nullable Object name) {
        Parameter names = new Parameter("name", name);
        if (names.isGiven()) {
            find(names).forEach(ThreadSafeMetric::reset);
        }
        else {
            this.collector.resetAllMetrics();
        }
    }

    void unregister(String parameter, ThreadSafeMetric metric) {
        if (!this.collector.unregisterMetric(metric.name())) {
            throw unknown(parameter, metric.name());
        }
    }

}
