/**
 * Gives an application with Actuator's health the collector's contributor.
 */
@NullMarked
package io.threadsafemetrics.spring.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
