package io.threadsafemetrics.sample.replay;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RecordedLatencyTests {

    @Test
    void readAllReadsEveryRowInOrder() {
        List<RecordedLatency> series = RecordedLatency.readAll(ReplayConfiguration.SERIES);
        assertThat(series).hasSize(4032);
        assertThat(series.get(0)).isEqualTo(new RecordedLatency(Instant.parse("2014-03-07T03:41:00Z"), 45.868));
        assertThat(series.get(4031)).isEqualTo(new RecordedLatency(Instant.parse("2014-03-21T03:41:00Z"), 30.962));
        assertThat(series).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        assertThat(series).extracting(RecordedLatency::millis).allMatch((millis) -> millis > 22 && millis < 100);
    }

    @Test
    void readAllWhenRowHasNoValueIsRefused() {
        ByteArrayResource csv = new ByteArrayResource(
                "timestamp,value\n2014-03-07 03:41:00".getBytes(StandardCharsets.UTF_8));
        assertThatIllegalArgumentException().isThrownBy(() -> RecordedLatency.readAll(csv))
            .withMessageContaining("'2014-03-07 03:41:00'");
    }

}
