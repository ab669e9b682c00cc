package io.threadsafemetrics;

import java.time.Instant;

/**
 * What a collector has taken, refused and given up since it was created. The counters
 * never go back, not on reset and not on unregister.
 *
 * @param totalValuesCollected values accepted by any path
 * @param rejectedValues calls to a recording method that answered false
 * @param collectionErrors unexpected exceptions while recording, calling a listener or
 * evaluating an alert rule; the clean-up logs one of them, at most once a minute
 * @param cleanupCount clean-ups of all metrics, by interval or by call
 * @param lastCleanup when the last of them ended; the creation of the collector before
 * the first
 * @param totalMetrics metrics registered now
 * @param maxMetrics the limit of {@code totalMetrics}
 * @param estimatedMemoryBytes retained heap of the collector in bytes, as accounted
 * @param maxMemoryBytes the limit of {@code estimatedMemoryBytes}
 * @param overflowedValues values that went to a series {@code overflow=true} because
 * their own tag set was refused
 * @param droppedMetadata values whose metadata was not kept, or not all of it: for want
 * of memory, because there were too many entries, or because the map threw while it was
 * read
 * @param droppedRawValues raw values not kept for want of memory (values that gave way to
 * newer ones at {@code maxValues} are not counted)
 * @param coarsenedHistograms histograms that gave up resolution, for want of memory or
 * because their values span too many decades
 * @param droppedSlots slots of a timeline dropped before their time for want of memory
 * @param refusedMetrics registrations refused at {@code maxMetrics} or for want of memory
 * @param writerWaits recordings that had to wait for the metric's lock, as the buffer for
 * staged values had reached its bound
 * @param droppedAlerts alert events that callbacks were not told of: more waited than the
 * delivery queue holds, or the collector was closed
 * @param failedCallbacks alert callbacks that threw
 * @since 0.1.0
 */
public record SystemStatistics(long totalValuesCollected, long rejectedValues, long collectionErrors, long cleanupCount,
        Instant lastCleanup, int totalMetrics, int maxMetrics, long estimatedMemoryBytes, long maxMemoryBytes,
        long overflowedValues, long droppedMetadata, long droppedRawValues, long coarsenedHistograms, long droppedSlots,
        long refusedMetrics, long writerWaits, long droppedAlerts, long failedCallbacks) {

}
