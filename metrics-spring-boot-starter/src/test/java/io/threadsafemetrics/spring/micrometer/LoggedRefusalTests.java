package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A logger that counts its lines with the very registry that logs them, as an application
 * with Micrometer's binder for Logback has.
 */
@Timeout(30)
class LoggedRefusalTests {

    private final Logger logger = Logger.getLogger("io.threadsafemetrics");

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder().maxMetrics(1).build();

    private final ThreadSafeMetricsMeterRegistry registry = ThreadSafeMetricsMeterRegistry.builder(this.collector)
        .interval(Duration.ZERO)
        .build();

    private final AtomicInteger lines = new AtomicInteger();

    private final Handler handler = new Handler() {

        @Override
        public void publish(LogRecord line) {
            LoggedRefusalTests.this.lines.incrementAndGet();
            LoggedRefusalTests.this.registry.counter("log.events", "level", line.getLevel().getName()).increment();
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }

    };

    LoggedRefusalTests() {
        this.logger.addHandler(this.handler);
        this.logger.setLevel(Level.WARNING); // whatever an application left behind
    }

    @AfterEach
    void close() {
        this.logger.removeHandler(this.handler);
        this.logger.setLevel(null);
        this.registry.close();
        this.collector.close();
    }

    @Test
    void refusalThatIsLoggedIsCountedByTheRefusedMeterAndLoggedOnce() {
        this.collector.registerMetric("taken", MetricType.GAUGE);
        for (int i = 0; i < 100; i++) {
            this.registry.counter("orders").increment();
            this.registry.counter("taken").increment();
        }
        // the collector's own, and one of each name
        assertThat(this.lines.get()).isBetween(3, 5);
        assertThat(this.registry.get("log.events").counters().stream().mapToDouble((counter) -> counter.count()).sum())
            .isEqualTo(this.lines.get());
        assertThat(this.registry.counter("orders").count()).isEqualTo(100);
        assertThat(IncomingMetrics.of(this.collector).skipped().count()).isBetween(2.0, 3.0);
    }

}
