/**
 * Visits the order service over HTTP, so that there is something to measure.
 */
@NullMarked
package io.threadsafemetrics.sample.traffic;

import org.jspecify.annotations.NullMarked;
