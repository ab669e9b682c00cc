package io.threadsafemetrics.spring.endpoint;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A percentile that was asked for.
 *
 * @param key its name in the answer: plain, without trailing zeros
 * @param value from 0 to 100
 */
record Percentile(String key, double value) {

    private static final int MAX_PERCENTILES = 20;

    private static final List<Percentile> DEFAULTS = List.of(new Percentile("50", 50), new Percentile("95", 95),
            new Percentile("99", 99));

    /** No exponent: as a plain text it could be of any length. */
    private static final Pattern PLAIN_NUMBER = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,15})?");

    static List<Percentile> parse(@Nullable Object raw) {
        Parameter parameter = new Parameter("percentile", raw);
        if (!parameter.isGiven()) {
            return DEFAULTS;
        }
        return parameter.convertAll(MAX_PERCENTILES, "be a number between 0 and 100, such as 99.9", Percentile::of)
            .stream()
            .distinct()
            .toList();
    }

    private static @Nullable Percentile of(String text) {
        if (!PLAIN_NUMBER.matcher(text).matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(text).stripTrailingZeros();
        double value = number.doubleValue();
        return (value <= 100) ? new Percentile(number.toPlainString(), value) : null;
    }

}
