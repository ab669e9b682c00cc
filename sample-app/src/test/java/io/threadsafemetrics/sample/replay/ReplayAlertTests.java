package io.threadsafemetrics.sample.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.threadsafemetrics.AlertEvent;
import io.threadsafemetrics.AlertState;
import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsAutoConfiguration;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsCollectorCustomizer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays all 14 days against the rules of {@code application.yml}, in no time.
 */
class ReplayAlertTests {

    private static final Duration STEP = Duration.ofMillis(50);

    /** A second, as {@code application.yml} has it. */
    private static final int STEPS_PER_EVALUATION = 20;

    /** The labelled incidents of the series. */
    private static final List<Span> INCIDENTS = List.of(
            new Span(Instant.parse("2014-03-14T03:31:00Z"), Instant.parse("2014-03-14T14:41:00Z")),
            new Span(Instant.parse("2014-03-18T17:06:00Z"), Instant.parse("2014-03-19T04:16:00Z")),
            new Span(Instant.parse("2014-03-20T21:26:00Z"), Instant.parse("2014-03-21T03:41:00Z")));

    private final ManualClock clock = new ManualClock();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsAutoConfiguration.class))
        .withBean(ThreadSafeMetricsCollectorCustomizer.class,
                () -> (builder) -> builder.clock(this.clock)
                    .alertInterval(Duration.ZERO)
                    .cleanupInterval(Duration.ZERO));

    @Test
    void replayFiresInEachIncidentAndNowhereElse() {
        this.runner.run((context) -> {
            List<Span> firings = replay(context.getBean(ThreadSafeMetricsCollector.class),
                    context.getEnvironment().getRequiredProperty("sample.replay.speed", Double.class));
            assertThat(firings).allSatisfy((firing) -> assertThat(INCIDENTS)
                .anyMatch((incident) -> incident.contains(firing.from()) && incident.contains(firing.to())));
            assertThat(INCIDENTS)
                .allSatisfy((incident) -> assertThat(firings).anyMatch((firing) -> incident.contains(firing.from())));
        });
    }

    /**
     * Replays the series once and half a day of it again: the last incident lasts to its
     * end, so its alerts resolve in the next round.
     * @return when the rules fired, in the time of the series
     */
    private List<Span> replay(ThreadSafeMetricsCollector collector, double speed) {
        List<RecordedLatency> series = RecordedLatency.readAll(ReplayConfiguration.SERIES);
        LatencyReplay replay = new LatencyReplay(series, speed, collector, this.clock);
        Map<String, Instant> firing = new HashMap<>();
        List<Span> firings = new ArrayList<>();
        Instant now = series.get(0).at();
        Instant end = series.get(series.size() - 1).at();
        while (now.isBefore(end.plus(Duration.ofHours(12)))) {
            for (int i = 0; i < STEPS_PER_EVALUATION; i++) {
                this.clock.advance(STEP);
                replay.recordDue();
            }
            now = now.plusNanos((long) (STEP.toNanos() * STEPS_PER_EVALUATION * speed));
            for (AlertEvent event : collector.evaluateAlerts()) {
                String rule = event.rule().name();
                if (event.state() == AlertState.FIRING) {
                    firing.put(rule, now);
                }
                else {
                    firings.add(new Span(Objects.requireNonNull(firing.remove(rule)), now.isBefore(end) ? now : end));
                }
            }
        }
        assertThat(firing).isEmpty();
        return firings;
    }

    private record Span(Instant from, Instant to) {

        boolean contains(Instant instant) {
            return !instant.isBefore(this.from) && !instant.isAfter(this.to);
        }

    }

}
