package io.threadsafemetrics.internal.window;

import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Where slots lie as time goes by. */
class SlotGridTests {

    private static final long SECOND = SlotGrid.SECOND;

    @ParameterizedTest
    @ValueSource(strings = { "PT0.001S", "PT1S", "PT30S", "PT1M", "PT5M", "PT1H", "P1D", "P3650D" })
    void slotOfAnyMomentHoldsItAndIsNoWiderThanItsAgeAllows(Duration retention) {
        SlotGrid grid = new SlotGrid(retention.toNanos());
        Random random = new Random(6);
        for (int i = 0; i < 100_000; i++) {
            long now = Math.floorMod(random.nextLong(), 2 * retention.toNanos() + 10 * SECOND);
            long age = (long) (random.nextDouble() * random.nextDouble() * retention.toNanos());
            long time = now - age;
            long start = grid.floor(time, now);
            long end = grid.end(time, now);
            assertThat(time).isBetween(start, end - 1);
            assertThat(end - start).as("width at age %s of %s", age, retention)
                .isLessThanOrEqualTo(Math.max(SECOND, age / 20));
            assertThat(start % (end - start)).isZero();
            assertThat(Long.bitCount((end - start) / SECOND)).isOne();
            assertThat(grid.floor(start, now)).isEqualTo(start);
            assertThat(grid.floor(end - 1, now)).isEqualTo(start);
            assertThat(grid.end(start, now)).isEqualTo(end);
            assertThat(grid.floor(end, now)).as("slots neither overlap nor leave a gap").isEqualTo(end);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "PT1S", "PT1M", "PT5M", "PT1H" })
    void momentsThatOnceShareASlotAlwaysDo(Duration retention) {
        SlotGrid grid = new SlotGrid(retention.toNanos());
        Random random = new Random(7);
        long seconds = 3 * retention.toSeconds() + 10;
        for (int round = 0; round < 300; round++) {
            long earlier = (long) (random.nextDouble() * seconds * SECOND);
            long later = earlier + (long) (random.nextDouble() * Math.pow(2, random.nextInt(9)) * SECOND);
            boolean shared = false;
            for (long now = later; now - earlier <= retention.toNanos() + SECOND; now += nextStep(random)) {
                boolean shares = grid.floor(earlier, now) == grid.floor(later, now);
                assertThat(shares || !shared).as("%s and %s at %s", earlier, later, now).isTrue();
                shared = shares;
            }
        }
    }

    private static long nextStep(Random random) {
        return 1 + (long) (random.nextDouble() * 3 * SECOND);
    }

    @Test
    void expiryNeverGoesBackAndKeepsAtMostFivePercentMore() {
        for (Duration retention : new Duration[] { Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofSeconds(90),
                Duration.ofMinutes(5), Duration.ofHours(1) }) {
            SlotGrid grid = new SlotGrid(retention.toNanos());
            long before = Long.MIN_VALUE;
            for (long now = 0; now < 2 * retention.toNanos() + 10 * SECOND; now += SECOND / 7 * 3) {
                long expiry = grid.expiry(now);
                assertThat(expiry).isGreaterThanOrEqualTo(before);
                assertThat(now - retention.toNanos() - expiry).isBetween(0L,
                        Math.max(SECOND, retention.toNanos() / 20));
                before = expiry;
            }
        }
    }

    @Test
    void slotsThatWouldExpireSoonAfterTheyAreJoinedStayApart() {
        long retention = 42 * SECOND; // 20 and 1 times two seconds
        assertThat(widest(new SlotGrid(retention), retention)).isEqualTo(2 * SECOND);
        assertThat(widest(new SlotGrid(retention - 1), retention)).isEqualTo(SECOND);
    }

    private static long widest(SlotGrid grid, long age) {
        long widest = 0;
        for (long time = 100 * SECOND - age; time <= 100 * SECOND; time += SECOND) {
            widest = Math.max(widest, grid.end(time, 100 * SECOND) - grid.floor(time, 100 * SECOND));
        }
        return widest;
    }

    @Test
    void secondIsTheStartOfTheOneThatHoldsAMoment() {
        assertThat(SlotGrid.second(3 * SECOND)).isEqualTo(3 * SECOND);
        assertThat(SlotGrid.second(4 * SECOND - 1)).isEqualTo(3 * SECOND);
        assertThat(SlotGrid.second(-1)).isEqualTo(-SECOND);
    }

    @Test
    void slotsOfFiveMinutesAreFew() {
        SlotGrid grid = new SlotGrid(Duration.ofMinutes(5).toNanos());
        long now = Duration.ofHours(1).toNanos();
        int slots = 0;
        for (long time = now; time >= grid.expiry(now); time = grid.floor(time, now) - 1) {
            slots++;
        }
        assertThat(slots).isBetween(50, 110);
    }

}
