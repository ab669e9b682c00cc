package io.threadsafemetrics.spring.endpoint;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint over HTTP with a page for browsers.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = ThreadSafeMetricsEndpoint.class)
public class MetricsPageWebExtension extends ThreadSafeMetricsEndpointWebExtension {

    private final MetricsPage page;

    /**
     * Creates the extension.
     * @param delegate the endpoint
     * @param showMetadata when to show the metadata of values
     * @param roles who is authorized to see it; empty for any authenticated user
     * @param page the page
     */
    public MetricsPageWebExtension(ThreadSafeMetricsEndpoint delegate, Show showMetadata, Set<String> roles,
            MetricsPage page) {
        super(delegate, showMetadata, roles);
        this.page = page;
    }

    /**
     * Shows the page, which asks the other operations. A request that accepts anything
     * gets JSON: only one that prefers HTML comes here.
     * @return the page
     */
    @ReadOperation(produces = "text/html;charset=UTF-8")
    public String page() {
        return this.page.html();
    }

}
