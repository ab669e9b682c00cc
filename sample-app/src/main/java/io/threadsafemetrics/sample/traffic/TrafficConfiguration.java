package io.threadsafemetrics.sample.traffic;

import java.util.Random;

import io.threadsafemetrics.sample.OwnAddress;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/**
 * Sends customers while the application runs.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sample.traffic.enabled", matchIfMissing = true)
class TrafficConfiguration {

    @Bean
    Visitor visitor(RestClient.Builder client, OwnAddress address) {
        return new Visitor(client.build(), address::orders, new Random());
    }

}
