package io.threadsafemetrics.internal.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.threadsafemetrics.internal.util.Losses;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The ring against a list. */
class RawRingTests {

    private final Losses losses = new Losses();

    private final MemoryAccount account = new MemoryAccount(new MemoryBudget(Long.MAX_VALUE), this.losses);

    private final List<Entry> model = new ArrayList<>();

    private final List<Long> evicted = new ArrayList<>();

    @Test
    void ringUnderAnyCallsEqualsAList() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int maxValues = 1 + random.nextInt((seed % 2 == 0) ? 5 : 200);
            RawRing<String> ring = new RawRing<>(maxValues, this.account);
            this.model.clear();
            long time = 0;
            for (int step = 0; step < 1_000; step++) {
                time += random.nextInt(3);
                switch (random.nextInt(40)) {
                    case 0 -> {
                        long before = time - random.nextInt(100);
                        int size = this.model.size();
                        this.model.removeIf((entry) -> entry.time < before);
                        assertThat(ring.dropBefore(before)).isEqualTo(size - this.model.size());
                    }
                    case 1 -> ring.shrink();
                    default -> add(ring, new Entry(time, random.nextDouble(), "s" + random.nextInt(3),
                            (random.nextInt(10) == 0) ? new Attachment(new Object[] { "step", step }, 16) : null),
                            maxValues);
                }
                assertEqual(ring, random.nextInt((int) time + 2));
            }
            ring.dropBefore(Long.MAX_VALUE);
            ring.shrink();
            assertThat(this.account.bytes()).as("seed %s: all memory is given back", seed).isZero();
        }
        assertThat(this.losses.rawValues.sum()).isZero();
    }

    private void add(RawRing<String> ring, Entry entry, int maxValues) {
        List<Long> expected = new ArrayList<>();
        if (this.model.size() == maxValues) {
            expected.add(this.model.remove(0).time);
        }
        this.model.add(entry);
        this.evicted.clear();
        ring.add(entry.time, entry.value, entry.owner, entry.attachment, Long.MIN_VALUE,
                (owner, time) -> this.evicted.add(time));
        assertThat(this.evicted).isEqualTo(expected);
    }

    private void assertEqual(RawRing<String> ring, long time) {
        assertThat(ring.size()).isEqualTo(this.model.size());
        int first = 0;
        for (int i = 0; i < this.model.size(); i++) {
            Entry entry = new Entry(ring.time(i), ring.value(i), ring.owner(i), ring.attachment(i));
            if (!entry.equals(this.model.get(i))) {
                assertThat(entry).isEqualTo(this.model.get(i));
            }
            first += (entry.time < time) ? 1 : 0;
        }
        assertThat(ring.firstAtOrAfter(time)).isEqualTo(first);
    }

    @Test
    void addToAFullRingDropsWhatExpiredWithoutTelling() {
        RawRing<String> ring = new RawRing<>(3, this.account);
        for (int time = 0; time < 3; time++) {
            ring.add(time, time, "a", null, Long.MIN_VALUE, (owner, at) -> this.evicted.add(at));
        }
        ring.add(3, 3, "a", null, 2, (owner, at) -> this.evicted.add(at));
        assertThat(this.evicted).isEmpty();
        assertThat(ring.size()).isEqualTo(2);
        assertThat(ring.time(0)).isEqualTo(2);
    }

    @Test
    void addWithoutMemoryTellsOfEveryValueThatIsNotKept() {
        RawRing<String> ring = new RawRing<>(3, new MemoryAccount(new MemoryBudget(0), this.losses));
        for (int time = 0; time < 3; time++) {
            ring.add(time, 1, "a", null, Long.MIN_VALUE, (owner, at) -> this.evicted.add(at));
        }
        assertThat(ring.size()).isZero();
        assertThat(this.evicted).containsExactly(0L, 1L, 2L);
        assertThat(this.losses.rawValues.sum()).isEqualTo(3);
    }

    private record Entry(long time, double value, String owner, @Nullable Attachment attachment) {

    }

}
