/**
 * Argument checks, exact sums and the byte account.
 */
@NullMarked
package io.threadsafemetrics.internal.util;

import org.jspecify.annotations.NullMarked;
