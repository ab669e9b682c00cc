package io.threadsafemetrics.spring.autoconfigure;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Thrown at start for a property whose value is not allowed.
 *
 * @since 0.1.0
 */
public final class InvalidPropertyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** How the core says it: 'argument' must (rule) but was value. */
    private static final Pattern REFUSAL = Pattern.compile("'(\\w+)' must (.+) but was (.*)", Pattern.DOTALL);

    private final String property;

    private final @Nullable String value;

    private final String rule;

    /**
     * Creates an exception.
     * @param property the full name of the property
     * @param value its value, or null where it is not set
     * @param rule what is allowed, to be read after "must"
     */
    public InvalidPropertyException(String property, @Nullable Object value, String rule) {
        this(property, value, rule, null);
    }

    private InvalidPropertyException(String property, @Nullable Object value, String rule, @Nullable Throwable cause) {
        super("'" + property + "' must " + rule + " but was " + ((value != null) ? "'" + value + "'" : "not set"),
                cause);
        this.property = property;
        this.value = (value != null) ? value.toString() : null;
        this.rule = rule;
    }

    /**
     * Says for which property an argument stands that was refused.
     * @param prefix of the properties that have the names of arguments
     * @param refusal says which one, what is allowed and what it was
     * @return the exception to throw instead
     */
    public static IllegalArgumentException of(String prefix, IllegalArgumentException refusal) {
        Matcher matcher = REFUSAL.matcher(String.valueOf(refusal.getMessage()));
        return matcher.matches() ? new InvalidPropertyException(prefix + "." + matcher.group(1), matcher.group(3),
                matcher.group(2), refusal) : refusal;
    }

    /**
     * Hands a property's value to the core and says which property it was if the core
     * refuses it: the core alone knows the ranges.
     */
    static <T> void apply(String property, @Nullable T value, Consumer<T> target) {
        if (value == null) {
            return;
        }
        try {
            target.accept(value);
        }
        catch (IllegalArgumentException ex) {
            throw new InvalidPropertyException(property, value, ruleOf(ex), ex);
        }
    }

    private static String ruleOf(IllegalArgumentException refusal) {
        String message = String.valueOf(refusal.getMessage());
        Matcher matcher = REFUSAL.matcher(message);
        return matcher.matches() ? matcher.group(2) : "be accepted by the collector (" + message + ")";
    }

    String getProperty() {
        return this.property;
    }

    @Nullable String getValue() {
        return this.value;
    }

    String getRule() {
        return this.rule;
    }

}
