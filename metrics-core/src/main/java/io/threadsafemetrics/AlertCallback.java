package io.threadsafemetrics;

/**
 * Is told when an alert rule fires, fires still, and resolves. Called on a thread of the
 * collector's own, one event at a time and in order; what it throws is counted in
 * {@link SystemStatistics#failedCallbacks()} and goes no further. It may record, ask, add
 * and remove rules and callbacks, and close the collector. While it runs, other callbacks
 * wait, nothing else does.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AlertCallback {

    /**
     * Takes an event.
     * @param event the event, of state FIRING or RESOLVED
     * @throws Exception if it likes
     */
    void onAlert(AlertEvent event) throws Exception;

}
