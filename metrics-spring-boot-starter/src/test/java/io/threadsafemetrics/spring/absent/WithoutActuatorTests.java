package io.threadsafemetrics.spring.absent;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Run by the Surefire execution {@code without-actuator}, whose class path lacks
 * Actuator.
 */
class WithoutActuatorTests {

    @Test
    void nothingElseIsAbsent() {
        assertThat(AbsentApplication.absentClasses()).containsExactly("Endpoint", "ConditionalOnAvailableEndpoint");
    }

    @Test
    void applicationStartsWithAllElse() {
        AbsentApplication.run((parts) -> assertThat(parts).contains("health").doesNotContain("endpoint"));
    }

}
