package io.threadsafemetrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;

import io.threadsafemetrics.internal.util.Checks;
import io.threadsafemetrics.internal.util.Heap;
import io.threadsafemetrics.internal.util.RecentObjects;
import io.threadsafemetrics.internal.util.Texts;
import org.jspecify.annotations.Nullable;

/**
 * When to raise an alert: a figure of a metric beyond a threshold. Immutable; rules are
 * equal if all their parts are.
 * <p>
 * A rule may also ask for a figure of the collector itself by one of the names below, as
 * if it were a metric. It is read at each evaluation, with the collector's retention or,
 * where that is shorter, five minutes; a metric of the same name is not seen by rules.
 *
 * @since 0.1.0
 */
public final class AlertRule {

    /**
     * Gauge: the share of the collector's memory that is taken, from 0 to 1, by what it
     * retains and by what it keeps free for the values of the series that there are. New
     * series are refused at 0.98. The average of the last second is the present level.
     */
    public static final String MEMORY_USAGE = "threadsafe.metrics.memory.usage";

    /**
     * Counter: values refused, from when the first rule asked for it. How many there were
     * is the sum; count and rate tell of evaluations.
     */
    public static final String VALUES_REJECTED = "threadsafe.metrics.values.rejected";

    /**
     * Counter: values that went to a series {@code overflow=true}, likewise.
     */
    public static final String VALUES_OVERFLOWED = "threadsafe.metrics.values.overflowed";

    /** An unmodifiable map around a linked one, each with its set of entries. */
    private static final long LABEL_MAP_BYTES = Heap.object(4 * Heap.REFERENCE) + Heap.object(Heap.REFERENCE)
            + Heap.object(6 * Heap.REFERENCE + 5 * Integer.BYTES + 1) + Heap.object(Heap.REFERENCE + 1);

    private static final long LABEL_BYTES = Heap.object(Integer.BYTES + 5 * Heap.REFERENCE);

    private static final int LABEL_TABLE_LENGTH = 16; // of a new map

    private final String name;

    private final String metric;

    private final Tags tags;

    private final AggregationType aggregation;

    private final double percentile;

    private final @Nullable Duration window;

    private final AlertThreshold threshold;

    private final long minCount;

    private final Duration holdFor;

    private final @Nullable Duration repeatEvery;

    private final AlertState onNoData;

    private final @Nullable String description;

    private final Map<String, String> labels;

    private AlertRule(Builder builder) {
        this.name = builder.name;
        this.metric = builder.metric;
        this.tags = builder.tags;
        AggregationType implied = (builder.percentile != null) ? AggregationType.PERCENTILE : AggregationType.AVERAGE;
        this.aggregation = Objects.requireNonNullElse(builder.aggregation, implied);
        this.percentile = Objects.requireNonNullElse(builder.percentile, AggregationType.DEFAULT_PERCENTILE);
        this.window = builder.window;
        this.threshold = AlertThreshold.of(builder.name, builder.above, builder.below, builder.resolveAt);
        this.minCount = builder.minCount;
        this.holdFor = builder.holdFor;
        this.repeatEvery = builder.repeatEvery;
        this.onNoData = builder.onNoData;
        this.description = builder.description;
        this.labels = builder.labels;
    }

    /**
     * Starts a rule.
     * @param name the rule's name: 1 to 255 characters, not blank
     * @param metric the metric's name, alike; the metric may be registered later
     * @return a builder
     * @throws IllegalArgumentException if a name breaks that rule
     */
    public static Builder builder(String name, String metric) {
        return new Builder(name, metric);
    }

    /**
     * Returns the rule's name.
     * @return 1 to 255 characters
     */
    public String name() {
        return this.name;
    }

    /**
     * Returns the name of the metric.
     * @return 1 to 255 characters
     */
    public String metric() {
        return this.metric;
    }

    /**
     * Returns what the tags of series must match.
     * @return the filter, empty for all series
     */
    public Tags tags() {
        return this.tags;
    }

    /**
     * Returns which figure is compared.
     * @return the aggregation
     */
    public AggregationType aggregation() {
        return this.aggregation;
    }

    /**
     * Returns which percentile is compared.
     * @return from 0 to 100; of consequence to {@link AggregationType#PERCENTILE} only
     */
    public double percentile() {
        return this.percentile;
    }

    /**
     * Returns how far back the rule looks.
     * @return longer than zero, or null for the metric's retention
     */
    public @Nullable Duration window() {
        return this.window;
    }

    /**
     * Returns the threshold of a rule that is breached above it.
     * @return the threshold, or empty
     */
    public OptionalDouble above() {
        return this.threshold.above() ? OptionalDouble.of(this.threshold.value()) : OptionalDouble.empty();
    }

