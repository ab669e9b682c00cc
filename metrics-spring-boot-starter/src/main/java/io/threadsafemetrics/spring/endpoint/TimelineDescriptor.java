package io.threadsafemetrics.spring.endpoint;

import java.util.List;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Consecutive windows of a metric.
 *
 * @param name the metric's name
 * @param points the windows, oldest first
 * @since 0.1.0
 */
public record TimelineDescriptor(String name, List<WindowDescriptor> points) implements OperationResponseBody {

}
