package io.threadsafemetrics.sample.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.springframework.core.io.Resource;

/**
 * A latency that was measured once.
 *
 * @param at when
 * @param millis the latency in milliseconds
 */
record RecordedLatency(Instant at, double millis) {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /**
     * Reads all rows of a CSV file with the columns timestamp (UTC) and value.
     * @throws UncheckedIOException if it cannot be read
     * @throws IllegalArgumentException if a row is malformed
     */
    static List<RecordedLatency> readAll(Resource csv) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(csv.getInputStream(), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(RecordedLatency::parse).toList();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static RecordedLatency parse(String row) {
        int comma = row.indexOf(',');
        if (comma < 0) {
            throw new IllegalArgumentException("'row' must be 'timestamp,value' but was '" + row + "'");
        }
        LocalDateTime at = LocalDateTime.parse(row.substring(0, comma), TIMESTAMP);
        return new RecordedLatency(at.toInstant(ZoneOffset.UTC), Double.parseDouble(row.substring(comma + 1)));
    }

}
