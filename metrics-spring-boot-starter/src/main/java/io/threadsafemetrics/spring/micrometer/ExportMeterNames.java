package io.threadsafemetrics.spring.micrometer;

/**
 * Names of the meters and tags of the export. The meters of a series bear the name of
 * their metric, some with a suffix.
 *
 * @since 0.1.0
 */
public final class ExportMeterNames {

    /** Suffix of a timer's largest value in its retention window, in seconds. */
    public static final String MAX_SUFFIX = ".max";

    /** Suffix of a percentile of the retention window. */
    public static final String PERCENTILE_SUFFIX = ".percentile";

    /** Tag of a percentile: which one, as a fraction from 0 to 1. */
    public static final String PHI_TAG = "phi";

    /** Counter: values accepted. */
    public static final String VALUES_COLLECTED = "threadsafe.metrics.values.collected";

    /** Counter: values refused. */
    public static final String VALUES_REJECTED = "threadsafe.metrics.values.rejected";

    /** Counter: values that went to a series {@code overflow=true}. */
    public static final String VALUES_OVERFLOWED = "threadsafe.metrics.values.overflowed";

    /** Counter: unexpected exceptions. */
    public static final String COLLECTION_ERRORS = "threadsafe.metrics.collection.errors";

    /** Counter: clean-ups of all metrics. */
    public static final String CLEANUPS = "threadsafe.metrics.cleanups";

    /** Gauge: when the last clean-up ended, in seconds since 1970. */
    public static final String LAST_CLEANUP = "threadsafe.metrics.cleanup.last";

    /** Gauge: metrics registered. */
    public static final String METRICS = "threadsafe.metrics.metrics";

    /** Gauge: the limit of metrics registered. */
    public static final String METRICS_MAX = "threadsafe.metrics.metrics.max";

    /** Counter: registrations of metrics refused. */
    public static final String METRICS_REFUSED = "threadsafe.metrics.metrics.refused";

    /** Gauge: retained heap in bytes. */
    public static final String MEMORY_USED = "threadsafe.metrics.memory.used";

    /** Gauge: the limit of the retained heap in bytes. */
    public static final String MEMORY_MAX = "threadsafe.metrics.memory.max";

    /** Counter: values whose metadata was not kept for want of memory. */
    public static final String DROPPED_METADATA = "threadsafe.metrics.dropped.metadata";

    /** Counter: raw values not kept for want of memory. */
    public static final String DROPPED_RAW_VALUES = "threadsafe.metrics.dropped.raw.values";

    /** Counter: slots of timelines dropped before their time for want of memory. */
    public static final String DROPPED_SLOTS = "threadsafe.metrics.dropped.slots";

    /** Counter: histograms that gave up resolution. */
    public static final String COARSENED_HISTOGRAMS = "threadsafe.metrics.histograms.coarsened";

    /** Counter: recordings that had to wait for another thread. */
    public static final String WRITER_WAITS = "threadsafe.metrics.writer.waits";

    /** Counter: alert events that found the delivery queue full. */
    public static final String ALERTS_DROPPED = "threadsafe.metrics.alerts.dropped";

    /** Counter: alert callbacks that threw. */
    public static final String CALLBACKS_FAILED = "threadsafe.metrics.callbacks.failed";

    /** Gauge: whether an alert rule is in a state, 1 or 0. */
    public static final String ALERTS = "threadsafe.metrics.alerts";

    /** Tag of {@link #ALERTS}: the rule's name. */
    public static final String RULE_TAG = "rule";

    /** Tag of {@link #ALERTS}: firing or pending. */
    public static final String STATE_TAG = "state";

    /** Counter: posts that the Alertmanager has taken. */
    public static final String WEBHOOK_SENT = "threadsafe.metrics.alerts.webhook.sent";

    /** Counter: posts that the Alertmanager has not taken, after all attempts. */
    public static final String WEBHOOK_FAILED = "threadsafe.metrics.alerts.webhook.failed";

    /** Counter: alert events that found no room to wait for the Alertmanager. */
    public static final String WEBHOOK_DROPPED = "threadsafe.metrics.alerts.webhook.dropped";

    /** Counter: meters left out of the registry, because of their name, say. */
    public static final String EXPORT_SKIPPED = "threadsafe.metrics.export.skipped";

    /**
     * Counter: meters of a {@link ThreadSafeMetricsMeterRegistry} that are not collected,
     * because of their name, say.
     */
    public static final String COLLECT_SKIPPED = "threadsafe.metrics.collect.skipped";

    /** What all names of meters begin with that are not those of a series. */
    static final String PREFIX = "threadsafe.metrics.";

    private ExportMeterNames() {
    }

}
