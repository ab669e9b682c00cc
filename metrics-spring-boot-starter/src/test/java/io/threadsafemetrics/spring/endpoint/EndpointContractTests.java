package io.threadsafemetrics.spring.endpoint;

import java.util.EnumMap;
import java.util.Map;

import io.threadsafemetrics.ThreadSafeMetric;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;

/** What holds over HTTP, whatever the server: run over each of them. */
@ParameterizedClass
@EnumSource(names = { "SERVLET", "REACTIVE" })
abstract class EndpointContractTests {

    private static final Map<WebApplicationType, EndpointServer> servers = new EnumMap<>(WebApplicationType.class);

    final EndpointServer server;

    final ThreadSafeMetric latency;

    EndpointContractTests(WebApplicationType type) {
        this.server = servers.computeIfAbsent(type,
                (absent) -> EndpointServer.start(absent, "management.endpoint.threadsafemetrics.access=unrestricted"));
        this.latency = this.server.latency();
    }

    @AfterAll
    static void stopServers() {
        servers.values().forEach(EndpointServer::close);
        servers.clear();
    }

}
