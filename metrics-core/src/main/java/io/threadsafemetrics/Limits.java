package io.threadsafemetrics;

import java.time.Duration;

import io.threadsafemetrics.internal.util.Checks;
import io.threadsafemetrics.internal.util.Texts;
import org.jspecify.annotations.Nullable;

/**
 * The ranges that names, limits and windows must keep to.
 */
final class Limits {

    /** The longest retention, window or interval: ten years. */
    static final Duration MAX_DURATION = Duration.ofDays(3650);

    static final int MAX_NAME_LENGTH = 255;

    static final int MAX_POINTS = 10_000;

    private Limits() {
    }

    static String name(@Nullable String name, String argument) {
        Checks.argument(name != null && !name.isBlank() && name.length() <= MAX_NAME_LENGTH, argument,
                "be 1 to " + MAX_NAME_LENGTH + " characters and not blank", name);
        return Texts.wellFormed(Checks.notNull(name, argument));
    }

    static @Nullable String text(@Nullable String text) {
        return (text != null) ? Texts.wellFormed(text) : null;
    }

    static int count(int value, String argument) {
        Checks.argument(value >= 1, argument, "be at least 1", value);
        return value;
    }

    static Duration window(@Nullable Duration window) {
        Checks.argument(window != null && window.compareTo(Duration.ZERO) > 0, "window", "be longer than zero", window);
        Duration given = Checks.notNull(window, "window");
        return (given.compareTo(MAX_DURATION) < 0) ? given : MAX_DURATION;
    }

    static Duration positive(@Nullable Duration value, String argument) {
        return Checks.positive(value, MAX_DURATION, argument);
    }

    static Duration notNegative(@Nullable Duration value, String argument) {
        return Checks.notNegative(value, MAX_DURATION, argument);
    }

    static double percentile(double percentile) {
        return Checks.range(percentile, 0.0, 100.0, "percentile");
    }

}
