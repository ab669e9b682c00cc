package io.threadsafemetrics.spring.autoconfigure.micrometer;

import java.util.Map;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.threadsafemetrics.spring.autoconfigure.micrometer.ThreadSafeMetricsMicrometerCollectAutoConfiguration.TracingMetadata;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Tells the ids of the current span. A tracer may depend on a meter registry, so it is
 * looked for once all beans are there; what is recorded before has no ids.
 */
final class CurrentSpanMetadata implements TracingMetadata, SmartInitializingSingleton {

    private final ObjectProvider<Tracer> tracers;

    private volatile @Nullable Tracer tracer;

    CurrentSpanMetadata(ObjectProvider<Tracer> tracers) {
        this.tracers = tracers;
    }

    @Override
    public void afterSingletonsInstantiated() {
        this.tracer = this.tracers.getIfUnique();
    }

    @Override
    public Map<String, String> get() {
        Tracer found = this.tracer;
        Span span = (found != null) ? found.currentSpan() : null;
        if (span == null) {
            return Map.of();
        }
        String traceId = span.context().traceId();
        return traceId.isEmpty() ? Map.of() : Map.of("traceId", traceId, "spanId", span.context().spanId());
    }

}
