package io.threadsafemetrics.internal.util;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphStats;

import static org.assertj.core.api.Assertions.assertThat;

class RecentObjectsTests {

    private final RecentObjects recent = new RecentObjects(64);

    private static String text(int i) {
        return "text " + i;
    }

    @Test
    void containsAnObjectUntilItIsRemovedButNoEqualOne() {
        String one = text(1);
        this.recent.add(one);
        assertThat(this.recent.contains(one)).isTrue();
        assertThat(this.recent.contains(text(1))).isFalse();
        this.recent.remove(text(1));
        assertThat(this.recent.contains(one)).isTrue();
        this.recent.remove(one);
        assertThat(this.recent.contains(one)).isFalse();
    }

    @Test
    void aFewObjectsDoNotDisplaceEachOther() {
        List<Integer> found = new ArrayList<>();
        for (int round = 0; round < 1000; round++) {
            RecentObjects few = new RecentObjects(64);
            List<String> texts = IntStream.range(0, 16).mapToObj(RecentObjectsTests::text).toList();
            texts.forEach(few::add);
            found.add((int) texts.stream().filter(few::contains).count());
        }
        assertThat(found).allSatisfy((count) -> assertThat(count).isGreaterThanOrEqualTo(12));
        assertThat(found.stream().mapToInt(Integer::intValue).average().orElseThrow()).isGreaterThan(15.9);
    }

    @Test
    void objectsAddedAgainAndAgainAreMostlyThereInAFloodOfOthers() {
        for (int round = 0; round < 200; round++) {
            RecentObjects flooded = new RecentObjects(64);
            String first = text(1);
            String second = text(2);
            int missed = 0;
            for (int i = 0; i < 2000; i++) {
                flooded.add(text(i));
                missed += addIfMissing(flooded, first) + addIfMissing(flooded, second);
            }
            assertThat(missed).isLessThan(400); // of 4000
        }
    }

    private static int addIfMissing(RecentObjects recent, String text) {
        if (recent.contains(text)) {
            return 0;
        }
        recent.add(text);
        return 1;
    }

    @Test
    void laterObjectsTakeThePlaceOfEarlierOnes() {
        String[] texts = Stream.iterate(0, (i) -> i + 1)
            .limit(10_000)
            .map(RecentObjectsTests::text)
            .toArray(String[]::new);
        Stream.of(texts).forEach(this.recent::add);
        assertThat(this.recent.contains(texts[9_999])).isTrue();
        assertThat(Stream.of(texts).filter(this.recent::contains).count()).isBetween(1L, 64L);
    }

    @Test
    void heapBytesAreThoseThatJolFinds() {
        Stream.iterate(0, (i) -> i + 1).limit(1000).map(RecentObjectsTests::text).forEach(this.recent::add);
        assertThat(RecentObjects.heapBytes(64)).isEqualTo(GraphStats.parseInstance(this.recent).totalSize());
    }

}
