/**
 * Lets several instances of the sample, each with latencies of its own, act as a fleet.
 */
@NullMarked
package io.threadsafemetrics.sample.fleet;

import org.jspecify.annotations.NullMarked;
