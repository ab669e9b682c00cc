/**
 * Value-to-bucket arithmetic, and the distributions that answer percentiles.
 */
@NullMarked
package io.threadsafemetrics.internal.distribution;

import org.jspecify.annotations.NullMarked;
