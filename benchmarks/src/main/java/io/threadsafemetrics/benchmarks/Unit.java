package io.threadsafemetrics.benchmarks;

import java.util.Locale;

/**
 * What a figure counts, and how it is shown.
 */
enum Unit {

    NANOS("ns", "µs", "ms", 1000), BYTES("B", "kB", "MB", 1000), TIMES("×", "×", "×", Double.POSITIVE_INFINITY);

    private final String one;

    private final String thousand;

    private final String million;

    private final double factor;

    Unit(String one, String thousand, String million, double factor) {
        this.one = one;
        this.thousand = thousand;
        this.million = million;
        this.factor = factor;
    }

    String format(double value) {
        double size = Math.abs(value);
        if (size < this.factor) {
            return number(value) + ' ' + this.one;
        }
        if (size < this.factor * this.factor) {
            return number(value / this.factor) + ' ' + this.thousand;
        }
        return number(value / this.factor / this.factor) + ' ' + this.million;
    }

    /** Three digits, or as many as there are before the point. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size < 0.0005) {
            return "0";
        }
        int decimals = (size < 1) ? 3 : (size < 10) ? 2 : (size < 100) ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

}
