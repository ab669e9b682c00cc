package io.threadsafemetrics.spring.endpoint;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.threadsafemetrics.ActiveAlert;
import io.threadsafemetrics.AlertState;
import org.jspecify.annotations.Nullable;

/**
 * An alert rule that is breached now, see {@link ActiveAlert}.
 *
 * @param rule the rule's name
 * @param metric the metric's name
 * @param state PENDING or FIRING
 * @param value the figure at the last evaluation; null, and absent from the JSON, where
 * there was no data
 * @param threshold the threshold that it is beyond
 * @param since when the breach began
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertDescriptor(String rule, String metric, AlertState state, @Nullable Double value, double threshold,
        Instant since) {

    static AlertDescriptor of(ActiveAlert alert) {
        return new AlertDescriptor(alert.rule(), alert.metric(), alert.state(), alert.value(), alert.threshold(),
                alert.since());
    }

}
