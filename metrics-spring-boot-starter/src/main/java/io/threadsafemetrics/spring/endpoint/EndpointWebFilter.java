package io.threadsafemetrics.spring.endpoint;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Guards the endpoint on a reactive server.
 *
 * @since 0.1.0
 */
public final class EndpointWebFilter implements WebFilter, Ordered {

    private final EndpointGuard guard;

    private final PathPattern paths;

    /**
     * Creates the filter.
     * @param guard what to do
     * @param path the endpoint's path within the application; all below it is guarded too
     */
    public EndpointWebFilter(EndpointGuard guard, String path) {
        this.guard = guard;
        this.paths = PathPatternParser.defaultInstance.parse(path + "/**");
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        return this.paths.matches(path) ? guarded(exchange, chain) : chain.filter(exchange);
    }

    private Mono<Void> guarded(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        this.guard.forEachHeader(response.getHeaders()::set);
        String site = exchange.getRequest().getHeaders().getFirst(EndpointGuard.SITE_HEADER);
        if (!this.guard.refuses(exchange.getRequest().getMethod().name(), site)) {
            return chain.filter(exchange);
        }
        response.setStatusCode(EndpointGuard.REFUSED);
        response.getHeaders().setContentType(EndpointGuard.REFUSAL_TYPE);
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(EndpointGuard.refusal())));
    }

}
