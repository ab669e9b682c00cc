package io.threadsafemetrics.internal.distribution;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Bucket counts against a map of longs. */
class BucketCountsTests {

    @ParameterizedTest
    @ValueSource(longs = { Byte.MAX_VALUE, Short.MAX_VALUE, Integer.MAX_VALUE })
    void plusAtTheBoundOfAWidthKeepsAllCounts(long bound) {
        BucketCounts counts = BucketCounts.NONE.plus(5, 3).plus(7, bound);
        assertThat(counts.get(7)).isEqualTo(bound);
        long narrow = counts.heapBytes();
        BucketCounts wider = counts.plus(7, 1);
        assertThat(wider).isNotSameAs(counts);
        assertThat(wider.get(7)).isEqualTo(bound + 1);
        assertThat(wider.get(5)).isEqualTo(3);
        assertThat(wider.get(6)).isZero();
        assertThat(counts.get(7)).as("the narrow one is unchanged").isEqualTo(bound);
        assertThat(wider.heapBytes()).isGreaterThan(narrow);
    }

    @Test
    void plusWhereThereIsRoomAllocatesNothing() {
        BucketCounts counts = BucketCounts.NONE.plus(5, 1);
        assertThat(counts.plus(5, Byte.MAX_VALUE - 1)).isSameAs(counts);
    }

    @Test
    void plusWithAnyBucketsEqualsAMap() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            Map<Integer, Long> expected = new TreeMap<>();
            BucketCounts counts = BucketCounts.NONE;
            int spread = 1 + random.nextInt(300);
            for (int i = 0; i < 300; i++) {
                int index = random.nextInt(spread) - spread / 2;
                long count = 1L << random.nextInt(40);
                counts = counts.plus(index, count);
                expected.merge(index, count, Long::sum);
            }
            assertThat(nonZero(counts)).isEqualTo(expected);
            Map<Integer, Long> halved = new TreeMap<>();
            expected.forEach((index, count) -> halved.merge(Math.floorDiv(index + 1, 2), count, Long::sum));
            assertThat(nonZero(counts.halved())).isEqualTo(halved);
        }
    }

    private static Map<Integer, Long> nonZero(BucketCounts counts) {
        Map<Integer, Long> map = new TreeMap<>();
        for (int i = counts.first(); i <= counts.last(); i++) {
            if (counts.get(i) != 0) {
                map.put(i, counts.get(i));
            }
        }
        return map;
    }

}
