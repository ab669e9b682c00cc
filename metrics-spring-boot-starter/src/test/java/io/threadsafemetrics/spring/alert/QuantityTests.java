package io.threadsafemetrics.spring.alert;

import java.time.Duration;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How figures and times are written. */
class QuantityTests {

    @ParameterizedTest
    @CsvSource({ "60, 60", "0, 0", "-0.0, 0", "0.1, 0.1", "-2.5, -2.5", "0.02334804153703704, 0.023348",
            "123456789, 123457000", "1e15, 1E+15", "1.7976931348623157E308, 1.79769E+308", "1e-7, 1E-7",
            "Infinity, Infinity", "NaN, NaN" })
    void numberHasSixDigits(double figure, String text) {
        assertThat(Quantity.number(figure)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({ "1.5, seconds, 1.5 s", "90, seconds, 90 s", "0, seconds, 0 s", "0.61, seconds, 610 ms",
            "-0.25, seconds, -250 ms", "0.001, seconds, 1 ms", "0.0000042, seconds, 4.2 us",
            "61.5, milliseconds, 61.5 milliseconds", "3, , 3" })
    void figureHasItsUnit(double figure, String unit, String text) {
        assertThat(Quantity.of(figure, unit)).isEqualTo(text);
    }

    @Test
    void unitThatIsNotOneLineIsEscaped() {
        assertThat(Quantity.of(1, "a\nb")).isEqualTo("1 a\\u000ab");
    }

    @ParameterizedTest
    @CsvSource({ "PT1M, 1m", "PT1H30M, 1h30m", "PT0.5S, 0.5s", "PT0S, 0s", "P2D, 48h" })
    void timeIsShort(Duration time, String text) {
        assertThat(Quantity.of(time)).isEqualTo(text);
    }

    @Test
    void numberDoesNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(Quantity.of(1234.5, "seconds")).isEqualTo("1234.5 s");
        }
        finally {
            Locale.setDefault(before);
        }
    }

}
