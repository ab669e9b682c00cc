/**
 * Tells the log and an Alertmanager of alerts.
 */
@NullMarked
package io.threadsafemetrics.spring.alert;

import org.jspecify.annotations.NullMarked;
