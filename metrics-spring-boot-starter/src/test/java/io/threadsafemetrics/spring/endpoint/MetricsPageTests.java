package io.threadsafemetrics.spring.endpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

class MetricsPageTests {

    private final MetricsPage page = MetricsPage.load();

    @ParameterizedTest
    @ValueSource(strings = { "script", "style" })
    void policyHasTheHashOfEachElement(String element) throws NoSuchAlgorithmException {
        List<String> texts = Pattern.compile("<" + element + "[^>]*>(.*?)</" + element + ">", Pattern.DOTALL)
            .matcher(this.page.html())
            .results()
            .map((found) -> found.group(1))
            .toList();
        assertThat(texts).hasSize(element.equals("script") ? 2 : 1);
        for (String text : texts) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            assertThat(this.page.contentSecurityPolicy())
                .contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
        }
    }

    @Test
    void pageIsInANativeImage() {
        RuntimeHints hints = new RuntimeHints();
        new MetricsPage.Hints().registerHints(hints, null);
        assertThat(RuntimeHintsPredicates.resource().forResource("io/threadsafemetrics/spring/endpoint/page.html"))
            .accepts(hints);
    }

    @Test
    void modulesAreAllInThePage() {
        assertThat(this.page.html()).contains("function overview(", "function metric(")
            .doesNotContainPattern("(?m)^(import|export) ");
    }

}
