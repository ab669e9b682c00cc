package io.threadsafemetrics;

import java.time.Instant;

/**
 * The moment of an answer, by both clocks.
 *
 * @param now nanoseconds since the collector was created
 * @param wallClock the time of day
 */
record Present(long now, Instant wallClock) {

    /**
     * Returns the same moment by the wall clock for a time that the clock may have missed
     * by a little.
     */
    Present at(long time) {
        return (time == this.now) ? this : new Present(time, this.wallClock);
    }

    /**
     * Returns when something happened: the wall clock minus the monotonic age, so that
     * windows do not move with a wall clock that jumps.
     */
    Instant instantOf(long time) {
        return this.wallClock.minusNanos(this.now - time);
    }

}
