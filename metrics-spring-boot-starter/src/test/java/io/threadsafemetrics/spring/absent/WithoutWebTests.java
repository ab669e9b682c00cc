package io.threadsafemetrics.spring.absent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Run by the Surefire execution {@code without-web}, whose class path lacks Spring's web
 * modules, and with them its HTTP client.
 */
class WithoutWebTests {

    @ParameterizedTest
    @ValueSource(strings = { "org.springframework.web.client.RestClient", "org.springframework.http.HttpHeaders",
            "jakarta.servlet.Filter", "reactor.core.publisher.Mono" })
    void classIsAbsent(String name) {
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = { "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
            "io.micrometer.core.instrument.MeterRegistry", "org.springframework.boot.health.contributor.Health" })
    void classOfAnotherOptionalDependencyIsPresent(String name) {
        assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException();
    }

    @Test
    void applicationStartsWithAllElse() {
        AbsentApplication.run((parts) -> assertThat(parts).contains("alert", "autoconfigure", "health", "micrometer"));
    }

    @Test
    void startWhenAlertsAreToBePostedFails() {
        AbsentApplication.runner()
            .withPropertyValues("threadsafe-metrics.alerts-webhook.url=http://localhost:9093")
            .run((context) -> {
                assertThat(context).hasFailed();
                assertThat(context.getStartupFailure()).rootCause()
                    .hasMessage("'threadsafe-metrics.alerts-webhook.url' must not be set without"
                            + " org.springframework:spring-web on the class path but was 'http://localhost:9093'");
            });
    }

}
