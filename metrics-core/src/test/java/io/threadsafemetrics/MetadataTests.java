package io.threadsafemetrics;

import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.chrono.JapaneseDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Metadata is copied, stays small and never loses its value.
 */
class MetadataTests {

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(new ManualClock());

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.gauge("a").build());

    @AfterEach
    void close() {
        this.collector.close();
    }

    private Map<String, Object> kept(@Nullable Map<String, ?> metadata) {
        assertThat(this.metric.addValue(1, Tags.empty(), metadata)).isTrue();
        assertThat(this.collector.getSystemStatistics().collectionErrors()).isZero();
        assertThat(this.collector.getSystemStatistics().rejectedValues()).isZero();
        return this.metric.values(ValueQuery.newest(1)).get(0).metadata();
    }

    static List<Object> scalars() {
        return List.of(true, 'c', (byte) 1, (short) 2, 3, 4L, 5.0f, 6.0, "text", MetricType.TIMER, new UUID(1, 2),
                Instant.EPOCH, LocalDate.EPOCH, Duration.ofSeconds(1), ZoneId.of("Europe/Berlin"), DayOfWeek.MONDAY);
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void scalarsAreKeptAsTheyAre(Object scalar) {
        assertThat(kept(Map.of("k", scalar))).containsExactly(Map.entry("k", scalar));
    }

    static List<Object> others() {
        return List.of(BigInteger.TEN, List.of(1, 2), Map.of("a", 1), new StringBuilder("text"), JapaneseDate.now(),
                Object.class);
    }

    @ParameterizedTest
    @MethodSource("others")
    void allElseIsKeptAsItsText(Object other) {
        assertThat(kept(Map.of("k", other))).containsExactly(Map.entry("k", other.toString()));
    }

    @Test
    void nothingIsAnEmptyMap() {
        assertThat(kept(null)).isEmpty();
        assertThat(kept(Map.of())).isEmpty();
    }

    @Test
    void nullsAreDropped() {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put(null, "value");
        metadata.put("key", null);
        metadata.put("kept", 1);
        assertThat(kept(metadata)).containsExactly(Map.entry("kept", 1));
    }

    @Test
    void longTextsAreCutAt1024Characters() {
        String huge = "x".repeat(1_000_000);
        Object prints = new Object() {
            @Override
            public String toString() {
                return huge;
            }
        };
        Map<String, Object> kept = kept(Map.of("text", huge, "object", prints, "exact", "y".repeat(1024)));
        assertThat(kept.get("text")).isEqualTo("x".repeat(1024));
        assertThat(kept.get("object")).isEqualTo("x".repeat(1024));
        assertThat(kept.get("exact")).isEqualTo("y".repeat(1024));
    }

    @Test
    void cuttingSplitsNoCharacter() {
        String text = "x".repeat(1023) + "\ud83d\ude00";
        assertThat(kept(Map.of(text, text))).containsExactly(Map.entry("x".repeat(1023), "x".repeat(1023)));
        assertThat(kept(Map.of("k", "x".repeat(1022) + "\ud83d\ude00 "))).containsEntry("k",
                "x".repeat(1022) + "\ud83d\ude00");
    }

    @Test
    void unpairedSurrogatesAreReplaced() {
        assertThat(kept(Map.of("k\ud800", "\udfffv"))).containsExactly(Map.entry("k\ufffd", "\ufffdv"));
        assertThat(kept(Map.of("k", '\ud800'))).containsExactly(Map.entry("k", '\ufffd'));
        assertThat(kept(Map.of("k", new StringBuilder("\ud800")))).containsExactly(Map.entry("k", "\ufffd"));
    }

    @Test
    void longKeysAreCutAlike() {
        assertThat(kept(Map.of("k".repeat(5000), 1))).containsOnlyKeys("k".repeat(1024));
    }

    @Test
    void atMost16EntriesAreKeptTheFirstOnes() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            metadata.put("k" + i, (i % 2 == 0) ? null : i);
        }
        assertThat(kept(metadata)).hasSize(16).containsKey("k1").containsKey("k31").doesNotContainKey("k33");
        assertThat(this.collector.getSystemStatistics().droppedMetadata()).isOne();
    }

    @Test
    void sixteenEntriesAreAllKeptAndNotCounted() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (int i = 0; i < 16; i++) {
            metadata.put("k" + i, i);
        }
        metadata.put("null", null);
        assertThat(kept(metadata)).hasSize(16);
        assertThat(this.collector.getSystemStatistics().droppedMetadata()).isZero();
    }

    @Test
    void mutableObjectsAreCopied() {
        List<Object> list = new ArrayList<>(List.of("before"));
        Map<String, Object> metadata = new HashMap<>(Map.of("list", list));
        kept(metadata);
        list.set(0, "after");
        metadata.put("more", 1);
        assertThat(this.metric.values(ValueQuery.newest(1)).get(0).metadata())
            .containsExactly(Map.entry("list", "[before]"));
    }

    @Test
    void cyclicObjectsBecomeTheirClassName() {
        List<Object> first = new ArrayList<>();
        List<Object> second = new ArrayList<>(List.of(first));
        first.add(second);
        assertThat(kept(Map.of("k", first))).containsExactly(Map.entry("k", "java.util.ArrayList"));
    }

    @Test
    void cyclicMapsBecomeTheirClassName() {
        Map<String, Object> first = new HashMap<>();
        first.put("again", new HashMap<>(Map.of("first", first)));
        assertThat(kept(first)).containsExactly(Map.entry("again", "java.util.HashMap"));
    }

    @Test
    void objectsWhoseTextThrowsOrIsNullBecomeTheirClassName() {
        Map<String, Object> kept = kept(Map.of("throws", new Hostile(true), "null", new Hostile(false), "fine", 1));
        assertThat(kept).containsEntry("throws", Hostile.class.getName())
            .containsEntry("null", Hostile.class.getName())
            .containsEntry("fine", 1);
    }

    @Test
    void keysThatAreNoStringsBecomeTheirText() {
        assertThat(kept(polluted())).containsOnlyKeys("7", Hostile.class.getName());
    }

    @SuppressWarnings({ "unchecked", "rawtypes" }) // on purpose: heap pollution
    private static Map<String, Object> polluted() {
        Map map = new HashMap<>();
        map.put(7, 1);
        map.put(new Hostile(true), 2);
        return map;
    }

    @Test
    void answersAreUnmodifiable() {
        Map<String, Object> kept = kept(Map.of("k", 1));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> kept.put("k", 2));
    }

    private static final class Hostile {

        private final boolean throwing;

        Hostile(boolean throwing) {
            this.throwing = throwing;
        }

        @Override
        public @Nullable String toString() {
            if (this.throwing) {
                throw new IllegalStateException("no text");
            }
            return null;
        }

    }

}
