/**
 * Gives an application its collector, from properties and beans.
 */
@NullMarked
package io.threadsafemetrics.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
