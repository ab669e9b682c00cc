package io.threadsafemetrics.spring.endpoint;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.ApiVersion;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Guards the endpoint on a servlet container. To be mapped to the endpoint's path and all
 * below it.
 *
 * @since 0.1.0
 */
public final class EndpointFilter extends OncePerRequestFilter {

    private final EndpointGuard guard;

    /**
     * Creates the filter.
     * @param guard what to do
     */
    public EndpointFilter(EndpointGuard guard) {
        this.guard = guard;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        this.guard.forEachHeader(response::setHeader);
        if (this.guard.refuses(request.getMethod(), request.getHeader(EndpointGuard.SITE_HEADER))) {
            response.setStatus(EndpointGuard.REFUSED.value());
            response.setContentType(EndpointGuard.REFUSAL_TYPE.toString());
            response.getOutputStream().write(EndpointGuard.refusal());
            return;
        }
        if (isMultipart(request.getContentType())) {
            response.setStatus(HttpStatus.UNSUPPORTED_MEDIA_TYPE.value());
            return;
        }
        chain.doFilter(acceptsAnything(request) ? new JsonRequest(request) : request, response);
    }

    private static boolean acceptsAnything(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept == null || accept.equals(MediaType.ALL_VALUE);
    }

    /** Of which Spring would look for the parts, and fail where there are none. */
    private static boolean isMultipart(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    /**
     * Gets JSON: of answers that are all accepted, Spring MVC takes this one by itself,
     * but Jersey the page.
     */
    private static final class JsonRequest extends HttpServletRequestWrapper {

        private static final String JSON = ApiVersion.V3.getProducedMimeType().toString();

        JsonRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return HttpHeaders.ACCEPT.equalsIgnoreCase(name) ? JSON : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return HttpHeaders.ACCEPT.equalsIgnoreCase(name) ? Collections.enumeration(List.of(JSON))
                    : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            Set<String> names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
            names.add(HttpHeaders.ACCEPT);
            return Collections.enumeration(names);
        }

    }

}
