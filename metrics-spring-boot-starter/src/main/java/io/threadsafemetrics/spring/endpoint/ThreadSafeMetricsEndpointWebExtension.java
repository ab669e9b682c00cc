package io.threadsafemetrics.spring.endpoint;

import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.threadsafemetrics.ThreadSafeMetric;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint over HTTP.
 * <p>
 * Parameters are untyped: given once they arrive as a string, given several times as a
 * list, and are converted here. A request that is refused is answered with an
 * {@link EndpointProblem}. The metric {@code ~} stands for the one that the parameter
 * {@code name} gives, whose name may have characters that no path can.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = ThreadSafeMetricsEndpoint.class)
public class ThreadSafeMetricsEndpointWebExtension {

    private static final String NAMED_BY_PARAMETER = "~";

    private final ThreadSafeMetricsEndpoint delegate;

    private final Show showMetadata;

    private final Set<String> roles;

    /**
     * Creates the extension.
     * @param delegate the endpoint
     * @param showMetadata when to show the metadata of values
     * @param roles who is authorized to see it; empty for any authenticated user
     */
    public ThreadSafeMetricsEndpointWebExtension(ThreadSafeMetricsEndpoint delegate, Show showMetadata,
            Set<String> roles) {
        this.delegate = delegate;
        this.showMetadata = showMetadata;
        this.roles = Set.copyOf(roles);
    }

    /**
     * Shows the metrics named, or all; with their windows where one is asked for or
     * metrics are named.
     * @param name names of metrics
     * @param window how far back, by default the retention
     * @param percentile percentiles, by default 50, 95 and 99
     * @param tag pairs {@code key:value} that series must have
     * @param atMost threshold of {@code fractionAtMost}
     * @param step how wide a point of a trend is, by default none is shown
     * @return 200 with a {@link MetricsDescriptor}, 400 or 404
     */
    @ReadOperation
    public WebEndpointResponse<OperationResponseBody> metrics(@Nullable Object name, @Nullable Object window,
            @Nullable Object percentile, @Nullable Object tag, @Nullable Object atMost, @Nullable Object step) {
        return respond(() -> {
            boolean asked = Stream.of(name, window, percentile, tag, atMost, step).anyMatch((given) -> given != null);
            return this.delegate.metrics(name, asked ? WindowQuestion.parse(window, percentile, tag, atMost) : null,
                    step);
        });
    }

    /**
     * Shows a window of a metric, as a whole or by the values of a tag.
     * @param metric the metric's name, or {@code ~}
     * @param name the metric's name where {@code metric} is {@code ~}
     * @param window how far back, by default the retention
     * @param percentile percentiles, by default 50, 95 and 99
     * @param tag pairs {@code key:value} that series must have
     * @param atMost threshold of {@code fractionAtMost}
     * @param groupBy the tag's key
     * @param limit how many groups, by default 20
     * @return 200 with a {@link MetricDescriptor} or a {@link GroupsDescriptor}, 400 or
     * 404
     */
    @ReadOperation
    public WebEndpointResponse<OperationResponseBody> metric(@Selector String metric, @Nullable Object name,
            @Nullable Object window, @Nullable Object percentile, @Nullable Object tag, @Nullable Object atMost,
            @Nullable Object groupBy, @Nullable Object limit) {
        return respond(() -> {
            ThreadSafeMetric found = find(metric, name);
            WindowQuestion question = WindowQuestion.parse(window, percentile, tag, atMost);
            return (groupBy != null) ? this.delegate.groups(found, groupBy, question, limit)
                    : this.delegate.metric(found, question);
        });
    }

