/**
 * A small order service that measures itself.
 */
@NullMarked
package io.threadsafemetrics.sample.orders;

import org.jspecify.annotations.NullMarked;
