package io.threadsafemetrics.spring.endpoint;

import java.util.List;
import java.util.Map;

import io.threadsafemetrics.SystemStatistics;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The collector and its metrics.
 *
 * @param system what the collector has taken, refused and given up
 * @param metrics lifetime figures by name: sorted, or in the order asked for
 * @param alerts the alert rules that are breached: all, or those of the metrics asked for
 * @param access what may be done here: with UNRESTRICTED also reset and unregister
 * @since 0.1.0
 */
public record MetricsDescriptor(SystemStatistics system, Map<String, StatisticsDescriptor> metrics,
        List<AlertDescriptor> alerts, Access access) implements OperationResponseBody {

}
