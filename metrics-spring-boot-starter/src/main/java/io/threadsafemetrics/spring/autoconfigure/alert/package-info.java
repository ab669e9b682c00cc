/**
 * Gives an application the log line of alerts.
 */
@NullMarked
package io.threadsafemetrics.spring.autoconfigure.alert;

import org.jspecify.annotations.NullMarked;
