package io.threadsafemetrics.spring.alert;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Which addresses and limits are taken. */
class AlertmanagerSettingsTests {

    private static AlertmanagerSettings settings(String url) {
        return new AlertmanagerSettings(url, Duration.ofSeconds(5), 3, Map::of);
    }

    @ParameterizedTest
    @CsvSource({ "http://localhost:9093, http://localhost:9093/api/v2/alerts",
            "http://localhost:9093/, http://localhost:9093/api/v2/alerts",
            "' https://a.example ', https://a.example/api/v2/alerts",
            "https://a.example/prefix//, https://a.example/prefix/api/v2/alerts",
            "http://a.example/api/v2/alerts, http://a.example/api/v2/alerts",
            "http://a.example/p%20q/api/v2/alerts/, http://a.example/p%20q/api/v2/alerts",
            "HTTP://[::1]:9093, HTTP://[::1]:9093/api/v2/alerts",
            "http://me:secret@a.example/x, http://a.example/x/api/v2/alerts" })
    void targetIsWhereAlertmanagerTakesAlerts(String url, String target) {
        assertThat(settings(url).target()).hasToString(target);
    }

    @ParameterizedTest
    @CsvSource({ "http://a.example, ''", "http://me:secret@a.example, me:secret", "http://me@a.example, me:",
            "http://m%C3%A9:p%40ss%3A%2F@a.example, mé:p@ss:/" })
    void credentialsAreThoseOfTheUserInformation(String url, String credentials) {
        assertThat(settings(url).credentials()).isEqualTo(credentials);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "alertmanager", "localhost:9093", "ftp://localhost", "http://", "http:///x",
            "http://a b", "http://a:0", "http://a:65536", "http://a:port", "http://a?x=y", "http://a#x",
            "mailto:me@example.org", "http://me:sec/ret@a", "http://me:sec ret@a", "me:sec-ret@a:9093",
            "http:/me:sec-ret@a" })
    void urlThatIsNoAddressIsRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(url))
            .withMessage("'url' must be the address of an Alertmanager, as in http://localhost:9093 or"
                    + " https://host/prefix but was " + url.replaceAll("(http:/|mailto:)?me(:sec.ret)?@", "***@"));
    }

    /** As services of Docker Compose often have. */
    @Test
    void urlWhenHostHasAnUnderscoreIsRefusedWithTheReason() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings("http://me:secret@alert_manager:9093/x"))
            .withMessage("'url' must have a host without '_', which Java's HTTP client refuses:"
                    + " a container may have an alias without it but was http://***@alert_manager:9093/x");
    }

    @Test
    void settingsWhenShownHaveNoPassword() {
        assertThat(settings("http://me:sec%2Fret@a.example")).hasToString("AlertmanagerSettings[http://***@a.example]");
    }

    @ParameterizedTest
    @CsvSource({ "PT0S", "PT-1S", "PT60.001S" })
    void timeoutOutOfRangeIsRefused(Duration timeout) {
        assertThatIllegalArgumentException().isThrownBy(() -> new AlertmanagerSettings("http://a", timeout, 3, Map::of))
            .withMessage("'timeout' must be longer than zero and at most PT1M but was " + timeout);
    }

    @ParameterizedTest
    @ValueSource(ints = { -1, 11 })
    void retriesOutOfRangeAreRefused(int retries) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new AlertmanagerSettings("http://a", Duration.ofSeconds(1), retries, Map::of))
            .withMessage("'retries' must be from 0 to 10 but was " + retries);
    }

}
