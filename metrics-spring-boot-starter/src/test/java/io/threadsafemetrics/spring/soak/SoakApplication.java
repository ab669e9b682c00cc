package io.threadsafemetrics.spring.soak;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsCollectorCustomizer;

import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * A web application with a database and all that the starter has, in a small heap.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(BadCallbacks.class)
class SoakApplication {

    static final long MAX_MEMORY_BYTES = 4L << 20;

    private static final List<String> PROPERTIES = List.of("server.port=0", "server.address=127.0.0.1",
            "logging.config=classpath:soak/logback.xml", "spring.datasource.generate-unique-name=true",
            "management.endpoints.web.exposure.include=*", "management.endpoint.health.show-details=always",
            "management.endpoint.health.logging.slow-indicator-threshold=60s",
            "management.endpoint.threadsafemetrics.access=unrestricted",
            "management.endpoint.threadsafemetrics.show-metadata=always",
            "threadsafe-metrics.max-memory=" + MAX_MEMORY_BYTES + "B", "threadsafe-metrics.max-metrics=200",
            "threadsafe-metrics.max-tag-sets=200", "threadsafe-metrics.retention-window=20s",
            "threadsafe-metrics.idle-series-ttl=8s", "threadsafe-metrics.cleanup-interval=1s",
            "threadsafe-metrics.alert-interval=200ms", "threadsafe-metrics.micrometer.collect.interval=1s",
            "threadsafe-metrics.micrometer.export.percentiles=50,99", "threadsafe-metrics.alerts-webhook.timeout=500ms",
            "threadsafe-metrics.alerts-webhook.retries=1", "threadsafe-metrics.metrics.[soak.declared].type=histogram",
            "threadsafe-metrics.metrics.[soak.reset].type=histogram",
            "threadsafe-metrics.alerts.always.metric=soak.declared", "threadsafe-metrics.alerts.always.window=1s",
            "threadsafe-metrics.alerts.always.aggregation=count", "threadsafe-metrics.alerts.always.above=0",
            "threadsafe-metrics.alerts.always.repeat-every=500ms",
            "threadsafe-metrics.alerts.silent.metric=soak.silent", "threadsafe-metrics.alerts.silent.above=0",
            "threadsafe-metrics.alerts.silent.on-no-data=firing",
            "threadsafe-metrics.alerts.silent.repeat-every=500ms");

    /** Of Micrometer, and there from the start: later a flood of names takes the room. */
    private static final List<String> TIMERS = List.of("http.server.requests", "jvm.gc.pause",
            "jvm.gc.concurrent.phase.time");

    static ConfigurableApplicationContext start(Tally tally, JumpingClock clock, String alertmanager) {
        List<String> properties = new ArrayList<>(PROPERTIES);
        properties.add("threadsafe-metrics.alerts-webhook.url=" + alertmanager);
        TIMERS.forEach((name) -> properties.add("threadsafe-metrics.metrics.[" + name + "].type=timer"));
        return new SpringApplicationBuilder(SoakApplication.class).bannerMode(Banner.Mode.OFF)
            .properties(properties.toArray(String[]::new))
            .initializers((context) -> {
                context.getBeanFactory().registerSingleton("tally", tally);
                context.getBeanFactory().registerSingleton("jumpingClock", clock);
            })
            .run();
    }

    @Bean
    ThreadSafeMetricsCollectorCustomizer clockCustomizer(JumpingClock clock) {
        return (builder) -> builder.clock(clock);
    }

    @Bean
    MeterBinder brokenGauges() {
        return (registry) -> {
            Gauge.builder("soak.broken", () -> {
                throw new IllegalStateException("I am no gauge");
            }).register(registry);
            Gauge.builder("soak.nan", () -> Double.NaN).register(registry);
        };
    }

}
