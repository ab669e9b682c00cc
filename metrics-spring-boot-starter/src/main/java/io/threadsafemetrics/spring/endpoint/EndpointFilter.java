package io.threadsafemetrics.spring.endpoint;

import java.io.IOException;
import java.util.Locale;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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
        chain.doFilter(request, response);
    }

    /** Of which Spring would look for the parts, and fail where there are none. */
    private static boolean isMultipart(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

}
