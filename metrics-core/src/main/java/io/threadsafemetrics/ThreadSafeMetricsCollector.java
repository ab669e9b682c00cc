package io.threadsafemetrics;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.threadsafemetrics.CollectorScheduler.Job;
import io.threadsafemetrics.internal.util.Checks;
import org.jspecify.annotations.Nullable;

/**
 * Holds metrics by name: takes values from any thread and answers questions about the
 * last minutes of the JVM.
 * <p>
 * Recording ({@code collect}) never throws: it answers false where a value is refused,
 * and {@link #getSystemStatistics()} counts it. Registration and questions throw
 * {@link IllegalArgumentException} on a wrong argument, with its name, its value and what
 * is allowed.
 * <p>
 * Threads: any, at any time. A daemon thread starts with the first registered metric, for
 * clean-up, or with the first alert rule; {@link #close()} ends it.
 *
 * @since 0.1.0
 */
public final class ThreadSafeMetricsCollector implements AutoCloseable {

    private static final System.Logger logger = System.getLogger(ThreadSafeMetricsCollector.class.getName());

    private static final Duration CLOCK_TICK = Duration.ofMillis(10);

    private final CollectorContext context;

    private final CollectorSettings settings;

    private final RegisteredMetrics metrics;

    private final CollectorScheduler scheduler;

    private final AlertDispatcher dispatcher;

    private final AlertEvaluator alerts;

    private final RefusalLog refusals;

    private final OncePerMinute complaints = new OncePerMinute();

    private final LongAdder cleanups = new LongAdder();

    private final AtomicLong lastCleanup;

    private ThreadSafeMetricsCollector(CollectorSettings settings) {
        this.settings = settings;
        this.context = new CollectorContext(settings, this::allMetrics);
        this.metrics = new RegisteredMetrics(this.context);
        this.scheduler = new CollectorScheduler(this.context.counters.errors);
        this.context.listeners.setSuccessor(this.scheduler::tryRun);
        this.dispatcher = new AlertDispatcher(this.context);
        this.alerts = new AlertEvaluator(this.metrics::find, new OwnMetrics(this.context, this.metrics::flush),
                this.context, this.dispatcher::deliver);
        this.refusals = new RefusalLog(this.context.counters);
        this.lastCleanup = new AtomicLong(this.context.now());
        if (settings.clock() instanceof CoarseMetricsClock coarse) {
            this.scheduler.start(Job.CLOCK, CLOCK_TICK, coarse::tick);
        }
    }

    private Collection<ThreadSafeMetric> allMetrics() {
        return this.metrics.all();
    }

    /**
     * Creates a collector with the default limits.
     * @return a collector to be closed when it is no longer needed
     */
    public static ThreadSafeMetricsCollector create() {
        return builder().build();
    }

    /**
     * Starts a collector with limits of one's own.
     * @return a builder with the default limits
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Registers a metric with the collector's limits.
     * @param name 1 to 255 characters, not blank
     * @param type the type
     * @return false if the name is taken, there is no room, or the collector is closed
     * @throws IllegalArgumentException if the name breaks that rule or the type is null
     */
    public boolean registerMetric(String name, MetricType type) {
        return registerMetric(MetricDefinition.of(name, type).build());
    }

    /**
     * Registers a metric with limits of its own.
     * @param name 1 to 255 characters, not blank
     * @param type the type
     * @param maxValues how many raw values are kept: 1 or more
     * @param retentionWindow how far back it remembers: longer than zero
     * @return false if the name is taken, there is no room, or the collector is closed
     * @throws IllegalArgumentException if an argument breaks its rule
     */
    public boolean registerMetric(String name, MetricType type, int maxValues, Duration retentionWindow) {
        return registerMetric(
                MetricDefinition.of(name, type).maxValues(maxValues).retentionWindow(retentionWindow).build());
    }

    /**
     * Registers a metric.
     * @param definition what it is
     * @return false if the name is taken, there is no room, or the collector is closed
     */
    public boolean registerMetric(MetricDefinition definition) {
        Checks.notNull(definition, "definition");
        String refusal = register(newMetric(definition));
        if (refusal != null && this.complaints.tryAcquire()) {
            logger.log(System.Logger.Level.WARNING, "Did not register {0}: {1}", definition, refusal);
        }
        return refusal == null;
    }

