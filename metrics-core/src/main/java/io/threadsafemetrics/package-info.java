/**
 * Records values in a running JVM and answers questions about its last minutes.
 */
@NullMarked
package io.threadsafemetrics;

import org.jspecify.annotations.NullMarked;
