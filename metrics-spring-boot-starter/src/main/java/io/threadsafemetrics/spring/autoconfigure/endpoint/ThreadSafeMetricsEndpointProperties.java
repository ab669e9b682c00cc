package io.threadsafemetrics.spring.autoconfigure.endpoint;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the endpoint that Actuator does not read itself.
 *
 * @param showMetadata When to show the metadata recorded beside values, which may hold
 * secrets.
 * @param roles Roles that authorize a user to see metadata with "when-authorized". When
 * empty, any authenticated user may.
 */
@ConfigurationProperties("management.endpoint.threadsafemetrics")
record ThreadSafeMetricsEndpointProperties(@DefaultValue("never") Show showMetadata, @DefaultValue Set<String> roles) {

    ThreadSafeMetricsEndpointProperties {
        roles = Set.copyOf(roles);
    }

}
