package io.threadsafemetrics.sample.traffic;

import java.time.Duration;

import io.threadsafemetrics.sample.BackgroundTask;
import io.threadsafemetrics.sample.OwnAddress;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

class TrafficConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(RestClientAutoConfiguration.class))
        .withUserConfiguration(OwnAddress.class, Configured.class)
        .withPropertyValues("local.server.port=1"); // where nobody listens

    @Test
    void trafficByDefaultIsTwoVisitsASecond() {
        this.runner.run((context) -> {
            assertThat(context).hasSingleBean(BackgroundTask.class);
            assertThat(context.getBean(TrafficProperties.class).pause()).isEqualTo(Duration.ofMillis(500));
        });
    }

    @Test
    void trafficWhenSwitchedOffIsAbsent() {
        this.runner.withPropertyValues("sample.traffic.enabled=false")
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BackgroundTask.class));
    }

    @Test
    void trafficWhenUnboundedIsRefused() {
        this.runner.withPropertyValues("sample.traffic.visits-per-second=21")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .hasMessage("'sample.traffic.visits-per-second' must be 1 to 20 but was 21"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(TrafficProperties.class)
    @Import(TrafficConfiguration.class)
    static class Configured {

    }

}
