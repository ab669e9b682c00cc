/**
 * Auto-configures the export to Micrometer.
 */
@NullMarked
package io.threadsafemetrics.spring.autoconfigure.micrometer;

import org.jspecify.annotations.NullMarked;
