package io.threadsafemetrics.spring.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.threadsafemetrics.AggregationType;
import io.threadsafemetrics.AlertEvent;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.AlertState;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What the log says of alerts. */
class LoggingAlertCallbackTests {

    private static final Instant SINCE = Instant.parse("2026-05-01T12:00:00Z");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private final Logger logger = (Logger) LoggerFactory.getLogger(LoggingAlertCallback.class);

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.create();

    private final LoggingAlertCallback callback = new LoggingAlertCallback(this.collector);

    @BeforeEach
    void listen() {
        this.log.start();
        this.logger.addAppender(this.log);
        this.logger.setLevel(Level.INFO); // whatever an application left behind
        this.collector.metric(MetricDefinition.timer("pay").build());
    }

    @AfterEach
    void close() {
        this.logger.detachAppender(this.log);
        this.logger.setLevel(null);
        this.collector.close();
    }

    private static AlertRule rule(UnaryOperator<AlertRule.Builder> parts) {
        return parts.apply(AlertRule.builder("slow", "pay").above(0.5)).build();
    }

    private void tell(AlertRule rule, AlertState state, Double value, long seconds, boolean repeat) {
        this.callback.onAlert(new AlertEvent(rule, state, value, SINCE.plusSeconds(seconds), SINCE, repeat));
    }

    private String line(AlertRule rule, Double value) {
        tell(rule, AlertState.FIRING, value, 0, false);
        return this.log.list.get(0).getFormattedMessage();
    }

    @Test
    void lineHasRuleMetricTagsWindowValueThresholdAndDescription() {
        AlertRule rule = rule((parts) -> parts.percentile(99.9)
            .tags(Tags.of("region", "eu"))
            .window(Duration.ofSeconds(90))
            .description("Page the payments team"));
        assertThat(line(rule, 0.61)).isEqualTo("Alert 'slow' FIRING: p99.9 of 'pay' {region=eu} over 1m30s is 610 ms,"
                + " threshold above 500 ms (Page the payments team)");
    }

    @Test
    void lineWhenRuleHasNoWindowHasTheRetention() {
        assertThat(line(rule((parts) -> parts), 0.61))
            .isEqualTo("Alert 'slow' FIRING: average of 'pay' over 5m is 610 ms, threshold above 500 ms");
    }

    @Test
    void lineWhenMetricDoesNotExistHasNoUnit() {
        AlertRule rule = AlertRule.builder("quiet", "gone").below(2).onNoData(AlertState.FIRING).build();
        assertThat(line(rule, null))
            .isEqualTo("Alert 'quiet' FIRING: average of 'gone' has no data, threshold below 2");
    }

    @Test
    void lineOfCountOrRateHasNotTheUnitOfTheValues() {
        line(rule((parts) -> parts.aggregation(AggregationType.COUNT)), 3.0);
        line(rule((parts) -> parts.aggregation(AggregationType.RATE)), 0.75);
        assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
            .containsExactly("Alert 'slow' FIRING: count of 'pay' over 5m is 3, threshold above 0.5",
                    "Alert 'slow' FIRING: rate of 'pay' over 5m is 0.75/s, threshold above 0.5/s");
    }

    @Test
    void lineWhenValueIsAlmostTheThresholdTellsThemApart() {
        assertThat(line(rule((parts) -> parts), 0.50000000001))
            .contains("is 500 ms (0.50000000001), threshold above 500 ms");
    }

    @Test
    void eventsAreWarnForFiringAndInfoForResolved() {
        AlertRule rule = rule((parts) -> parts);
        tell(rule, AlertState.FIRING, 0.61, 0, false);
        tell(rule, AlertState.FIRING, 0.7, 300, true);
        tell(rule, AlertState.RESOLVED, 0.3, 4000, false);
        assertThat(this.log.list)
            .extracting(ILoggingEvent::getLevel, (event) -> event.getFormattedMessage().split(":")[0])
            .containsExactly(tuple(Level.WARN, "Alert 'slow' FIRING"),
                    tuple(Level.WARN, "Alert 'slow' still FIRING after 5m"),
                    tuple(Level.INFO, "Alert 'slow' RESOLVED after 1h6m40s"));
    }

    @Test
    void lineWhenNamesHoldLineBreaksIsOneLine() {
        String evil = "x\r\n2026-05-01 INFO Alert 'slow' RESOLVED\u2028\u001b[31m";
        AlertRule rule = AlertRule.builder(evil, evil).tags(Tags.of(evil, evil)).above(1).description(evil).build();
        assertThat(line(rule, 2.0)).doesNotContainPattern("\\p{Cntrl}")
            .doesNotContain("\u2028")
            .contains("'x\\u000d\\u000a2026")
            .contains("{x\\u000d");
    }

}