    /**
     * Registers a metric.
     * @return why it could not, or null if it did
     */
    private @Nullable String register(ThreadSafeMetric metric) {
        String refusal = this.metrics.register(metric);
        if (refusal == null) {
            this.scheduler.start(Job.CLEANUP, this.settings.cleanupInterval(), this::cleanUp);
        }
        return refusal;
    }

    private ThreadSafeMetric newMetric(MetricDefinition definition) {
        return new ThreadSafeMetric(definition.withDefaults(this.settings.maxValues(), this.settings.maxTagSets(),
                this.settings.retentionWindow()), this.context);
    }

    private void cleanUp() {
        try {
            cleanupOldValues();
        }
        finally {
            this.refusals.logNew();
        }
    }

    /**
     * Removes a metric with all its values. Its handles refuse values from then on.
     * @param name its name
     * @return false if there is none
     */
    public boolean unregisterMetric(String name) {
        boolean removed = this.metrics.unregister(Limits.name(name, "name"));
        this.context.listeners.deliver();
        return removed;
    }

    /**
     * Finds a metric.
     * @param name its name
     * @return the metric, or empty where there is none
     */
    public Optional<ThreadSafeMetric> findMetric(String name) {
        return Optional.ofNullable(this.metrics.find(Limits.name(name, "name")));
    }

    /**
     * Finds a metric, or registers it. Of an existing one only the type must be as
     * defined.
     * @param definition what it is
     * @return the metric
     * @throws IllegalArgumentException if a metric of the name has another type
     * @throws IllegalStateException if there is no room or the collector is closed
     */
    public ThreadSafeMetric metric(MetricDefinition definition) {
        Checks.notNull(definition, "definition");
        while (true) {
            ThreadSafeMetric existing = this.metrics.find(definition.name());
            if (existing != null) {
                Checks.argument(existing.type() == definition.type(), "type",
                        () -> "be " + existing.type() + " as " + Checks.shown(existing.name()) + " is registered",
                        definition.type());
                return existing;
            }
            ThreadSafeMetric added = newMetric(definition);
            String refusal = register(added);
            if (refusal == null) {
                return added;
            }
            if (!refusal.equals(RegisteredMetrics.NAME_TAKEN)) {
                throw new IllegalStateException("Could not register " + definition + ": " + refusal);
            }
        }
    }

    /**
     * Records a value without tags.
     * @param name the metric's name
     * @param value the value: finite, and zero or more for a counter or timer
     * @return false if it was refused
     */
    public boolean collect(@Nullable String name, double value) {
        return collect(name, value, null, null);
    }

    /**
     * Records a value.
     * @param name the metric's name
     * @param value the value: finite, and zero or more for a counter or timer
     * @param tags its tags, see {@link Tags#of(Map)}; null is none
     * @return false if it was refused
     */
    public boolean collect(@Nullable String name, double value, @Nullable Map<String, String> tags) {
        return collect(name, value, tags, null);
    }

    /**
     * Records a value with metadata.
     * @param name the metric's name
     * @param value the value: finite, and zero or more for a counter or timer
     * @param tags its tags, see {@link Tags#of(Map)}; null is none
     * @param metadata what to keep beside it, see {@link ThreadSafeMetric}; null is none
     * @return false if it was refused
     */
    public boolean collect(@Nullable String name, double value, @Nullable Map<String, String> tags,
            @Nullable Map<String, ?> metadata) {
        ThreadSafeMetric metric = (name != null) ? this.metrics.find(name) : null;
        if (metric == null) {
            return this.context.counters.refuse(this.context.isClosed() ? Refusal.CLOSED : Refusal.UNKNOWN_METRIC);
        }
        return (metadata == null) ? metric.engine().record(value, tags)
                : metric.addValue(value, Tags.of(tags), metadata);
    }

    /**
     * Averages a metric over its retention window.
     * @param name the metric's name
     * @return the average, or empty where there is no metric or no value
     */
    public OptionalDouble getMetricValue(String name) {
        return getMetricValue(name, AggregationType.AVERAGE);
    }

