/**
 * Tells Actuator's health how the collector is.
 */
@NullMarked
package io.threadsafemetrics.spring.health;

import org.jspecify.annotations.NullMarked;
