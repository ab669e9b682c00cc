package io.threadsafemetrics.spring.alert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Writes figures and times as people do.
 */
final class Quantity {

    private static final MathContext DIGITS = new MathContext(6);

    private static final double PLAIN_MIN = 1e-6;

    private static final double PLAIN_MAX = 1e15;

    private Quantity() {
    }

    /**
     * Returns a figure to six digits with its unit: of less than a second in ms or us.
     */
    static String of(double figure, @Nullable String unit) {
        if (unit == null) {
            return number(figure);
        }
        if (!unit.equals("seconds")) {
            return number(figure) + " " + OneLine.of(unit);
        }
        double size = Math.abs(figure);
        if (size >= 1 || size == 0) {
            return number(figure) + " s";
        }
        return (size >= 0.001) ? number(figure * 1e3) + " ms" : number(figure * 1e6) + " us";
    }

    static String number(double figure) {
        if (figure == 0 || !Double.isFinite(figure)) {
            return (figure == 0) ? "0" : Double.toString(figure);
        }
        BigDecimal rounded = BigDecimal.valueOf(figure).round(DIGITS).stripTrailingZeros();
        double size = Math.abs(figure);
        return (size >= PLAIN_MIN && size < PLAIN_MAX) ? rounded.toPlainString() : rounded.toString();
    }

    /** As in properties, but with several units: 1h30m. */
    static String of(Duration time) {
        return time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

}
