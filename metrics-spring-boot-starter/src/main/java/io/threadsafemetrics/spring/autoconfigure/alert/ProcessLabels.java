package io.threadsafemetrics.spring.autoconfigure.alert;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Labels that tell the alerts of this process from those of others: without them, what is
 * resolved in one instance would be taken for resolved in all.
 */
final class ProcessLabels {

    private final Environment environment;

    ProcessLabels(Environment environment) {
        this.environment = environment;
    }

    /**
     * Returns the application's name, and the host with the port of its web server, each
     * where there is one. May block while the host's name is looked up.
     */
    Map<String, String> get() {
        Map<String, String> labels = new HashMap<>();
        String application = this.environment.getProperty("spring.application.name");
        if (StringUtils.hasText(application)) {
            labels.put("application", application);
        }
        String host = host();
        if (host != null) {
            String port = this.environment.getProperty("local.server.port");
            labels.put("instance", (port != null) ? host + ":" + port : host);
        }
        return labels;
    }

    private static @Nullable String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        }
        catch (UnknownHostException ex) {
            return null;
        }
    }

}
