package io.threadsafemetrics.spring.absent;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Run by the Surefire execution {@code without-actuator-starter}, whose class path lacks
 * all that the starter brings for Actuator.
 */
class WithoutActuatorStarterTests {

    @Test
    void nothingElseIsAbsent() {
        assertThat(AbsentApplication.absentClasses()).containsExactly("Endpoint", "ConditionalOnAvailableEndpoint",
                "Health", "MetricsAutoConfiguration", "MeterRegistry", "PrometheusMeterRegistry", "PrometheusRegistry");
    }

    @Test
    void applicationStartsWithTheCollectorAndTheLogAlone() {
        AbsentApplication.run((parts) -> assertThat(parts).containsExactly("alert", "autoconfigure"));
    }

}
