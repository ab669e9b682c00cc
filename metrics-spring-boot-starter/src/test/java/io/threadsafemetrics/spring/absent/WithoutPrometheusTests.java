package io.threadsafemetrics.spring.absent;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Run by the Surefire execution {@code without-prometheus}, whose class path has
 * Micrometer without its registry for Prometheus.
 */
class WithoutPrometheusTests {

    @Test
    void nothingElseIsAbsent() {
        assertThat(AbsentApplication.absentClasses()).containsExactly("PrometheusMeterRegistry", "PrometheusRegistry");
    }

    @Test
    void applicationStartsWithAllElse() {
        AbsentApplication.run((parts) -> assertThat(parts).contains("autoconfigure", "health", "micrometer"));
    }

}
