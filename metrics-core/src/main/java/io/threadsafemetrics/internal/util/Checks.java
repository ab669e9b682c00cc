package io.threadsafemetrics.internal.util;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Argument checks that name the argument, what is allowed, and what it was.
 */
public final class Checks {

    private static final int MAX_SHOWN = 64;

    private Checks() {
    }

    /**
     * Refuses an argument unless it keeps a rule.
     * @param valid whether it does
     * @param name the argument's name
     * @param rule what is allowed, to be read after "must"
     * @param value the argument
     * @throws IllegalArgumentException if {@code valid} is false
     */
    public static void argument(boolean valid, String name, String rule, @Nullable Object value) {
        argument(valid, name, () -> rule, value);
    }

    /**
     * The same, with a rule that is put into words only where it is not kept.
     * @param valid whether it is
     * @param name the argument's name
     * @param rule makes what is allowed, to be read after "must"
     * @param value the argument
     * @throws IllegalArgumentException if {@code valid} is false
     */
    public static void argument(boolean valid, String name, Supplier<String> rule, @Nullable Object value) {
        if (!valid) {
            throw new IllegalArgumentException("'" + name + "' must " + rule.get() + " but was " + shown(value));
        }
    }

    /**
     * Refuses null.
     * @param <T> the argument's type
     * @param value the argument
     * @param name its name
     * @return the argument
     * @throws IllegalArgumentException if it is null
     */
    public static <T> T notNull(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' must not be null");
        }
        return value;
    }

    /**
     * Refuses a whole number outside a range.
     * @param value the argument
     * @param lowest the smallest number allowed
     * @param highest the largest number allowed
     * @param name the argument's name
     * @return the argument
     * @throws IllegalArgumentException if it is outside
     */
    public static long range(long value, long lowest, long highest, String name) {
        argument(value >= lowest && value <= highest, name, () -> "be between " + lowest + " and " + highest, value);
        return value;
    }

    /**
     * Refuses a number outside a range, and NaN.
     * @param value the argument
     * @param lowest the smallest number allowed
     * @param highest the largest number allowed
     * @param name the argument's name
     * @return the argument
     * @throws IllegalArgumentException if it is outside
     */
    public static double range(double value, double lowest, double highest, String name) {
        argument(value >= lowest && value <= highest, name, () -> "be between " + lowest + " and " + highest, value);
        return value;
    }

    /**
     * Refuses null, zero, negative durations and those above a limit.
     * @param value the argument
     * @param highest the longest duration allowed
     * @param name the argument's name
     * @return the argument
     * @throws IllegalArgumentException if it is outside
     */
    public static Duration positive(@Nullable Duration value, Duration highest, String name) {
        argument(value != null && value.compareTo(Duration.ZERO) > 0 && value.compareTo(highest) <= 0, name,
                () -> "be longer than zero and at most " + highest, value);
        return notNull(value, name);
    }

    /**
     * Refuses null, negative durations and those above a limit.
     * @param value the argument
     * @param highest the longest duration allowed
     * @param name the argument's name
     * @return the argument
     * @throws IllegalArgumentException if it is outside
     */
    public static Duration notNegative(@Nullable Duration value, Duration highest, String name) {
        argument(value != null && !value.isNegative() && value.compareTo(highest) <= 0, name,
                () -> "be between zero and " + highest, value);
        return notNull(value, name);
    }

    /**
     * Returns an argument as a message shows it, in one line: long texts are cut.
     * @param value the argument
     * @return its text
     */
    public static String shown(@Nullable Object value) {
        String quote = (value instanceof CharSequence) ? "'" : "";
        String text = String.valueOf(value);
        return (text.length() <= MAX_SHOWN) ? quote + oneLine(text) + quote
                : quote + oneLine(Texts.cut(text, MAX_SHOWN)) + "…" + quote + " (" + text.length() + " characters)";
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach((character) -> {
            if (isPrintable(character)) {
                line.appendCodePoint(character);
            }
            else {
                line.append("\\u%04x".formatted(character));
            }
        });
        return line.toString();
    }

    /**
     * Whether it is a character, and can neither end a line of a log nor turn its
     * direction.
     */
    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.UNASSIGNED, Character.SURROGATE,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }

}
