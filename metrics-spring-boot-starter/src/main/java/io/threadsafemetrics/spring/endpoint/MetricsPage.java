package io.threadsafemetrics.spring.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.core.io.ClassPathResource;

/**
 * The page that a browser gets instead of JSON: one document without anything outside it.
 * Immutable, safe for any thread.
 *
 * @since 0.1.0
 */
public final class MetricsPage {

    private static final String RESOURCE = "page.html";

    private static final Pattern SCRIPT = Pattern.compile("<script[^>]*>(.*?)</script>", Pattern.DOTALL);

    private static final Pattern STYLE = Pattern.compile("<style[^>]*>(.*?)</style>", Pattern.DOTALL);

    private final String html;

    private final String contentSecurityPolicy;

    private MetricsPage(String html) {
        this.html = html;
        // Hashed here, of what is served, so that no build step can let them drift apart.
        this.contentSecurityPolicy = EndpointGuard.STRICT_POLICY + "; script-src " + hashes(SCRIPT, html)
                + "; style-src " + hashes(STYLE, html) + "; img-src data:; connect-src 'self'"
                + "; require-trusted-types-for 'script'; trusted-types 'none'";
    }

    /**
     * Reads the page from the class path, about 100 kB.
     * @return the page
     */
    public static MetricsPage load() {
        try (InputStream page = MetricsPage.class.getResourceAsStream(RESOURCE)) {
            if (page == null) {
                throw new IllegalStateException(RESOURCE + " is not beside " + MetricsPage.class.getName());
            }
            return new MetricsPage(new String(page.readAllBytes(), StandardCharsets.UTF_8));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String hashes(Pattern element, String html) {
        return element.matcher(html).results().map((found) -> hash(found.group(1))).collect(Collectors.joining(" "));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex); // each JVM has it
        }
    }

    String html() {
        return this.html;
    }

    String contentSecurityPolicy() {
        return this.contentSecurityPolicy;
    }

    /** Keeps the page in a native image. */
    public static final class Hints implements RuntimeHintsRegistrar {

        @Override
        public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
            hints.resources().registerResource(new ClassPathResource(RESOURCE, MetricsPage.class));
        }

    }

}
