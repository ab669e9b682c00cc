package io.threadsafemetrics.spring.autoconfigure.endpoint;

import io.threadsafemetrics.spring.endpoint.EndpointProblem;
import io.threadsafemetrics.spring.endpoint.GroupsDescriptor;
import io.threadsafemetrics.spring.endpoint.MetricDescriptor;
import io.threadsafemetrics.spring.endpoint.MetricsDescriptor;
import io.threadsafemetrics.spring.endpoint.TimelineDescriptor;
import io.threadsafemetrics.spring.endpoint.ValuesDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Keeps the answers of the endpoint and its page in a native image. The operations over
 * HTTP do not tell in their types what they answer, and only a path leads to the page.
 */
final class EndpointRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), MetricsDescriptor.class,
                MetricDescriptor.class, GroupsDescriptor.class, ValuesDescriptor.class, TimelineDescriptor.class,
                EndpointProblem.class);
        hints.resources().registerPattern("io/threadsafemetrics/spring/endpoint/page.html");
    }

}
