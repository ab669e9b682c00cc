package io.threadsafemetrics.spring.autoconfigure;

import java.util.List;
import java.util.Map;

import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.MetricsClock;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsProperties.Alert;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsProperties.Clock;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsProperties.Metric;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import static io.threadsafemetrics.spring.autoconfigure.InvalidPropertyException.apply;

/**
 * The properties in the core's own types. Its constructor checks them all, also those of
 * which a user's own collector takes no notice.
 */
final class CollectorSettings {

    private static final String METRICS = ThreadSafeMetricsProperties.PREFIX + ".metrics";

    private static final String ALERTS = ThreadSafeMetricsProperties.PREFIX + ".alerts";

    private final ThreadSafeMetricsProperties properties;

    private final List<MetricDefinition> definitions;

    private final List<AlertRule> builtInRules;

    private final List<DeclaredRule> rules;

    CollectorSettings(ThreadSafeMetricsProperties properties, BuiltInAlertProperties builtIn, Environment environment) {
        this.properties = properties;
        this.builtInRules = BuiltInRules.of(builtIn);
        applyTo(ThreadSafeMetricsCollector.builder());
        checkNothingIgnored(environment, METRICS, Metric.class, properties.metrics());
        checkNothingIgnored(environment, ALERTS, Alert.class, properties.alerts());
        this.definitions = properties.metrics()
            .entrySet()
            .stream()
            .map((entry) -> definition(entry.getKey(), entry.getValue()))
            .toList();
        this.rules = properties.alerts()
            .entrySet()
            .stream()
            .map((entry) -> DeclaredRule.of(propertyOf(ALERTS, entry.getKey()), entry.getKey(), entry.getValue()))
            .toList();
    }

    /**
     * Returns the alert rules to add before those that are declared, which may have the
     * same names.
     */
    List<AlertRule> builtInRules() {
        return this.builtInRules;
    }

    /**
     * Returns the alert rules that are declared.
     */
    List<DeclaredRule> rules() {
        return this.rules;
    }

    /**
     * Applies the limits to the collector to be built.
     */
    void applyTo(ThreadSafeMetricsCollector.Builder builder) {
        ThreadSafeMetricsProperties limits = this.properties;
        apply(limit("max-metrics"), limits.maxMetrics(), builder::maxMetrics);
        apply(limit("max-values"), limits.maxValues(), builder::maxValues);
        apply(limit("retention-window"), limits.retentionWindow(), builder::retentionWindow);
        apply(limit("max-tag-sets"), limits.maxTagSets(), builder::maxTagSets);
        apply(limit("idle-series-ttl"), limits.idleSeriesTtl(), builder::idleSeriesTtl);
        apply(limit("cleanup-interval"), limits.cleanupInterval(), builder::cleanupInterval);
        apply(limit("max-memory"), limits.maxMemory(), (size) -> builder.maxMemoryBytes(size.toBytes()));
        apply(limit("relative-error"), limits.relativeError(), builder::relativeError);
        apply(limit("alert-interval"), limits.alertInterval(), builder::alertInterval);
        if (limits.clock() == Clock.COARSE) {
            builder.clock(MetricsClock.coarse());
        }
    }

    private static String limit(String name) {
        return ThreadSafeMetricsProperties.PREFIX + "." + name;
    }

    private static MetricDefinition definition(String name, Metric metric) {
        String property = propertyOf(METRICS, name);
        MetricType type = metric.type();
        if (type == null) {
            throw new InvalidPropertyException(property + ".type", null,
                    "be COUNTER, GAUGE, HISTOGRAM, SUMMARY, TIMER or RATE");
        }
        apply(property, name, (value) -> MetricDefinition.of(value, type));
        MetricDefinition.Builder builder = MetricDefinition.of(name, type);
        apply(property + ".unit", metric.unit(), builder::unit);
        apply(property + ".description", metric.description(), builder::description);
        apply(property + ".max-values", metric.maxValues(), builder::maxValues);
        apply(property + ".max-tag-sets", metric.maxTagSets(), builder::maxTagSets);
        apply(property + ".retention-window", metric.retentionWindow(), builder::retentionWindow);
        return builder.build();
    }

    /**
     * Registers the metrics. One that is there already keeps its limits.
     */
    void register(ThreadSafeMetricsCollector collector) {
        for (MetricDefinition definition : this.definitions) {
            String property = propertyOf(METRICS, definition.name());
            try {
                apply(property + ".type", definition.type(), (type) -> collector.metric(definition));
            }
            catch (IllegalStateException ex) {
                throw new InvalidPropertyException(property, definition.type(),
                        "have room beside the other metrics (" + ex.getMessage() + ")");
            }
        }
    }

    private static String propertyOf(String parent, String name) {
        return parent + ".[" + name + "]";
    }

    /**
     * Refuses {@code metrics.a.b.type}, which is property {@code b} of a metric
     * {@code a}: the binder drops an entry of which it knows no property. Refuses what is
     * misspelled, too: a rule without its {@code hold-for} is another rule.
     */
    private static <T> void checkNothingIgnored(Environment environment, String parent, Class<T> type,
            Map<String, T> bound) {
        Binder binder = Binder.get(environment);
        Map<String, Object> given = binder.bind(parent, Bindable.mapOf(String.class, Object.class)).orElse(Map.of());
        given.forEach((name, value) -> {
            if (!bound.containsKey(name)) {
                throw new InvalidPropertyException(parent + "." + name, value,
                        "have a property that is known (a name with dots is written in brackets, as in '" + parent
                                + ".[a.name]')");
            }
        });
        // not in environment variables, where HOLD_FOR looks like hold.for
        BindHandler unknownRefused = new NoUnboundElementsBindHandler(BindHandler.DEFAULT,
                new UnboundElementsSourceFilter());
        try {
            binder.bind(parent, Bindable.mapOf(String.class, type), unknownRefused);
        }
        catch (BindException ex) {
            // any other: Boot has bound it, with converters of the application's
            if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
                unbound.getUnboundProperties().forEach(CollectorSettings::refuseUnknown);
            }
        }
    }

    /** An empty text is none, not unknown. */
    private static void refuseUnknown(ConfigurationProperty property) {
        if (StringUtils.hasLength(String.valueOf(property.getValue()))) {
            throw new InvalidPropertyException(UnreadablePropertyFailureAnalyzer.shown(property.getName()),
                    property.getValue(), "be spelled as a property that there is");
        }
    }

}
