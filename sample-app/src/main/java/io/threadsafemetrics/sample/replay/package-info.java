/**
 * Replays a recorded series of latencies as a metric.
 */
@NullMarked
package io.threadsafemetrics.sample.replay;

import org.jspecify.annotations.NullMarked;