    /**
     * Shows single values of a metric ({@code values}), or consecutive windows
     * ({@code timeline}).
     * @param securityContext who asks
     * @param metric the metric's name, or {@code ~}
     * @param view {@code values} or {@code timeline}
     * @param name the metric's name where {@code metric} is {@code ~}
     * @param window how far back, by default the retention
     * @param tag pairs {@code key:value} that series must have
     * @param order of values: newest, largest or smallest
     * @param limit how many values, by default 20
     * @param step how wide a window of the timeline is, by default a sixtieth of
     * {@code window}
     * @param percentile percentiles of the timeline, by default 50, 95 and 99
     * @param atMost threshold of {@code fractionAtMost} of the timeline
     * @param buckets true to add histograms to the timeline
     * @return 200 with a {@link ValuesDescriptor} or a {@link TimelineDescriptor}, 400 or
     * 404
     */
    @ReadOperation
    public WebEndpointResponse<OperationResponseBody> view(SecurityContext securityContext, @Selector String metric,
            @Selector String view, @Nullable Object name, @Nullable Object window, @Nullable Object tag,
            @Nullable Object order, @Nullable Object limit, @Nullable Object step, @Nullable Object percentile,
            @Nullable Object atMost, @Nullable Object buckets) {
        return respond(() -> {
            ThreadSafeMetric found = find(metric, name);
            return switch (view) {
                case "values" -> this.delegate.values(found, order, limit, window, tag,
                        this.showMetadata.isShown(securityContext, this.roles));
                case "timeline" ->
                    this.delegate.timeline(found, WindowQuestion.parse(window, percentile, tag, atMost), step, buckets);
                default -> throw EndpointProblemException.notFound("view", "be values or timeline", view);
            };
        });
    }

    /**
     * Resets the metrics named, or all.
     * @param operation {@code reset}
     * @param name names of metrics
     * @return 204, 400 or 404
     */
    @WriteOperation
    public WebEndpointResponse<OperationResponseBody> change(@Nullable Object operation, @Nullable Object name) {
        return respond(() -> {
            requireReset(operation);
            this.delegate.resetAll(name);
            return null;
        });
    }

    /**
     * Resets a metric.
     * @param metric the metric's name, or {@code ~}
     * @param operation {@code reset}
     * @param name the metric's name where {@code metric} is {@code ~}
     * @return 204, 400 or 404
     */
    @WriteOperation
    public WebEndpointResponse<OperationResponseBody> changeMetric(@Selector String metric, @Nullable Object operation,
            @Nullable Object name) {
        return respond(() -> {
            ThreadSafeMetric found = find(metric, name);
            requireReset(operation);
            found.reset();
            return null;
        });
    }

    /**
     * Unregisters a metric.
     * @param metric the metric's name, or {@code ~}
     * @param name the metric's name where {@code metric} is {@code ~}
     * @return 204, 400 or 404
     */
    @DeleteOperation
    public WebEndpointResponse<OperationResponseBody> unregister(@Selector String metric, @Nullable Object name) {
        return respond(() -> {
            this.delegate.unregister(metric.equals(NAMED_BY_PARAMETER) ? "name" : "metric", find(metric, name));
            return null;
        });
    }

    private ThreadSafeMetric find(String metric, @Nullable Object name) {
        if (!metric.equals(NAMED_BY_PARAMETER)) {
            return this.delegate.find("metric", metric);
        }
        Parameter parameter = new Parameter("name", name);
        String given = parameter.text();
        if (given == null) {
            throw parameter.badRequest("be given where the path says '~'", null);
        }
        return this.delegate.find("name", given);
    }

    private static void requireReset(@Nullable Object operation) {
        Parameter parameter = new Parameter("operation", operation);
        if (!"reset".equals(parameter.text())) {
            throw parameter.badRequest("be reset", parameter.text());
        }
    }

    private WebEndpointResponse<OperationResponseBody> respond(Supplier<@Nullable OperationResponseBody> action) {
        try {
            OperationResponseBody body = action.get();
            return (body != null) ? new WebEndpointResponse<>(body)
                    : new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
        }
        catch (EndpointProblemException ex) {
            EndpointProblem problem = ex.problem();
            return new WebEndpointResponse<>(problem, problem.status());
        }
    }

}
