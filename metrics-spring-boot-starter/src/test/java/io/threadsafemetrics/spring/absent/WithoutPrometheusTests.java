package io.threadsafemetrics.spring.absent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Run by the Surefire execution {@code without-prometheus}, whose class path has
 * Micrometer without its registry for Prometheus.
 */
class WithoutPrometheusTests {

    @ParameterizedTest
    @ValueSource(strings = { "io.prometheus.metrics.model.registry.PrometheusRegistry",
            "io.micrometer.prometheusmetrics.PrometheusMeterRegistry" })
    void classIsAbsent(String name) {
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = { "io.micrometer.core.instrument.MeterRegistry",
            "org.springframework.boot.actuate.endpoint.annotation.Endpoint" })
    void classOfAnotherOptionalDependencyIsPresent(String name) {
        assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException();
    }

    @Test
    void applicationStartsWithAllElse() {
        AbsentApplication.run((parts) -> assertThat(parts).contains("autoconfigure", "health", "micrometer"));
    }

}
