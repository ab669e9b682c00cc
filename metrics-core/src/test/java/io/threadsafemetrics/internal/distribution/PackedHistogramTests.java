package io.threadsafemetrics.internal.distribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.threadsafemetrics.internal.distribution.TestValues.buckets;
import static io.threadsafemetrics.internal.distribution.TestValues.check;
import static io.threadsafemetrics.internal.distribution.TestValues.histogram;
import static org.assertj.core.api.Assertions.assertThat;

/** The packed histogram against the wide one. */
class PackedHistogramTests {

    private static final BucketLayout LAYOUT = BucketLayout.forRelativeError(0.01);

    private static final long OBJECT_BYTES = 48;

    private final Random random = new Random(5);

    @ParameterizedTest
    @EnumSource
    void packKeepsAllCounts(TestValues kind) {
        for (int size : new int[] { 0, 1, 2, 30, 1_000, 100_000 }) {
            double[] values = kind.of(this.random, size);
            ExponentialHistogram wide = histogram(LAYOUT, values);
            for (PackedHistogram packed : List.of(wide.pack(), PackedHistogram.of(values, size, LAYOUT))) {
                assertThat(packed.count()).isEqualTo(size);
                assertThat(buckets(histogram(LAYOUT, packed))).isEqualTo(buckets(wide));
                assertThat(packed.heapBytes()).isEqualTo(TestValues.retained(packed));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTakesTheSmallerForm(TestValues kind) {
        for (int size = 0; size < 1_000; size += 1 + size / 50) {
            double[] values = kind.of(this.random, 1_000);
            double[] some = Arrays.copyOf(values, size);
            long kept = OBJECT_BYTES + 16 + 8L * size;
            assertThat(PackedHistogram.of(values, size, LAYOUT).heapBytes())
                .isEqualTo(Math.min(kept, histogram(LAYOUT, some).pack().heapBytes()));
        }
    }

    @Test
    void ofWhenBothFormsTakeTheSameKeepsTheValues() {
        // two longs either way: the buckets lie in two groups of eight
        double[] values = { LAYOUT.upper(6, LAYOUT.scale()), LAYOUT.upper(10, LAYOUT.scale()) };
        PackedHistogram packed = PackedHistogram.of(values, 2, LAYOUT);
        assertThat(histogram(LAYOUT, values).pack().heapBytes()).isEqualTo(packed.heapBytes());
        assertThat(packed.relativeError()).isZero();
    }

    @Test
    void packTakesAByteABucket() {
        PackedHistogram packed = PackedHistogram.of(TestValues.LOG_NORMAL.of(this.random, 10_000), 10_000, LAYOUT);
        ExponentialHistogram wide = histogram(LAYOUT, packed);
        List<List<Number>> buckets = buckets(wide);
        double octaves = Math
            .log(buckets.get(buckets.size() - 1).get(1).doubleValue() / buckets.get(0).get(1).doubleValue())
                / Math.log(2);
        assertThat(packed.heapBytes() - OBJECT_BYTES - 16).isBetween((long) (64 * octaves), (long) (64 * octaves) + 16);
    }

    @ParameterizedTest
    @EnumSource
    void addInAnyOrderEqualsAllValues(TestValues kind) {
        double[] values = kind.of(this.random, 3_000);
        List<List<Number>> expected = buckets(histogram(LAYOUT, values));
        for (int order = 0; order < 5; order++) {
            List<PackedHistogram> parts = parts(values);
            assertThat(buckets(sum(parts))).isEqualTo(expected);
            assertThat(buckets(histogram(LAYOUT, parts.toArray(PackedHistogram[]::new)))).isEqualTo(expected);
        }
    }

    private List<PackedHistogram> parts(double[] values) {
        List<PackedHistogram> parts = new ArrayList<>();
        int from = 0;
        while (from < values.length) {
            int to = Math.min(values.length, from + 1 + (1 << this.random.nextInt(10)));
            double[] part = Arrays.copyOfRange(values, from, to);
            parts.add(this.random.nextBoolean() ? histogram(LAYOUT, part).pack()
                    : PackedHistogram.of(part, part.length, LAYOUT));
            from = to;
        }
        Collections.shuffle(parts, this.random);
        return parts;
    }

    private static ExponentialHistogram sum(List<PackedHistogram> parts) {
        ExponentialHistogram sum = ExponentialHistogram.unlimited(LAYOUT);
        sum.addAll(parts);
        return sum;
    }

    @ParameterizedTest
    @EnumSource
    void halvedKeepsAllCountsAndTheErrorItTells(TestValues kind) {
        double[] values = kind.of(this.random, 2_000);
        PackedHistogram packed = histogram(LAYOUT, values).pack();
        double error = 0;
        while (packed != packed.halved()) {
            packed = packed.halved();
            assertThat(packed.count()).isEqualTo(values.length);
            assertThat(packed.heapBytes()).isEqualTo(TestValues.retained(packed));
            ExponentialHistogram wide = histogram(LAYOUT, packed);
            check(wide, values);
            assertThat(wide.relativeError()).isGreaterThanOrEqualTo(error).isEqualTo(packed.relativeError());
            error = wide.relativeError();
        }
        assertThat(error).isEqualTo(BucketLayout.relativeErrorOf(ExponentialHistogram.MIN_SCALE));
    }

    @ParameterizedTest
    @EnumSource
    void addAllOfMixedResolutionsTakesTheCoarsestAndKeepsAllCounts(TestValues kind) {
        double[] values = kind.of(this.random, 3_000);
        List<PackedHistogram> parts = parts(values);
        parts.set(0, histogram(LAYOUT, parts.get(0)).pack());
        parts.replaceAll((part) -> this.random.nextInt(5) == 0 ? part.halved().halved() : part);
        ExponentialHistogram sum = sum(parts);
        check(sum, values);
        ExponentialHistogram oneByOne = histogram(LAYOUT, parts.toArray(PackedHistogram[]::new));
        assertThat(buckets(sum)).isEqualTo(buckets(oneByOne));
    }

    @Test
    void halvedOfFewValuesIsTheSame() {
        PackedHistogram few = PackedHistogram.of(new double[] { 1, 2, 3 }, 3, LAYOUT);
        assertThat(few.halved()).isSameAs(few);
    }

    @ParameterizedTest
    @ValueSource(longs = { 0xFF, 0xFFFF, Integer.MAX_VALUE, 0xFFFF_FFFFL })
    void packAtTheBoundOfAWidthKeepsAllCounts(long bound) {
        for (long count = bound - 1; count <= bound + 1; count++) {
            for (int index = -9; index < 9; index++) {
                BucketCounts counts = BucketCounts.of(index, new long[] { 0, 3, 0, count, 1, 0, 0 });
                assertThat(counts.first()).isEqualTo(index + 1);
                PackedHistogram packed = new PackedHistogram(6, counts, 7, counts, 2 * count + 15);
                ExponentialHistogram wide = histogram(LAYOUT, packed, packed);
                assertThat(buckets(wide)).extracting((bucket) -> bucket.get(2).longValue())
                    .containsExactly(2L, 2 * count, 6L, 14L, 6L, 2 * count, 2L);
                assertThat(buckets(sum(List.of(packed, packed)))).isEqualTo(buckets(wide));
                assertThat(packed.heapBytes()).isEqualTo(TestValues.retained(packed));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({ "255, 1", "256, 2", "65535, 2", "65536, 4", "4294967295, 4", "4294967296, 8" })
    void packTakesAsFewBytesABucketAsHoldItsCount(long count, int bytes) {
        long[] counts = new long[24];
        Arrays.fill(counts, 8, 16, count); // the empty ones at both ends take none
        PackedHistogram packed = new PackedHistogram(6, BucketCounts.NONE, 0, BucketCounts.of(0, counts), 8 * count);
        assertThat(packed.heapBytes()).isEqualTo(OBJECT_BYTES + 16 + 8 * bytes);
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 1L << 8, 1L << 16, 1L << 32 })
    void addAllOfOneWidthAnywhereEqualsAddingOneByOne(long count) {
        PackedHistogram[] parts = new PackedHistogram[50];
        for (int i = 0; i < parts.length; i++) {
            BucketCounts counts = BucketCounts.of(this.random.nextInt(400) - 200, new long[] { count, 0, 3 });
            parts[i] = new PackedHistogram(6, counts, 0, counts, 2 * (count + 3));
        }
        assertThat(buckets(sum(List.of(parts)))).isEqualTo(buckets(histogram(LAYOUT, parts)));
    }

    @ParameterizedTest
    @ValueSource(longs = { 0xFF, 0xFFFF, 0xFFFF_FFFFL, Long.MAX_VALUE >> 20 })
    void addAllOfTheHighestCountsOverflowsNothing(long count) {
        int times = (count == 0xFFFF) ? 70_000 : 1_000;
        long[] highest = new long[40];
        Arrays.fill(highest, count);
        PackedHistogram packed = new PackedHistogram(6, BucketCounts.of(-20, highest), 0, BucketCounts.NONE,
                40 * count);
        ExponentialHistogram sum = sum(Collections.nCopies(times, packed));
        assertThat(buckets(sum)).hasSize(40)
            .allSatisfy((bucket) -> assertThat(bucket.get(2).longValue()).isEqualTo(times * count));
    }

}
