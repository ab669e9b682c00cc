/**
 * Tells the log of alerts.
 */
@NullMarked
package io.threadsafemetrics.spring.alert;

import org.jspecify.annotations.NullMarked;