    /**
     * Aggregates a metric over its retention window.
     * @param name the metric's name
     * @param aggregation which figure; {@link AggregationType#PERCENTILE} is the 95th
     * @return the figure, or empty where there is no metric or no value
     */
    public OptionalDouble getMetricValue(String name, AggregationType aggregation) {
        Checks.notNull(aggregation, "aggregation");
        return findMetric(name).map((metric) -> metric.getAggregatedValue(aggregation)).orElse(OptionalDouble.empty());
    }

    /**
     * Aggregates a metric over a window.
     * @param name the metric's name
     * @param aggregation which figure; {@link AggregationType#PERCENTILE} is the 95th
     * @param window how far back: longer than zero; cut at the retention
     * @return the figure, or empty where there is no metric or no value
     * @throws IllegalArgumentException if the window is null, zero or negative
     */
    public OptionalDouble getMetricValue(String name, AggregationType aggregation, Duration window) {
        Checks.notNull(aggregation, "aggregation");
        Limits.window(window);
        return findMetric(name).map((metric) -> metric.getAggregatedValue(aggregation, window))
            .orElse(OptionalDouble.empty());
    }

    /**
     * Returns the lifetime figures of a metric.
     * @param name the metric's name
     * @return the figures of one instant, or empty where there is no metric
     */
    public Optional<MetricStatistics> getMetricStatistics(String name) {
        return findMetric(name).map(ThreadSafeMetric::getStatistics);
    }

    /**
     * Returns the lifetime figures of all metrics.
     * @return the figures by name, sorted; those of one metric are of one instant
     */
    public Map<String, MetricStatistics> getAllMetrics() {
        Map<String, MetricStatistics> all = new TreeMap<>();
        allMetrics().forEach((metric) -> all.put(metric.name(), metric.getStatistics()));
        return all;
    }

    /**
     * Drops what is older than the retention windows. No answer needs it: it gives memory
     * back, and happens by itself in the clean-up interval.
     * @return raw values dropped by metric, where there were any
     */
    public Map<String, Long> cleanupOldValues() {
        Map<String, Long> dropped = new TreeMap<>();
        allMetrics().forEach((metric) -> {
            long values = metric.cleanOldValues();
            if (values > 0) {
                dropped.put(metric.name(), values);
            }
        });
        this.cleanups.increment();
        this.lastCleanup.accumulateAndGet(this.context.preciseNow(), Math::max);
        return dropped;
    }

    /**
     * Returns what the collector has taken, refused and given up.
     * @return the figures, each of its own instant
     */
    public SystemStatistics getSystemStatistics() {
        RecordingCounters counters = this.context.counters;
        this.metrics.flush();
        return new SystemStatistics(counters.accepted.sum(), counters.refused(), counters.errors.count(),
                this.cleanups.sum(), this.context.present().instantOf(this.lastCleanup.get()), this.metrics.size(),
                this.settings.maxMetrics(), this.context.budget.usedBytes(), this.settings.maxMemoryBytes(),
                counters.overflowed.sum(), counters.losses.metadata.sum(), counters.losses.rawValues.sum(),
                counters.losses.histogramResolution.sum(), counters.losses.slots.sum(), counters.refusedMetrics.sum(),
                counters.writerWaits.sum(), counters.droppedAlerts.sum(), counters.failedCallbacks.sum());
    }

    /**
     * Resets all metrics, one after the other. They stay registered.
     */
    public void resetAllMetrics() {
        allMetrics().forEach(ThreadSafeMetric::reset);
    }

    /**
     * Adds a callback, to be told when a rule fires and resolves. Adding it again does
     * nothing.
     * <p>
     * Up to 1,000 events wait for callbacks that are slow. Of more, those of one rule
     * that undo each other are dropped first, the oldest before, so that who was told of
     * FIRING is told of the end; {@link SystemStatistics#droppedAlerts()} counts them.
     * @param callback the callback
     */
    public void addAlertCallback(AlertCallback callback) {
        this.dispatcher.add(Checks.notNull(callback, "callback"));
    }

    /**
     * Removes a callback. It is not told of what waits; a call that has begun is not
     * waited for.
     * @param callback the callback
     * @return false if it was not there
     */
    public boolean removeAlertCallback(AlertCallback callback) {
        return this.dispatcher.remove(Checks.notNull(callback, "callback"));
    }

