package io.threadsafemetrics;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator reads of refused values.
 */
class RefusalLogTests {

    private final Logger logger = Logger.getLogger(ThreadSafeMetricsCollector.class.getName());

    private final Level level = this.logger.getLevel();

    private final List<String> logged = new ArrayList<>();

    private final Handler handler = new Handler() {

        @Override
        public void publish(LogRecord line) {
            RefusalLogTests.this.logged.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }

    };

    private final RecordingCounters counters = new RecordingCounters(true);

    private final RefusalLog log = new RefusalLog(this.counters);

    @BeforeEach
    void listen() {
        this.logger.setLevel(Level.WARNING);
        this.logger.addHandler(this.handler);
    }

    @AfterEach
    void listenNoMore() {
        this.logger.removeHandler(this.handler);
        this.logger.setLevel(this.level);
    }

    @Test
    void logNewWhenNothingWasRefusedIsSilent() {
        this.log.logNew();
        assertThat(this.logged).isEmpty();
    }

    @Test
    void logNewTellsHowManyValuesAndWhyForEachCause() {
        this.counters.refuse(Refusal.NEGATIVE);
        this.counters.refuse(Refusal.NEGATIVE);
        this.counters.refuse(Refusal.UNKNOWN_METRIC);
        this.log.logNew();
        assertThat(this.logged).containsExactly("WARNING Refused 1 values: no metric of that name is registered",
                "WARNING Refused 2 values: a COUNTER or TIMER value must be zero or more");
    }

    @Test
    void logNewTellsOfACauseOnceAMinute() {
        this.counters.refuse(Refusal.NEGATIVE);
        this.log.logNew();
        this.counters.refuse(Refusal.NEGATIVE);
        this.log.logNew();
        assertThat(this.logged).hasSize(1);
    }

}
