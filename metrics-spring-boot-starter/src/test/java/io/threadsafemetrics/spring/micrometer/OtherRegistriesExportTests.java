package io.threadsafemetrics.spring.micrometer;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import javax.management.ObjectName;

import io.micrometer.core.instrument.Clock;
import io.micrometer.jmx.JmxConfig;
import io.micrometer.jmx.JmxMeterRegistry;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Registries that know nothing of native histograms get function meters. */
class OtherRegistriesExportTests {

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.create();

    private final ThreadSafeMetricsMeterBinder binder = new ThreadSafeMetricsMeterBinder(this.collector);

    @BeforeEach
    void record() {
        for (MetricType type : MetricType.values()) {
            for (double value : new double[] { 0.5, 2 }) {
                this.collector.metric(MetricDefinition.of("a." + type, type).build())
                    .addValue(value, Tags.of("region", "eu", "empty", "", "le", "x y"));
            }
        }
    }

    @AfterEach
    void close() {
        this.binder.close();
        this.collector.close();
    }

    @Test
    void otlpGetsCountsAndTotals() throws Exception {
        AtomicReference<byte[]> sent = new AtomicReference<>();
        OtlpConfig config = (key) -> null;
        OtlpMeterRegistry registry = OtlpMeterRegistry.builder(config)
            .clock(Clock.SYSTEM)
            .metricsSender((request) -> sent.set(request.getMetricsData()))
            .build();
        this.binder.bindTo(registry);
        registry.close(); // publishes
        Map<String, Metric> metrics = ExportMetricsServiceRequest.parseFrom(sent.get())
            .getResourceMetrics(0)
            .getScopeMetrics(0)
            .getMetricsList()
            .stream()
            .collect(Collectors.toMap(Metric::getName, (metric) -> metric, (first, second) -> first));
        assertThat(metrics.get("a.COUNTER").getSum().getDataPoints(0).getAsDouble()).isEqualTo(2.5);
        assertThat(metrics.get("a.GAUGE").getGauge().getDataPoints(0).getAsDouble()).isEqualTo(2.0);
        assertThat(metrics.get("a.TIMER").getHistogram().getDataPoints(0).getCount()).isEqualTo(2);
        assertThat(metrics.get("a.TIMER").getHistogram().getDataPoints(0).getSum()).isEqualTo(2500.0);
        assertThat(metrics.get("a.TIMER.max").getGauge().getDataPoints(0).getAsDouble()).isEqualTo(2.0);
        assertThat(metrics.keySet()).anyMatch((name) -> name.startsWith("a.SUMMARY"))
            .anyMatch((name) -> name.startsWith("a.HISTOGRAM"));
    }

    @Test
    void jmxGetsCountsAndTotals() throws Exception {
        JmxConfig config = new JmxConfig() {
            @Override
            public String get(String key) {
                return null;
            }

            @Override
            public String domain() {
                return "threadsafe-metrics-test";
            }
        };
        JmxMeterRegistry registry = new JmxMeterRegistry(config, Clock.SYSTEM);
        this.binder.bindTo(registry);
        registry.start();
        Map<String, Object> values = new HashMap<>();
        var server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(new ObjectName("threadsafe-metrics-test:*"), null)) {
            for (String attribute : new String[] { "Value", "Count" }) {
                try {
                    values.put(name.getKeyProperty("name") + "/" + attribute, server.getAttribute(name, attribute));
                }
                catch (javax.management.AttributeNotFoundException ex) {
                    // another kind
                }
            }
        }
        registry.close();
        assertThat(values.toString()).contains("aGAUGE", "aTIMER", "aCOUNTER", "aSUMMARY", "aHISTOGRAM", "2.5");
    }

}
