package io.threadsafemetrics.spring.absent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Run by the Surefire execution {@code without-actuator-starter}, whose class path lacks
 * all that the starter brings for Actuator.
 */
class WithoutActuatorStarterTests {

    @ParameterizedTest
    @ValueSource(strings = { "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
            "org.springframework.boot.health.contributor.Health", "io.micrometer.core.instrument.MeterRegistry" })
    void classIsAbsent(String name) {
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(name));
    }

    @Test
    void applicationStartsWithTheCollectorAndTheLogAlone() {
        AbsentApplication.run((parts) -> assertThat(parts).containsExactly("alert", "autoconfigure"));
    }

}