    /**
     * Adds a rule, in place of one of the same name. It is evaluated in the alert
     * interval.
     * <p>
     * A rule that is replaced while it fires is RESOLVED: callbacks are told now, and the
     * new rule starts as OK. An equal rule changes nothing. Waits for no evaluation.
     * @param rule the rule; its metric may be registered later, and where its window is
     * then longer than the metric's retention the rule is not evaluated, which is logged
     * @throws IllegalArgumentException if its window is longer than the metric's
     * retention
     * @throws IllegalStateException if there is no room
     */
    public void addAlertRule(AlertRule rule) {
        Checks.notNull(rule, "rule");
        Duration retention = this.alerts.retentionOf(rule.metric());
        Duration window = rule.window();
        if (retention != null) {
            Checks.argument(!AlertFigure.isTooLong(window, retention), "window",
                    () -> "be at most the retention of " + Checks.shown(rule.metric()) + " (" + retention + ")",
                    window);
        }
        if (this.alerts.add(rule)) {
            this.scheduler.start(Job.ALERTS, this.settings.alertInterval(), this.alerts::evaluate);
            tellRulesChanged();
        }
    }

    /**
     * Removes a rule. If it fires it is RESOLVED: callbacks are told now. Waits for no
     * evaluation.
     * @param name its name
     * @return false if there is none
     */
    public boolean removeAlertRule(String name) {
        boolean removed = this.alerts.remove(Limits.name(name, "name"));
        if (removed) {
            tellRulesChanged();
        }
        return removed;
    }

    /** In any order: who is told asks which rules there are. */
    private void tellRulesChanged() {
        this.context.listeners.enqueue(MetricsListener::alertRulesChanged);
        this.context.listeners.deliver();
    }

    /**
     * Returns the rules.
     * @return a copy, in the order in which they were added
     */
    public List<AlertRule> getAlertRules() {
        return this.alerts.rules();
    }

    /**
     * Returns the rules that are breached, each as the last evaluation left it.
     * @return a copy, in the order in which the rules were added
     */
    public List<ActiveAlert> getActiveAlerts() {
        return this.alerts.active();
    }

    /**
     * Returns where a rule stands, as the last evaluation left it, without looking at the
     * others.
     * @param rule the name of the rule
     * @return OK, PENDING or FIRING, or empty if there is no such rule
     */
    public Optional<AlertState> findAlertState(String rule) {
        return Optional.ofNullable(this.alerts.state(Checks.notNull(rule, "rule")));
    }

    /**
     * Evaluates all rules now, as happens by itself in the alert interval. Callbacks are
     * called on their own thread. Evaluations take turns, and each transition is told by
     * one of them.
     * @return this call's transitions and repeats: PENDING, FIRING, RESOLVED, and OK
     * where a rule was pending; without those of rules that are removed or replaced
     * meanwhile
     */
    public List<AlertEvent> evaluateAlerts() {
        return this.alerts.evaluate();
    }

    /**
     * Adds a listener, to be told of series and alert rules that come and go. Adding it
     * again does nothing.
     * @param listener the listener
     */
    public void addListener(MetricsListener listener) {
        this.context.listeners.add(Checks.notNull(listener, "listener"));
    }

    /**
     * Removes a listener.
     * @param listener the listener
     * @return false if it was not there
     */
    public boolean removeListener(MetricsListener listener) {
        return this.context.listeners.remove(Checks.notNull(listener, "listener"));
    }

    /**
     * Refuses values and registrations from now on, and ends the collector's threads.
     * Questions are still answered. Closing again does nothing.
     */
    @Override
    public void close() {
        this.metrics.close();
        this.scheduler.close();
        this.context.listeners.deliver(); // also what the scheduler had still to tell
        this.dispatcher.close();
    }

    /**
     * Builds a {@link ThreadSafeMetricsCollector}. Not for use by several threads.
     */
    public static final class Builder {

        private static final long MIN_MEMORY_BYTES = 64 * 1024;

        private int maxMetrics = 1000;

        private int maxValues = 1000;

        private Duration retentionWindow = Duration.ofMinutes(5);

        private int maxTagSets = 1000;

        private Duration idleSeriesTtl = Duration.ofHours(1);

        private Duration cleanupInterval = Duration.ofSeconds(60);

