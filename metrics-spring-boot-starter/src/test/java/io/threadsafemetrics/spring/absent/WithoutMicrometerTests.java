package io.threadsafemetrics.spring.absent;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Run by the Surefire execution {@code without-micrometer}, whose class path lacks
 * Micrometer.
 */
class WithoutMicrometerTests {

    @Test
    void nothingElseIsAbsent() {
        assertThat(AbsentApplication.absentClasses()).containsExactly("MetricsAutoConfiguration", "MeterRegistry",
                "PrometheusMeterRegistry", "PrometheusRegistry");
    }

    @Test
    void applicationStartsWithAllElse() {
        AbsentApplication.run((parts) -> assertThat(parts).contains("health").doesNotContain("micrometer"));
    }

}
