package io.threadsafemetrics.spring.autoconfigure;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

import io.threadsafemetrics.AlertState;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.convert.ConverterNotFoundException;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * Explains a start that failed for a text that is no value of the property's type: Boot's
 * own analysis does not say how such a value is written.
 */
final class UnreadablePropertyFailureAnalyzer extends AbstractFailureAnalyzer<BindException> implements Ordered {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName
        .of(ThreadSafeMetricsProperties.PREFIX);

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (!PREFIX.isAncestorOf(cause.getName())) {
            return null;
        }
        Class<?> type = cause.getTarget().getType().toClass();
        ConfigurationProperty property = cause.getProperty();
        if (property != null) {
            return unreadable(property, type, cause);
        }
        return (type.isRecord() && cause.getCause() instanceof ConverterNotFoundException)
                ? textInPlaceOfProperties(shown(cause.getName()), type, cause) : null;
    }

    private static FailureAnalysis unreadable(ConfigurationProperty property, Class<?> type, BindException cause) {
        String name = shown(property.getName());
        String description = """
                A property of threadsafe-metrics cannot be read:

                    Property: %s
                    Value: "%s"
                    Origin: %s
                    Allowed: must be %s
                """.formatted(name, property.getValue(), property.getOrigin(), allowed(type));
        return analysis(description, name, cause);
    }

    /** Of a metric or a rule: the failure does not have the text. */
    private static FailureAnalysis textInPlaceOfProperties(String name, Class<?> type, BindException cause) {
        return analysis("""
                A property of threadsafe-metrics cannot be read:

                    Property: %s
                    Allowed: must have properties of its own, such as '%s.%s'
                """.formatted(name, name, type.getRecordComponents()[0].getName()), name, cause);
    }

    private static FailureAnalysis analysis(String description, String name, BindException cause) {
        return new FailureAnalysis(description, "Change '" + name + "' in your configuration.", cause);
    }

    /**
     * As it is written in a file: a dot before a name in brackets, but not before an
     * index.
     */
    static String shown(ConfigurationPropertyName name) {
        return name.toString().replaceAll("\\[(?!\\d+])", ".[");
    }

    private static String allowed(Class<?> type) {
        Class<?> wrapper = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (type == AlertState.class) {
            return "OK or FIRING"; // of onNoData
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
        }
        if (type == Duration.class) {
            return "a duration with a unit, such as 90s, 5m or PT1M30S, or a number of seconds";
        }
        if (type == DataSize.class) {
            return "a size with a unit, such as 64MB";
        }
        if (wrapper == Boolean.class) {
            return "true or false";
        }
        if (wrapper == Double.class) {
            return "a number";
        }
        if (wrapper == Integer.class || wrapper == Long.class) {
            return "a whole number of at most " + ((wrapper == Long.class) ? Long.MAX_VALUE : Integer.MAX_VALUE);
        }
        return "readable as " + type.getSimpleName();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

}
