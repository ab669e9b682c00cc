/**
 * Auto-configures the bridge to Micrometer, both ways.
 */
@NullMarked
package io.threadsafemetrics.spring.autoconfigure.micrometer;

import org.jspecify.annotations.NullMarked;
