/**
 * Gives an application the log line of alerts and, if it likes, the Alertmanager webhook.
 */
@NullMarked
package io.threadsafemetrics.spring.autoconfigure.alert;

import org.jspecify.annotations.NullMarked;
