package io.threadsafemetrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a metric should know: all values since the last reset in a list, by ascending
 * time.
 */
final class ValueModel {

    private final List<Entry> entries = new ArrayList<>();

    private final int maxValues;

    private long recorded;

    private long reset; // values recorded before the last reset

    ValueModel(int maxValues) {
        this.maxValues = maxValues;
    }

    void add(long time, double value, Tags tags) {
        this.entries.add(new Entry(time, value, tags, this.recorded++));
    }

    void reset() {
        this.entries.clear();
        this.reset = this.recorded;
    }

    /** Forgets what no answer may reach back to, so that a long stream stays cheap. */
    void forgetBefore(long time) {
        this.entries.subList(0, firstAtOrAfter(time)).clear();
    }

    long recordedSinceReset() {
        return this.recorded - this.reset;
    }

    boolean isEmpty() {
        return this.entries.isEmpty();
    }

    int size() {
        return this.entries.size();
    }

    Entry get(int index) {
        return this.entries.get(index);
    }

    List<Entry> between(long from, long to, Predicate<Tags> filter) {
        List<Entry> found = new ArrayList<>();
        for (int i = firstAtOrAfter(from); i < this.entries.size() && this.entries.get(i).time <= to; i++) {
            if (filter.test(this.entries.get(i).tags)) {
                found.add(this.entries.get(i));
            }
        }
        return found;
    }

    boolean areKeptRaw(List<Entry> some) {
        return some.stream().allMatch((entry) -> entry.number >= this.recorded - this.maxValues);
    }

    List<Entry> raw(long from, Predicate<Tags> filter, Comparator<Entry> order, int limit) {
        return between(from, Long.MAX_VALUE, filter).stream()
            .filter((entry) -> areKeptRaw(List.of(entry)))
            .sorted(order)
            .limit(limit)
            .toList();
    }

    private int firstAtOrAfter(long time) {
        int low = 0;
        int high = this.entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (this.entries.get(middle).time < time) {
                low = middle + 1;
            }
            else {
                high = middle;
            }
        }
        return low;
    }

    record Entry(long time, double value, Tags tags, long number) {

    }

}
