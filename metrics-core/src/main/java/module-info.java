/** Thread-safe metrics: collector, series, snapshots and alerts. */
module io.threadsafemetrics {

    requires static org.jspecify;

    exports io.threadsafemetrics;

}