        private long maxMemoryBytes = 64L * 1024 * 1024;

        private double relativeError = 0.01;

        private Duration alertInterval = Duration.ofSeconds(5);

        private MetricsClock clock = MetricsClock.system();

        private Builder() {
        }

        /**
         * Sets how many metrics there may be. Default: 1000.
         * @param maxMetrics 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxMetrics(int maxMetrics) {
            this.maxMetrics = Limits.count(maxMetrics, "maxMetrics");
            return this;
        }

        /**
         * Sets how many raw values a metric keeps. Default: 1000.
         * @param maxValues 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxValues(int maxValues) {
            this.maxValues = Limits.count(maxValues, "maxValues");
            return this;
        }

        /**
         * Sets how far back a metric remembers. Default: 5 minutes.
         * @param retentionWindow longer than zero, at most 3650 days
         * @return this builder
         * @throws IllegalArgumentException if it is not
         */
        public Builder retentionWindow(Duration retentionWindow) {
            this.retentionWindow = Limits.positive(retentionWindow, "retentionWindow");
            return this;
        }

        /**
         * Sets how many series a metric may have, beside one for further tag sets.
         * Default: 1000.
         * @param maxTagSets 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxTagSets(int maxTagSets) {
            this.maxTagSets = Limits.count(maxTagSets, "maxTagSets");
            return this;
        }

        /**
         * Sets after what time without a value a series is removed, but never while a
         * value of it still answers. Default: 1 hour.
         * @param idleSeriesTtl zero for never, at most 3650 days
         * @return this builder
         * @throws IllegalArgumentException if it is null, negative or longer
         */
        public Builder idleSeriesTtl(Duration idleSeriesTtl) {
            this.idleSeriesTtl = Limits.notNegative(idleSeriesTtl, "idleSeriesTtl");
            return this;
        }

        /**
         * Sets how often what has expired is dropped and refusals are logged. Default: 60
         * seconds.
         * @param cleanupInterval zero for never, at most 3650 days
         * @return this builder
         * @throws IllegalArgumentException if it is null, negative or longer
         */
        public Builder cleanupInterval(Duration cleanupInterval) {
            this.cleanupInterval = Limits.notNegative(cleanupInterval, "cleanupInterval");
            return this;
        }

        /**
         * Sets how many bytes the collector may hold. Default: 64 MiB.
         * @param maxMemoryBytes 65,536 or more
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxMemoryBytes(long maxMemoryBytes) {
            Checks.argument(maxMemoryBytes >= MIN_MEMORY_BYTES, "maxMemoryBytes", "be at least " + MIN_MEMORY_BYTES,
                    maxMemoryBytes);
            this.maxMemoryBytes = maxMemoryBytes;
            return this;
        }

        /**
         * Sets how far a percentile may be off where raw values do not cover the window.
         * Default: 0.01.
         * @param relativeError from 0.001 to 0.1; rounded down to what a histogram scale
         * keeps
         * @return this builder
         * @throws IllegalArgumentException if it is outside or NaN
         */
        public Builder relativeError(double relativeError) {
            this.relativeError = Checks.range(relativeError, 0.001, 0.1, "relativeError");
            return this;
        }

        /**
         * Sets how often alert rules are evaluated. Default: 5 seconds.
         * @param alertInterval zero for never, at most 3650 days
         * @return this builder
         * @throws IllegalArgumentException if it is null, negative or longer
         */
        public Builder alertInterval(Duration alertInterval) {
            this.alertInterval = Limits.notNegative(alertInterval, "alertInterval");
            return this;
        }

        /**
         * Sets where time comes from. Default: {@link MetricsClock#system()}.
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(MetricsClock clock) {
            this.clock = Checks.notNull(clock, "clock");
            return this;
        }

        /**
         * Creates the collector.
         * @return a collector to be closed when it is no longer needed
         */
        public ThreadSafeMetricsCollector build() {
            return new ThreadSafeMetricsCollector(new CollectorSettings(this.maxMetrics, this.maxValues,
                    this.retentionWindow, this.maxTagSets, this.idleSeriesTtl, this.cleanupInterval,
                    this.maxMemoryBytes, this.relativeError, this.alertInterval, this.clock));
        }

    }

}
