package io.threadsafemetrics.sample.traffic;

import io.threadsafemetrics.sample.OwnAddress;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class TrafficConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(RestClientAutoConfiguration.class))
        .withUserConfiguration(OwnAddress.class, TrafficConfiguration.class);

    @Test
    void trafficIsThereByDefault() {
        this.runner.run((context) -> assertThat(context).hasSingleBean(Visitor.class));
    }

    @Test
    void trafficWhenSwitchedOffIsAbsent() {
        this.runner.withPropertyValues("sample.traffic.enabled=false")
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Visitor.class));
    }

}
