package io.threadsafemetrics.spring.alert;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Texts that are to stay on their line. */
class OneLineTests {

    @ParameterizedTest
    @ValueSource(strings = { "", "checkout.latency", "größe 🚀", "a\\b 'c' \"d\" {e}", "漢字 %n {0}" })
    void textThatIsHarmlessStaysAsItIs(String text) {
        assertThat(OneLine.of(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(chars = { '\n', '\r', '\t', '\u0000', '\u001b', '\u0085', '\u2028', '\u2029', '\u202e', '\u200b',
            '\uffff' })
    void characterThatMovesTheCursorIsEscaped(char character) {
        assertThat(OneLine.of("a" + character + "b")).isEqualTo("a\\u%04xb".formatted((int) character));
    }

    @Test
    void textThatIsLongIsCut() {
        assertThat(OneLine.of("a".repeat(256))).hasSize(256);
        assertThat(OneLine.of("a".repeat(100_000))).isEqualTo("a".repeat(256) + "...");
    }

}
