/**
 * What recording and asking cost, here and in other libraries.
 */
@NullMarked
package io.threadsafemetrics.benchmarks;

import org.jspecify.annotations.NullMarked;
