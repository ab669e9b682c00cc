package io.threadsafemetrics.spring.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * What Actuator leaves to a filter: headers of the endpoint's answers, and the refusal of
 * writes that another site makes a browser send. The same for each kind of server.
 *
 * @since 0.1.0
 */
public final class EndpointGuard {

    static final String STRICT_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Sent by browsers alone, and beyond the reach of a page's script. */
    static final String SITE_HEADER = "Sec-Fetch-Site";

    static final HttpStatus REFUSED = HttpStatus.FORBIDDEN;

    static final MediaType REFUSAL_TYPE = MediaType.APPLICATION_JSON;

    private static final byte[] REFUSAL = """
            {"status":403,"parameter":"Sec-Fetch-Site",\
            "message":"'Sec-Fetch-Site' must be same-origin or none to change anything, unless CORS is configured"}"""
        .getBytes(StandardCharsets.UTF_8);

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final Map<String, String> headers;

    private final boolean ownSiteOnly;

    /**
     * Creates the guard.
     * @param page the page, or null where there is none
     * @param ownSiteOnly whether to refuse what other sites write: false where CORS says
     * which of them may
     */
    public EndpointGuard(@Nullable MetricsPage page, boolean ownSiteOnly) {
        this.headers = Map.of("Content-Security-Policy", (page != null) ? page.contentSecurityPolicy() : STRICT_POLICY,
                "X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", HttpHeaders.CACHE_CONTROL,
                "no-store", "Cross-Origin-Resource-Policy", "same-origin");
        this.ownSiteOnly = ownSiteOnly;
    }

    /**
     * Says which headers an answer has, {@code Vary} beside them.
     * @param header called with the name and the value of each
     */
    void forEachHeader(BiConsumer<String, String> header) {
        this.headers.forEach(header);
    }

    boolean refuses(String method, @Nullable String site) {
        return this.ownSiteOnly && site != null && !OWN_SITES.contains(site) && !READING.contains(method);
    }

    static byte[] refusal() {
        return REFUSAL.clone();
    }

}
