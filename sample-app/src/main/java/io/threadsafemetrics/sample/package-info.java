/**
 * A web application that uses the starter through public API alone.
 */
@NullMarked
package io.threadsafemetrics.sample;

import org.jspecify.annotations.NullMarked;
