package io.threadsafemetrics.spring.endpoint;

import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.WindowSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A window of a metric, for each value of a tag.
 *
 * @param name the metric's name
 * @param type the metric's type
 * @param unit the unit of its values; null, and absent from the JSON, where none is given
 * @param groupBy the tag's key
 * @param groups the groups, worst first: by the highest percentile asked for
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupsDescriptor(String name, MetricType type, @Nullable String unit, String groupBy,
        List<Group> groups) implements OperationResponseBody {

    static GroupsDescriptor of(ThreadSafeMetric metric, String groupBy, WindowQuestion question, int limit) {
        double highest = question.highestPercentile();
        List<Group> groups = metric.windowBy(groupBy, question.windowOf(metric), question.filter())
            .entrySet()
            .stream()
            .map((group) -> Ranked.of(group.getKey(), group.getValue(), highest))
            .sorted(Ranked.WORST_FIRST)
            .limit(limit)
            .map((group) -> new Group(group.value(), question.describe(group.window())))
            .toList();
        return new GroupsDescriptor(metric.name(), metric.type(), metric.definition().unit(), groupBy, groups);
    }

    /**
     * The series that share a value of the tag.
     *
     * @param value the tag's value; empty for series without the tag
     * @param window their figures together
     */
    public record Group(String value, WindowDescriptor window) {

    }

    private record Ranked(String value, WindowSnapshot window, double percentile) {

        /** A group without values comes last, equals in the order of their tag. */
        static final Comparator<Ranked> WORST_FIRST = Comparator.comparingDouble(Ranked::percentile)
            .reversed()
            .thenComparing(Ranked::value);

        static Ranked of(String value, WindowSnapshot window, double percentile) {
            return new Ranked(value, window, window.percentile(percentile).orElse(Double.NEGATIVE_INFINITY));
        }

    }

}
