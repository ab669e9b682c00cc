package io.threadsafemetrics;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.threadsafemetrics.HighRateStream.RETENTION;
import static io.threadsafemetrics.HighRateStream.VALUES_PER_MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A million values a minute into a metric that keeps 1,000 raw and remembers 5 minutes.
 */
class HighRateTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Evenly, after a gap, in bursts, and evenly again. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "ZEROS", "EXTREMES" })
    void everyAnswerIsThatOfAllValuesOfItsSpan(ValueStreams kind) {
        try (HighRateStream stream = new HighRateStream(kind)) {
            stream.record(Duration.ofSeconds(30), 1);
            stream.clock.advance(RETENTION.multipliedBy(21).dividedBy(20).plusSeconds(1));
            stream.jumpOfTheWallClock();
            assertThat(stream.metric.window(RETENTION).count()).as("all has expired").isZero();
            stream.record(MINUTE, 1);
            stream.askAll();
            stream.jumpOfTheWallClock();
            stream.record(MINUTE, 700); // 24 a second
            stream.record(MINUTE, 30_000);
            stream.askAll();
            stream.jumpOfTheWallClock();
            stream.record(MINUTE.multipliedBy(2).plusSeconds(31), 1);
            stream.askAll();
        }
    }

    @Test
    void aSteadyStreamHasItsRateAndFewBytes() {
        try (HighRateStream stream = new HighRateStream(ValueStreams.LOG_NORMAL)) {
            stream.record(MINUTE.multipliedBy(6), 1);
            assertThat(stream.metric.window(MINUTE).rate()).isBetween(VALUES_PER_MINUTE / 60.0 * 0.99999,
                    VALUES_PER_MINUTE / 60.0 * 1.00001);
            MetricStatistics statistics = stream.metric.getStatistics();
            assertThat(statistics.count()).isEqualTo(stream.size());
            assertThat(statistics.valuesStored()).isEqualTo(HighRateStream.MAX_VALUES);
            assertThat(statistics.memoryUsageBytes()).isLessThan(512 * 1024);
            assertThat(stream.collector.getSystemStatistics().totalValuesCollected()).isEqualTo(stream.size());
        }
    }

}
