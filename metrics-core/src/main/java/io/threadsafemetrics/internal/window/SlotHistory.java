package io.threadsafemetrics.internal.window;

import java.util.List;

import io.threadsafemetrics.internal.distribution.BucketLayout;
import io.threadsafemetrics.internal.distribution.ExponentialHistogram;

/**
 * All values of one series since some time. Immutable: it is added up outside the
 * metric's lock.
 *
 * @param slots hold the values
 * @param sum their sum, which never falls from one to a later one unless by a negative
 * value: that of the slots would, by a rounding error, whenever two are joined
 * @param since when the first value may have been recorded
 */
public record SlotHistory(List<Slot> slots, double sum, long since) {

    /**
     * Adds the slots up.
     * @param layout where the buckets of the slots lie
     * @return a histogram that nobody adds to any more
     */
    public ExponentialHistogram histogram(BucketLayout layout) {
        SlotSum all = new SlotSum(layout);
        this.slots.forEach(all::add);
        return all.histogram();
    }

}
