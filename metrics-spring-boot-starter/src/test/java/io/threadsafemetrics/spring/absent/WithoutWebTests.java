package io.threadsafemetrics.spring.absent;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Run by the Surefire execution {@code without-web}, whose class path lacks Spring's web
 * modules, and with them its HTTP client.
 */
class WithoutWebTests {

    @Test
    void nothingElseIsAbsent() {
        assertThat(AbsentApplication.absentClasses()).containsExactly("RestClient", "HttpHeaders", "Filter", "Mono");
    }

    @Test
    void applicationStartsWithAllElse() {
        AbsentApplication.run((parts) -> assertThat(parts).contains("alert", "autoconfigure", "health", "micrometer"));
    }

    @Test
    void startWhenAlertsAreToBePostedFails() {
        AbsentApplication.runner()
            .withPropertyValues("threadsafe-metrics.alerts-webhook.url=http://localhost:9093")
            .run((context) -> {
                assertThat(context).hasFailed();
                assertThat(context.getStartupFailure()).rootCause()
                    .hasMessage("'threadsafe-metrics.alerts-webhook.url' must not be set without"
                            + " org.springframework:spring-web on the class path but was 'http://localhost:9093'");
            });
    }

}
