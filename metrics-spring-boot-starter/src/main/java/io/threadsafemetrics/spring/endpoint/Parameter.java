package io.threadsafemetrics.spring.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * A parameter as a request gave it: not at all, once or several times. Converted here
 * rather than by Actuator, which splits a single value at its commas, takes a duration
 * without a unit for milliseconds, and keeps its reasons for a refusal to itself.
 */
final class Parameter {

    private static final Pattern NUMBER = Pattern.compile("[-+.0-9eE]{1,64}");

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");

    private static final Pattern WITHOUT_UNIT = Pattern.compile("[-+]?[0-9]+");

    private static final String DURATION_RULE = "be a duration longer than zero with a unit,"
            + " such as 500ms, 90s, 5m or PT1M30S";

    private final String name;

    private final List<String> values;

    /**
     * Creates a parameter.
     * @param name its name
     * @param raw null where it was not given, else its text, or several in a collection
     */
    Parameter(String name, @Nullable Object raw) {
        this.name = name;
        this.values = texts(raw);
    }

    private static List<String> texts(@Nullable Object raw) {
        if (raw == null) {
            return List.of();
        }
        Collection<?> several = (raw instanceof Collection<?> collection) ? collection
                : (raw instanceof Object[] array) ? Arrays.asList(array) : List.of(raw);
        List<String> texts = new ArrayList<>(several.size());
        several.forEach((text) -> texts.add(Objects.toString(text, "")));
        return texts;
    }

    boolean isGiven() {
        return !this.values.isEmpty();
    }

    /**
     * Returns all values.
     * @param most how many there may be
     * @return the values in the order given
     */
    List<String> all(int most) {
        if (this.values.size() > most) {
            throw badRequest("be given at most " + most + " times", this.values.size() + " times");
        }
        return this.values;
    }

    @Nullable String text() {
        if (this.values.size() > 1) {
            throw badRequest("be given once", this.values);
        }
        return isGiven() ? this.values.get(0) : null;
    }

    @Nullable Duration duration() {
        return convert(DURATION_RULE, Parameter::toDuration);
    }

    private static @Nullable Duration toDuration(String text) {
        if (WITHOUT_UNIT.matcher(text).matches()) {
            return null;
        }
        Duration duration = DurationStyle.detectAndParse(text);
        return (duration.compareTo(Duration.ZERO) > 0) ? duration : null;
    }

    @Nullable Double number() {
        return convert("be a finite number, such as 0.3", (text) -> {
            double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
            return Double.isFinite(number) ? number : null;
        });
    }

    @Nullable Integer wholeNumber(int lowest, int highest) {
        return convert("be a whole number between " + lowest + " and " + highest, (text) -> {
            int number = WHOLE_NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
            return (number >= lowest && number <= highest) ? number : null;
        });
    }

    boolean flag() {
        return Boolean.TRUE.equals(convert("be true or false",
                (text) -> text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null));
    }

    /**
     * Converts the one value.
     * @param <T> what it becomes
     * @param rule what is allowed, to be read after "must"
     * @param conversion answers null, or throws, where the value breaks the rule
     * @return the result, or null where the parameter was not given
     */
    <T> @Nullable T convert(String rule, Function<String, @Nullable T> conversion) {
        String text = text();
        return (text != null) ? converted(text, rule, conversion) : null;
    }

    /**
     * Converts each value.
     * @param <T> what a value becomes
     * @param most how many there may be
     * @param rule what is allowed, to be read after "must"
     * @param conversion answers null, or throws, where a value breaks the rule
     * @return the results in the order given
     */
    <T> List<T> convertAll(int most, String rule, Function<String, @Nullable T> conversion) {
        List<T> converted = new ArrayList<>();
        all(most).forEach((text) -> converted.add(converted(text, rule, conversion)));
        return converted;
    }

    private <T> T converted(String text, String rule, Function<String, @Nullable T> conversion) {
        T result;
        try {
            result = conversion.apply(text);
        }
        catch (IllegalArgumentException | ArithmeticException ex) {
            throw badRequest(rule, text);
        }
        if (result == null) {
            throw badRequest(rule, text);
        }
        return result;
    }

    EndpointProblemException badRequest(String rule, @Nullable Object value) {
        return EndpointProblemException.badRequest(this.name, rule, value);
    }

}