    /**
     * Returns the threshold of a rule that is breached below it.
     * @return the threshold, or empty
     */
    public OptionalDouble below() {
        return this.threshold.above() ? OptionalDouble.empty() : OptionalDouble.of(this.threshold.value());
    }

    /**
     * Returns the threshold, whichever side of it is a breach.
     * @return a finite number
     */
    public double threshold() {
        return this.threshold.value();
    }

    /**
     * Returns the figure at which a firing rule resolves.
     * @return a finite number, the threshold by default
     */
    public double resolveAt() {
        return this.threshold.resolveAt();
    }

    /**
     * Returns how many values the window must hold; with fewer there is no data.
     * @return 1 or more
     */
    public long minCount() {
        return this.minCount;
    }

    /**
     * Returns how long the breach must last before the rule fires.
     * @return zero or more
     */
    public Duration holdFor() {
        return this.holdFor;
    }

    /**
     * Returns how often a firing rule is told again.
     * @return longer than zero, or null for never
     */
    public @Nullable Duration repeatEvery() {
        return this.repeatEvery;
    }

    /**
     * Returns what a window without data means.
     * @return OK for no breach, FIRING for a breach
     */
    public AlertState onNoData() {
        return this.onNoData;
    }

    /**
     * Returns what the rule is for, for people.
     * @return the description, or null where none is given
     */
    public @Nullable String description() {
        return this.description;
    }

    /**
     * Returns what travels with the events.
     * @return an unmodifiable map
     */
    public Map<String, String> labels() {
        return this.labels;
    }

    /**
     * Whether a figure is a breach for a rule that fires already, or for one that does
     * not.
     */
    boolean isBreachedBy(double figure, boolean firing) {
        return firing ? !this.threshold.isResolvedBy(figure) : this.threshold.isBreachedBy(figure);
    }

    /**
     * Returns the retained heap, without what it shares with others.
     * @param paid texts and tags that somebody else accounts for
     */
    long heapBytes(RecentObjects paid) {
        return Heap.object(11 * Heap.REFERENCE + 2 * Long.BYTES) + AlertThreshold.HEAP_BYTES
                + this.tags.heapBytesBeside(paid, this.tags.textsBeside(paid))
                + Stream.of(this.window, this.holdFor, this.repeatEvery)
                    .filter((duration) -> duration != null && !duration.isZero())
                    .count() * Heap.object(Long.BYTES + Integer.BYTES)
                + Stream.of(this.name, this.metric, this.description)
                    .filter(Objects::nonNull)
                    .mapToLong(Heap::string)
                    .sum()
                + labelBytes();
    }

