package io.threadsafemetrics.spring.autoconfigure.endpoint;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the endpoint's page.
 *
 * @param enabled Whether a browser that opens the endpoint gets a page instead of JSON.
 */
@ConfigurationProperties("threadsafe-metrics.page")
record MetricsPageProperties(@DefaultValue("true") boolean enabled) {

}
