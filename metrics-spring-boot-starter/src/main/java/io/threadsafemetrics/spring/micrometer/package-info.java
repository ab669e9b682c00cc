/**
 * Shows a collector's series as Micrometer meters, without Spring.
 */
@NullMarked
package io.threadsafemetrics.spring.micrometer;

import org.jspecify.annotations.NullMarked;
