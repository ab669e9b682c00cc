package io.threadsafemetrics.sample;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Where this application listens. Known once the web server has started.
 */
@Component
public class OwnAddress {

    private static final String LOOPBACK = "127.0.0.1";

    private final Environment environment;

    OwnAddress(Environment environment) {
        this.environment = environment;
    }

    /**
     * Returns where the order service is.
     * @return a URL without a slash at its end
     */
    public String orders() {
        return "http://" + host("server.address") + ":" + this.environment.getRequiredProperty("local.server.port")
                + contextPath();
    }

    /**
     * Returns where the Actuator endpoints are.
     * @return a URL without a slash at its end
     */
    public String management() {
        String port = this.environment.getRequiredProperty("local.management.port");
        boolean shared = port.equals(this.environment.getRequiredProperty("local.server.port"));
        return "http://" + host(shared ? "server.address" : "management.server.address") + ":" + port
                + (shared ? contextPath() : this.environment.getProperty("management.server.base-path", ""))
                + this.environment.getProperty("management.endpoints.web.base-path", "/actuator");
    }

    private String contextPath() {
        return this.environment.getProperty("server.servlet.context-path", "");
    }

    private String host(String property) {
        String address = this.environment.getProperty(property, LOOPBACK);
        return address.equals("0.0.0.0") ? LOOPBACK : address;
    }

}
