package io.threadsafemetrics;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the scheduler thread of a collector logs of what callers are not told.
 */
class CollectorLogTests {

    private static final Logger LOGGER = Logger.getLogger(ThreadSafeMetricsCollector.class.getName());

    private final Level level = LOGGER.getLevel();

    private final BlockingQueue<LogRecord> records = new LinkedBlockingQueue<>();

    private final Handler handler = new Handler() {

        @Override
        public void publish(LogRecord record) {
            CollectorLogTests.this.records.add(record);
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }

    };

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .cleanupInterval(Duration.ofMillis(1))
        .build();

    @BeforeEach
    void listen() {
        LOGGER.setLevel(Level.WARNING);
        LOGGER.addHandler(this.handler);
    }

    @AfterEach
    void stop() {
        this.collector.close();
        LOGGER.removeHandler(this.handler);
        LOGGER.setLevel(this.level);
    }

    @Test
    void refusedValuesAreLoggedWithTheirCause() throws InterruptedException {
        this.collector.collect("absent", 1);
        this.collector.registerMetric("present", MetricType.GAUGE);
        assertThat(next().getMessage()).isEqualTo("Refused 1 values: no metric of that name is registered");
    }

    @Test
    void exceptionOfAListenerIsLogged() throws InterruptedException {
        IllegalStateException thrown = new IllegalStateException("of a listener");
        this.collector.addListener(new MetricsListener() {
            @Override
            public void seriesAdded(ThreadSafeMetric metric, MetricSeries series) {
                throw thrown;
            }
        });
        this.collector.metric(MetricDefinition.gauge("present").build()).addValue(1);
        LogRecord logged = next();
        assertThat(logged.getMessage()).isEqualTo("An unexpected exception, one of 1 so far");
        assertThat(logged.getThrown()).isSameAs(thrown);
    }

    private LogRecord next() throws InterruptedException {
        LogRecord record = this.records.poll(30, TimeUnit.SECONDS);
        assertThat(record).isNotNull();
        return record;
    }

}
