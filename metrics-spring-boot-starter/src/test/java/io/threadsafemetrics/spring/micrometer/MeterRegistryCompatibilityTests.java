package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.tck.MeterRegistryCompatibilityKit;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.AfterEach;

/** Micrometer's own demands on a registry. */
class MeterRegistryCompatibilityTests extends MeterRegistryCompatibilityKit {

    private final MockClock clock = new MockClock();

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .clock(new MicrometerMetricsClock(this.clock))
        .build();

    private final MeterRegistry registry = ThreadSafeMetricsMeterRegistry.builder(this.collector)
        .clock(this.clock)
        .build();

    @AfterEach
    void close() {
        this.registry.close();
        this.collector.close();
    }

    @Override
    public MeterRegistry registry() {
        return this.registry;
    }

    @Override
    public Duration step() {
        return Duration.ofMinutes(1);
    }

}
