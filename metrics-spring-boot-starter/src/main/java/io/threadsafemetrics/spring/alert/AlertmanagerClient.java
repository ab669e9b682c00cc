package io.threadsafemetrics.spring.alert;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Posts alerts to an Alertmanager. Its threads end when it is closed or, on a JDK before
 * 21, no longer used.
 */
final class AlertmanagerClient implements AutoCloseable {

    private static final int MAX_REASON_BYTES = 1024;

    private final HttpClient http;

    private final RestClient client;

    private final URI target;

    AlertmanagerClient(AlertmanagerSettings settings) {
        this.target = settings.target();
        // No upgrade to HTTP/2 is asked for: Alertmanager has none without TLS.
        this.http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .build();
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(this.http);
        requests.setReadTimeout(settings.timeout());
        this.client = RestClient.builder()
            .requestFactory(requests)
            .defaultHeaders((headers) -> addCredentials(headers, settings.credentials()))
            .build();
    }

    private static void addCredentials(HttpHeaders headers, String credentials) {
        if (!credentials.isEmpty()) {
            headers.setBasicAuth(Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /**
     * Posts alerts.
     * @param json an array of alerts
     * @return what was answered
     * @throws RestClientException if there was no whole answer in time
     */
    Answer post(String json) {
        return this.client.post()
            .uri(this.target)
            .contentType(MediaType.APPLICATION_JSON)
            .body(json.getBytes(StandardCharsets.UTF_8))
            .exchangeForRequiredValue((request, response) -> answer(response));
    }

    private static Answer answer(ClientHttpResponse response) throws IOException {
        HttpStatusCode status = response.getStatusCode();
        return new Answer(status, status.is2xxSuccessful() ? ""
                : new String(response.getBody().readNBytes(MAX_REASON_BYTES), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        if ((Object) this.http instanceof AutoCloseable closeable) { // since JDK 21
            try {
                closeable.close();
            }
            catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
        }
    }

    /**
     * What an Alertmanager said.
     *
     * @param status the HTTP status
     * @param reason the begin of what it says of a failure, empty for success
     */
    record Answer(HttpStatusCode status, String reason) {

        boolean isTaken() {
            return this.status.is2xxSuccessful();
        }

        /**
         * Whether it says that the alerts are wrong, which another try does not change.
         */
        boolean isFinal() {
            return !this.status.is5xxServerError() && !this.status.isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS)
                    && !this.status.isSameCodeAs(HttpStatus.REQUEST_TIMEOUT);
        }

        @Override
        public String toString() {
            return "it answered " + this.status.value() + " " + this.reason;
        }

    }

}
