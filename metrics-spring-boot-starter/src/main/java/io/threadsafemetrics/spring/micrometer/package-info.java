/**
 * Shows a collector's series as Micrometer meters, and brings what is recorded with
 * Micrometer into a collector, without Spring.
 */
@NullMarked
package io.threadsafemetrics.spring.micrometer;

import org.jspecify.annotations.NullMarked;
