package io.threadsafemetrics.spring.alert;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Where an Alertmanager is and how to tell it.
 *
 * @param url its address, as in a browser, such as {@code http://localhost:9093}: http or
 * https, with the prefix of its paths where there is one. With user information it is
 * told by basic authentication
 * @param timeout how long it may take to connect, and how long to answer: longer than
 * zero and at most a minute
 * @param retries how often to try again what it did not take, from 0 to 10
 * @param labels labels of all alerts, which tell this process from others: asked for
 * once, before the first alert, on a thread that may block
 * @since 0.1.0
 */
public record AlertmanagerSettings(String url, Duration timeout, int retries, Supplier<Map<String, String>> labels) {

    private static final String ALERTS_PATH = "/api/v2/alerts";

    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    private static final int MAX_RETRIES = 10;

    private static final int MAX_PORT = 65_535;

    /**
     * Checks what is given.
     * @throws IllegalArgumentException if a value is outside its range; the message shows
     * no user information
     */
    public AlertmanagerSettings {
        Objects.requireNonNull(labels, "'labels' must not be null");
        parse(url);
        check(timeout.compareTo(Duration.ZERO) > 0 && timeout.compareTo(MAX_TIMEOUT) <= 0, "timeout",
                "be longer than zero and at most " + MAX_TIMEOUT, timeout);
        check(retries >= 0 && retries <= MAX_RETRIES, "retries", "be from 0 to " + MAX_RETRIES, retries);
    }

    private static void check(boolean allowed, String name, String rule, Object value) {
        if (!allowed) {
            throw new IllegalArgumentException("'" + name + "' must " + rule + " but was " + value);
        }
    }

    private static URI parse(String url) {
        URI parsed = null;
        try {
            parsed = new URI(url.strip());
        }
        catch (URISyntaxException ex) { // its message has the password
        }
        check(parsed == null || !hasUnderscoreInHost(parsed), "url",
                "have a host without '_', which Java's HTTP client refuses: a container may have an alias without it",
                masked(url));
        check(parsed != null && isHttp(parsed), "url",
                "be the address of an Alertmanager, as in http://localhost:9093 or https://host/prefix", masked(url));
        return Objects.requireNonNull(parsed);
    }

    /** Of such a host, URI knows no more than the authority that it is part of. */
    private static boolean hasUnderscoreInHost(URI url) {
        return url.getHost() == null && url.getRawAuthority() != null
                && url.getRawAuthority().matches("([^@]*@)?[\\w.-]*_[\\w.-]*(:[0-9]*)?");
    }

    private static boolean isHttp(URI url) {
        return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                && url.getHost() != null && url.getPort() != 0 && url.getPort() <= MAX_PORT
                && url.getRawFragment() == null && url.getRawQuery() == null;
    }

    /**
     * Returns an address for people to read.
     * @param url the address
     * @return the same without user information
     */
    public static String masked(String url) {
        return url.replaceAll("^(\\w+://)?.*@", "$1***@");
    }

    /** Where to post, without user information. */
    URI target() {
        URI base = parse(this.url);
        String path = base.getRawPath().replaceAll("/+$", "");
        String port = (base.getPort() < 0) ? "" : ":" + base.getPort();
        return URI.create(base.getScheme() + "://" + base.getHost() + port
                + (path.endsWith(ALERTS_PATH) ? path : path + ALERTS_PATH));
    }

    /** User and password as basic authentication has them, empty for none. */
    String credentials() {
        String user = parse(this.url).getUserInfo();
        if (user == null) {
            return "";
        }
        return user.contains(":") ? user : user + ":";
    }

    @Override
    public String toString() {
        return "AlertmanagerSettings[" + masked(this.url) + "]";
    }

}
