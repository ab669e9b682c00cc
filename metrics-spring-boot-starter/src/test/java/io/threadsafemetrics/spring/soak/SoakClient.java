package io.threadsafemetrics.spring.soak;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests that must be answered in time, and never with an error of the server.
 */
final class SoakClient {

    /** A scrape takes a tenth of a second, on a busy machine now and then several. */
    private static final long PATIENCE_SECONDS = 60;

    private static final String ENDPOINT = "/actuator/threadsafemetrics";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http;

    private final String root;

    private final Tally tally;

    SoakClient(HttpClient http, int port, Tally tally) {
        this.http = http;
        this.root = "http://127.0.0.1:" + port;
        this.tally = tally;
    }

    /**
     * Asks the endpoint as the page does.
     * @param parameters names and values in turn
     */
    CompletableFuture<HttpResponse<byte[]>> ask(String view, String... parameters) {
        return send(request(address(view, parameters)).header("Accept", "application/json").GET().build());
    }

    private static String address(String view, String... parameters) {
        StringBuilder address = new StringBuilder(ENDPOINT).append(view);
        for (int i = 0; i < parameters.length; i++) {
            address.append((i == 0) ? '?' : (i % 2 == 0) ? '&' : '=')
                .append(URLEncoder.encode(parameters[i], StandardCharsets.UTF_8));
        }
        return address.toString();
    }

    HttpResponse<byte[]> get(String path, String accept) throws Exception {
        return await(send(request(path).header("Accept", accept).GET().build()));
    }

    void reset(String metric) throws Exception {
        HttpResponse<byte[]> response = await(
                send(request(address("/~", "name", metric)).header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"operation\":\"reset\"}"))
                    .build()));
        expect(response, response.statusCode() == 204);
    }

    void unregister(String metric) throws Exception {
        HttpResponse<byte[]> response = await(send(request(address("/~", "name", metric)).DELETE().build()));
        expect(response, response.statusCode() == 204);
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(this.root + pathAndQuery));
    }

    private CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
        this.tally.requests.increment();
        return this.http.sendAsync(request, BodyHandlers.ofByteArray());
    }

    /** Returns the JSON, or a missing node where what was asked for has gone. */
    static JsonNode json(CompletableFuture<HttpResponse<byte[]>> answer) throws Exception {
        HttpResponse<byte[]> response = await(answer);
        expect(response, response.statusCode() == 200 || response.statusCode() == 404);
        JsonNode body = JSON.readTree(response.body());
        return (response.statusCode() == 200) ? body : JSON.missingNode();
    }

    static HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer) throws Exception {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        catch (TimeoutException ex) {
            throw new AssertionError("No answer within " + PATIENCE_SECONDS + " s", ex);
        }
    }

    static void expect(HttpResponse<byte[]> response, boolean condition) {
        if (!condition) {
            throw new AssertionError(response.request().method() + " " + response.uri() + " was answered "
                    + response.statusCode() + ": " + new String(response.body(), StandardCharsets.UTF_8));
        }
    }

}
