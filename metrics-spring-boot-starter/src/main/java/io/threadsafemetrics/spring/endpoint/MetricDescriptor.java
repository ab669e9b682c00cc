package io.threadsafemetrics.spring.endpoint;

import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetric;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A metric.
 *
 * @param name its name
 * @param type its type
 * @param unit the unit of its values; null, and absent from the JSON, where none is given
 * @param description what its values are; null, and absent from the JSON, where none is
 * given
 * @param retentionWindow how far back it remembers, such as PT5M
 * @param window the figures of the window asked for
 * @param statistics its lifetime figures
 * @param availableTags the tag keys of its series and their values, sorted
 * @param access what may be done here: with UNRESTRICTED also reset and unregister
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MetricDescriptor(String name, MetricType type, @Nullable String unit, @Nullable String description,
        String retentionWindow, WindowDescriptor window, StatisticsDescriptor statistics,
        Map<String, Set<String>> availableTags, Access access) implements OperationResponseBody {

    static MetricDescriptor of(ThreadSafeMetric metric, WindowQuestion question, Access access) {
        MetricDefinition definition = metric.definition();
        return new MetricDescriptor(definition.name(), definition.type(), definition.unit(), definition.description(),
                String.valueOf(definition.retentionWindow()), question.ask(metric),
                StatisticsDescriptor.of(metric.getStatistics()), metric.availableTags(), access);
    }

}
