package io.threadsafemetrics.internal.window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.threadsafemetrics.internal.util.Losses;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The ring against a list. */
class RawRingTests {

    private static final long NO_RETENTION = Long.MAX_VALUE / 2;

    private final Losses losses = new Losses();

    private final MemoryAccount account = new MemoryAccount(new MemoryBudget(Long.MAX_VALUE), this.losses);

    private final List<Entry> model = new ArrayList<>();

    private final Map<Integer, Long> evicted = new HashMap<>();

    private StagedValues[] batches = {};

    @Test
    void ringUnderAnyCallsEqualsAList() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int maxValues = 1 + random.nextInt((seed % 2 == 0) ? 5 : 200);
            RawRing ring = new RawRing(maxValues, this.account);
            this.model.clear();
            long time = 0;
            for (int step = 0; step < 300; step++) {
                time += random.nextInt(3);
                switch (random.nextInt(20)) {
                    case 0 -> {
                        long before = time - random.nextInt(100);
                        int size = this.model.size();
                        this.model.removeIf((entry) -> entry.time < before);
                        assertThat(ring.dropBefore(before)).isEqualTo(size - this.model.size());
                    }
                    case 1 -> ring.shrink();
                    case 2 -> assertThat(ring.values(0, ring.size()))
                        .isEqualTo(this.model.stream().mapToDouble(Entry::value).toArray());
                    case 3 -> {
                        int owner = 1 + random.nextInt(3);
                        this.model.removeIf((entry) -> entry.owner == owner);
                        ring.dropOwner(owner);
                    }
                    default -> time = add(ring, random, time, maxValues);
                }
                assertEqual(ring, random.nextInt((int) time + 2));
            }
            ring.dropBefore(Long.MAX_VALUE);
            ring.shrink();
            assertThat(this.account.bytes()).as("seed %s: all memory is given back", seed).isZero();
        }
        assertThat(this.losses.rawValues.sum()).isZero();
    }

    /** Adds up to three batches at once, and returns the newest time. */
    private long add(RawRing ring, Random random, long start, int maxValues) {
        List<Entry> added = new ArrayList<>();
        stage(1 + random.nextInt(3), 64);
        for (StagedValues batch : this.batches) {
            long time = start;
            int size = random.nextInt(1 + random.nextInt(64));
            for (int i = 0; i < size; i++) {
                time += random.nextInt(3);
                Entry entry = new Entry(time, random.nextDouble(), 1 + random.nextInt(3),
                        (random.nextInt(10) == 0) ? new Attachment(new Object[] { "step", i }, 16) : null);
                leave(batch, i, entry);
                added.add(entry);
            }
            batch.fillTo(size);
        }
        this.model.addAll(added);
        this.model.sort(Comparator.comparingLong(Entry::time)); // stable, as the ring is
        Map<Integer, Long> expected = new HashMap<>();
        while (this.model.size() > maxValues) {
            Entry oldest = this.model.remove(0);
            expected.put(oldest.owner, oldest.time);
        }
        this.evicted.clear();
        addBatches(ring, NO_RETENTION);
        assertThat(this.evicted).isEqualTo(expected);
        return added.stream().mapToLong(Entry::time).max().orElse(start);
    }

    private void stage(int count, int capacity) {
        this.batches = new StagedValues[count];
        for (int i = 0; i < count; i++) {
            this.batches[i] = new StagedValues(capacity);
        }
    }

    private void leave(StagedValues batch, int at, Entry entry) {
        batch.times[at] = entry.time;
        batch.values[at] = entry.value;
        batch.owners[at] = entry.owner;
        if (entry.attachment != null) {
            batch.attach(at, entry.attachment, this.account);
        }
    }

    private void addBatches(RawRing ring, long retention) {
        for (StagedValues batch : this.batches) {
            ring.addAll(batch, retention, (owner, time) -> this.evicted.merge(owner, time, Math::max));
            batch.clear(this.account);
        }
    }

    private void addTimes(RawRing ring, long retention, long... times) {
        stage(1, times.length);
        for (int i = 0; i < times.length; i++) {
            leave(this.batches[0], i, new Entry(times[i], 1, 1, null));
        }
        this.batches[0].fillTo(times.length);
        addBatches(ring, retention);
    }

    private void assertEqual(RawRing ring, long time) {
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
    void addAllToAFullRingDropsWhatExpiredWithoutTelling() {
        RawRing ring = new RawRing(3, this.account);
        addTimes(ring, NO_RETENTION, 0, 1, 2);
        addTimes(ring, 1, 3);
        assertThat(this.evicted).isEmpty();
        assertThat(ring.size()).isEqualTo(2);
        assertThat(ring.time(0)).isEqualTo(2);
    }

    @Test
    void addAllWithoutMemoryTellsOfTheNewestValueThatIsNotKept() {
        RawRing ring = new RawRing(3, new MemoryAccount(new MemoryBudget(0), this.losses));
        addTimes(ring, NO_RETENTION, 0, 1, 2);
        assertThat(ring.size()).isZero();
        assertThat(this.evicted).isEqualTo(Map.of(1, 2L));
        assertThat(this.losses.rawValues.sum()).isEqualTo(3);
    }

    @Test
    void giveUpHalfDropsTheOlderHalfAndItsMemory() {
        RawRing ring = new RawRing(100, this.account);
        addTimes(ring, NO_RETENTION, 1, 2, 3, 4, 5);
        long before = this.account.bytes();
        assertThat(ring.giveUpHalf((owner, time) -> this.evicted.put(owner, time))).isEqualTo(3);
        assertThat(this.evicted).isEqualTo(Map.of(1, 3L));
        assertThat(ring.values(0, ring.size())).hasSize(2);
        assertThat(this.account.bytes()).isLessThan(before);
    }

    private record Entry(long time, double value, int owner, @Nullable Attachment attachment) {

    }

}
