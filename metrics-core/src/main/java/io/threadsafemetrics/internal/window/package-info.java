/**
 * What a metric remembers of its retention window: the newest raw values and a timeline
 * of slots.
 */
@NullMarked
package io.threadsafemetrics.internal.window;

import org.jspecify.annotations.NullMarked;
