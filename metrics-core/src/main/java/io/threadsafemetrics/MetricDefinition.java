package io.threadsafemetrics;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

import io.threadsafemetrics.internal.util.Checks;
import io.threadsafemetrics.internal.util.Heap;
import org.jspecify.annotations.Nullable;

/**
 * What a metric is: its name, its type and its limits. Immutable.
 * <p>
 * A limit that is not given is the collector's; {@link ThreadSafeMetric#definition()} has
 * them all. In its texts, U+FFFD takes the place of an unpaired surrogate.
 *
 * @since 0.1.0
 */
public final class MetricDefinition {

    private static final String SECONDS = "seconds";

    private final String name;

    private final MetricType type;

    private final @Nullable String unit;

    private final @Nullable String description;

    private final @Nullable Integer maxValues;

    private final @Nullable Integer maxTagSets;

    private final @Nullable Duration retentionWindow;

    private MetricDefinition(Builder builder) {
        this.name = builder.name;
        this.type = builder.type;
        this.unit = builder.unit;
        this.description = builder.description;
        this.maxValues = builder.maxValues;
        this.maxTagSets = builder.maxTagSets;
        this.retentionWindow = builder.retentionWindow;
    }

    /**
     * Starts the definition of a {@link MetricType#COUNTER}.
     * @param name 1 to 255 characters, not blank
     * @return a builder
     * @throws IllegalArgumentException if the name breaks that rule
     */
    public static Builder counter(String name) {
        return of(name, MetricType.COUNTER);
    }

    /**
     * Starts the definition of a {@link MetricType#GAUGE}.
     * @param name 1 to 255 characters, not blank
     * @return a builder
     * @throws IllegalArgumentException if the name breaks that rule
     */
    public static Builder gauge(String name) {
        return of(name, MetricType.GAUGE);
    }

    /**
     * Starts the definition of a {@link MetricType#HISTOGRAM}.
     * @param name 1 to 255 characters, not blank
     * @return a builder
     * @throws IllegalArgumentException if the name breaks that rule
     */
    public static Builder histogram(String name) {
        return of(name, MetricType.HISTOGRAM);
    }

    /**
     * Starts the definition of a {@link MetricType#SUMMARY}.
     * @param name 1 to 255 characters, not blank
     * @return a builder
     * @throws IllegalArgumentException if the name breaks that rule
     */
    public static Builder summary(String name) {
        return of(name, MetricType.SUMMARY);
    }

    /**
     * Starts the definition of a {@link MetricType#TIMER}, whose unit is "seconds".
     * @param name 1 to 255 characters, not blank
     * @return a builder
     * @throws IllegalArgumentException if the name breaks that rule
     */
    public static Builder timer(String name) {
        return of(name, MetricType.TIMER);
    }

    /**
     * Starts the definition of a {@link MetricType#RATE}.
     * @param name 1 to 255 characters, not blank
     * @return a builder
     * @throws IllegalArgumentException if the name breaks that rule
     */
    public static Builder rate(String name) {
        return of(name, MetricType.RATE);
    }

    /**
     * Starts a definition.
     * @param name 1 to 255 characters, not blank
     * @param type the type
     * @return a builder
     * @throws IllegalArgumentException if the name breaks that rule or the type is null
     */
    public static Builder of(String name, MetricType type) {
        return new Builder(name, type);
    }

    /**
     * Returns this definition with the limits that it lacks.
     */
    MetricDefinition withDefaults(int defaultMaxValues, int defaultMaxTagSets, Duration defaultRetentionWindow) {
        Builder builder = new Builder(this.name, this.type);
        builder.unit = this.unit;
        builder.description = this.description;
        builder.maxValues = Objects.requireNonNullElse(this.maxValues, defaultMaxValues);
        builder.maxTagSets = Objects.requireNonNullElse(this.maxTagSets, defaultMaxTagSets);
        builder.retentionWindow = Objects.requireNonNullElse(this.retentionWindow, defaultRetentionWindow);
        return builder.build();
    }

    /**
     * Returns the retained heap of a definition with all limits, without what it shares
     * with others.
     */
    long heapBytes() {
        return Heap.object(7 * Heap.REFERENCE) + 2 * Heap.object(Integer.BYTES)
                + Stream.of(this.name, this.unit, this.description)
                    .filter((text) -> text != null && !text.equals(SECONDS))
                    .mapToLong(Heap::string)
                    .sum();
    }

    /**
     * Returns the name.
     * @return 1 to 255 characters
     */
    public String name() {
        return this.name;
    }

    /**
     * Returns the type.
     * @return the type
     */
    public MetricType type() {
        return this.type;
    }

    /**
     * Returns the unit of the values.
     * @return the unit, or null where none is given
     */
    public @Nullable String unit() {
        return this.unit;
    }

    /**
     * Returns what the values are, for people.
     * @return the description, or null where none is given
     */
    public @Nullable String description() {
        return this.description;
    }

    /**
     * Returns how many raw values are kept.
     * @return 1 or more, or null for the collector's limit
     */
    public @Nullable Integer maxValues() {
        return this.maxValues;
    }

    /**
     * Returns how many series there may be, the overflow series aside.
     * @return 1 or more, or null for the collector's limit
     */
    public @Nullable Integer maxTagSets() {
        return this.maxTagSets;
    }

    /**
     * Returns how far back the metric remembers.
     * @return longer than zero, or null for the collector's retention window
     */
    public @Nullable Duration retentionWindow() {
        return this.retentionWindow;
    }

    @Override
    public String toString() {
        return this.type + " " + Checks.shown(this.name);
    }

    /**
     * Builds a {@link MetricDefinition}. Not for use by several threads.
     */
    public static final class Builder {

        private final String name;

        private final MetricType type;

        private @Nullable String unit;

        private @Nullable String description;

        private @Nullable Integer maxValues;

        private @Nullable Integer maxTagSets;

        private @Nullable Duration retentionWindow;

        private Builder(String name, MetricType type) {
            this.name = Limits.name(name, "name");
            this.type = Checks.notNull(type, "type");
            this.unit = (type == MetricType.TIMER) ? SECONDS : null;
        }

        /**
         * Sets the unit of the values.
         * @param unit the unit, or null for none
         * @return this builder
         */
        public Builder unit(@Nullable String unit) {
            this.unit = Limits.text(unit);
            return this;
        }

        /**
         * Sets what the values are, for people.
         * @param description the description, or null for none
         * @return this builder
         */
        public Builder description(@Nullable String description) {
            this.description = Limits.text(description);
            return this;
        }

        /**
         * Sets how many raw values are kept.
         * @param maxValues 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxValues(int maxValues) {
            this.maxValues = Limits.count(maxValues, "maxValues");
            return this;
        }

        /**
         * Sets how many series there may be; the values of further tag sets go to one
         * more series {@code overflow=true}.
         * @param maxTagSets 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxTagSets(int maxTagSets) {
            this.maxTagSets = Limits.count(maxTagSets, "maxTagSets");
            return this;
        }

        /**
         * Sets how far back the metric remembers.
         * @param retentionWindow longer than zero, at most 3650 days
         * @return this builder
         * @throws IllegalArgumentException if it is not
         */
        public Builder retentionWindow(Duration retentionWindow) {
            this.retentionWindow = Limits.positive(retentionWindow, "retentionWindow");
            return this;
        }

        /**
         * Returns the definition.
         * @return the definition
         */
        public MetricDefinition build() {
            return new MetricDefinition(this);
        }

    }

}
