package io.threadsafemetrics.spring.absent;

import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Run by the Surefire execution {@code without-actuator}, whose class path lacks
 * Actuator.
 */
class WithoutActuatorTests {

    @ParameterizedTest
    @ValueSource(strings = { "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
            "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint" })
    void classIsAbsent(String name) {
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = { "io.micrometer.core.instrument.MeterRegistry",
            "org.springframework.boot.health.contributor.Health" })
    void classOfAnotherOptionalDependencyIsPresent(String name) {
        assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException();
    }

    @Test
    void applicationStartsWithoutTheEndpoint() {
        new ApplicationContextRunner().withUserConfiguration(Application.class)
            .withBean(ThreadSafeMetricsCollector.class, ThreadSafeMetricsCollector::create)
            .run((context) -> assertThat(context).hasNotFailed()
                .doesNotHaveBean("threadSafeMetricsEndpoint")
                .doesNotHaveBean("threadSafeMetricsEndpointWebExtension"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

    }

}
