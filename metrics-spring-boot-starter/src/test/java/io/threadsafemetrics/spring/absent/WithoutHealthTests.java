package io.threadsafemetrics.spring.absent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Run by the Surefire execution {@code without-health}, whose class path lacks Health.
 */
class WithoutHealthTests {

    @ParameterizedTest
    @ValueSource(strings = { "org.springframework.boot.health.contributor.Health" })
    void classIsAbsent(String name) {
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = { "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
            "io.micrometer.core.instrument.MeterRegistry" })
    void classOfAnotherOptionalDependencyIsPresent(String name) {
        assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException();
    }

    @Test
    void applicationStartsWithAllElse() {
        AbsentApplication.run((parts) -> assertThat(parts).contains("autoconfigure").doesNotContain("health"));
    }

}