    private long labelBytes() {
        if (this.labels.isEmpty()) {
            return 0;
        }
        long table = Heap.references(Math.max(LABEL_TABLE_LENGTH, 2 * this.labels.size()));
        return LABEL_MAP_BYTES + table
                + this.labels.entrySet()
                    .stream()
                    .mapToLong((label) -> LABEL_BYTES + Heap.string(label.getKey()) + Heap.string(label.getValue()))
                    .sum();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof AlertRule rule && parts().equals(rule.parts()));
    }

    @Override
    public int hashCode() {
        return this.name.hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(this.name, this.metric, this.tags, this.aggregation, this.percentile, this.window,
                this.threshold, this.minCount, this.holdFor, this.repeatEvery, this.onNoData, this.description,
                this.labels);
    }

    @Override
    public String toString() {
        return "AlertRule[" + Checks.shown(this.name) + ": " + this.aggregation + " of " + Checks.shown(this.metric)
                + " " + this.threshold + "]";
    }

    /**
     * Builds an {@link AlertRule}. Not for use by several threads.
     */
    public static final class Builder {

        private final String name;

        private final String metric;

        private Tags tags = Tags.empty();

        private @Nullable AggregationType aggregation;

        private @Nullable Double percentile;

        private @Nullable Duration window;

        private @Nullable Double above;

        private @Nullable Double below;

        private @Nullable Double resolveAt;

        private long minCount = 1;

        private Duration holdFor = Duration.ZERO;

        private @Nullable Duration repeatEvery;

        private AlertState onNoData = AlertState.OK;

        private @Nullable String description;

        private Map<String, String> labels = Map.of();

        private Builder(String name, String metric) {
            this.name = Limits.name(name, "name");
            this.metric = Limits.name(metric, "metric");
        }

        /**
         * Looks at matching series only.
         * @param tags what their tags must match
         * @return this builder
         */
        public Builder tags(Tags tags) {
            this.tags = Checks.notNull(tags, "tags");
            return this;
        }

        /**
         * Sets which figure is compared; by default the average, or the percentile where
         * one is given.
         * @param aggregation the figure
         * @return this builder
         */
        public Builder aggregation(AggregationType aggregation) {
            this.aggregation = Checks.notNull(aggregation, "aggregation");
            return this;
        }

        /**
         * Sets which percentile is compared, the 95th by default.
         * @param percentile from 0 to 100
         * @return this builder
         * @throws IllegalArgumentException if it is outside or NaN
         */
        public Builder percentile(double percentile) {
            this.percentile = Limits.percentile(percentile);
            return this;
        }

        /**
         * Sets how far back the rule looks, by default over the metric's retention.
         * @param window longer than zero, at most the metric's retention
         * @return this builder
         * @throws IllegalArgumentException if it is null, zero or negative
         */
        public Builder window(Duration window) {
            this.window = Limits.positive(window, "window");
            return this;
        }

        /**
         * Makes a figure above the threshold a breach.
         * @param threshold a finite number
         * @return this builder
         * @throws IllegalArgumentException if it is not finite
         */
        public Builder above(double threshold) {
            this.above = finite(threshold, "above");
            return this;
        }

        /**
         * Makes a figure below the threshold a breach.
         * @param threshold a finite number
         * @return this builder
         * @throws IllegalArgumentException if it is not finite
         */
        public Builder below(double threshold) {
            this.below = finite(threshold, "below");
            return this;
        }

        /**
         * Sets the figure at which a firing rule resolves, so that it does not flutter.
         * @param resolveAt at most the threshold of {@code above}, at least that of
         * {@code below}
         * @return this builder
         * @throws IllegalArgumentException if it is not finite
         */
        public Builder resolveAt(double resolveAt) {
            this.resolveAt = finite(resolveAt, "resolveAt");
            return this;
        }

        /**
         * Sets how many values the window must hold; with fewer there is no data, so a
         * rule about too few values is one of {@code onNoData(FIRING)}.
         * @param minCount 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder minCount(long minCount) {
            Checks.argument(minCount >= 1, "minCount", "be at least 1", minCount);
            this.minCount = minCount;
            return this;
        }

        /**
         * Sets how long the breach must last before the rule fires.
         * @param holdFor zero or more
         * @return this builder
         * @throws IllegalArgumentException if it is null or negative
         */
        public Builder holdFor(Duration holdFor) {
            this.holdFor = Limits.notNegative(holdFor, "holdFor");
            return this;
        }

        /**
         * Sets how often a firing rule is told again.
         * @param repeatEvery longer than zero
         * @return this builder
         * @throws IllegalArgumentException if it is null, zero or negative
         */
        public Builder repeatEvery(Duration repeatEvery) {
            this.repeatEvery = Limits.positive(repeatEvery, "repeatEvery");
            return this;
        }

        /**
         * Sets what a window without data means.
         * @param onNoData OK for no breach, FIRING for a breach
         * @return this builder
         * @throws IllegalArgumentException if it is another state
         */
        public Builder onNoData(AlertState onNoData) {
            Checks.argument(onNoData == AlertState.OK || onNoData == AlertState.FIRING, "onNoData", "be OK or FIRING",
                    onNoData);
            this.onNoData = onNoData;
            return this;
        }

        /**
         * Sets what the rule is for, for people.
         * @param description the description, or null for none
         * @return this builder
         */
        public Builder description(@Nullable String description) {
            this.description = Limits.text(description);
            return this;
        }

        /**
         * Sets what travels with the events.
         * @param labels keys and values, none of them null; copied
         * @return this builder
         * @throws IllegalArgumentException if one is null
         */
        public Builder labels(Map<String, String> labels) {
            Map<String, String> copy = new LinkedHashMap<>(Checks.notNull(labels, "labels"));
            Checks.argument(!copy.containsKey(null) && !copy.containsValue(null), "labels", "hold no null", copy);
            Map<String, String> wellFormed = new LinkedHashMap<>();
            copy.forEach((key, value) -> wellFormed.put(Texts.wellFormed(key), Texts.wellFormed(value)));
            this.labels = Collections.unmodifiableMap(wellFormed);
            return this;
        }

        /**
         * Returns the rule.
         * @return the rule
         * @throws IllegalArgumentException if there is not exactly one of {@code above}
         * and {@code below}, or {@code resolveAt} is on the wrong side of it
         */
        public AlertRule build() {
            return new AlertRule(this);
        }

        private static double finite(double value, String name) {
            Checks.argument(Double.isFinite(value), name, "be a finite number", value);
            return value;
        }

    }

}
