package io.threadsafemetrics.sample.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A reverse proxy that puts a prefix before all paths and does not tell the application,
 * and that can refuse all that is no page.
 */
final class Proxy implements AutoCloseable {

    private static final String PREFIX = "/behind/a%20prefix";

    private static final List<String> PASSED_ON = List.of("Accept", "Content-Type", "Sec-Fetch-Site");

    private final HttpClient client = HttpClient.newHttpClient();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final HttpServer server;

    private final String target;

    volatile int refusal;

    Proxy(String target) {
        this.target = target;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        this.server.setExecutor(this.threads);
        this.server.createContext("/", this::handle);
        this.server.start();
    }

    String address() {
        return "http://127.0.0.1:" + this.server.getAddress().getPort() + PREFIX;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            boolean page = String.valueOf(exchange.getRequestHeaders().getFirst("Accept")).contains("text/html");
            if (!path.startsWith(PREFIX)) {
                exchange.sendResponseHeaders(404, -1);
            }
            else if (this.refusal != 0 && !page) {
                exchange.sendResponseHeaders(this.refusal, -1);
            }
            else {
                pass(exchange, URI.create(this.target + path.substring(PREFIX.length())));
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, URI uri) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        PASSED_ON.forEach((name) -> exchange.getRequestHeaders()
            .getOrDefault(name, List.of())
            .forEach((value) -> request.header(name, value)));
        HttpResponse<byte[]> response = this.client.send(request.build(), BodyHandlers.ofByteArray());
        response.headers()
            .map()
            .forEach((name, values) -> values.forEach((value) -> exchange.getResponseHeaders().add(name, value)));
        exchange.getResponseHeaders().remove("Content-Length");
        exchange.getResponseHeaders().remove("Transfer-Encoding");
        exchange.sendResponseHeaders(response.statusCode(), (response.body().length > 0) ? response.body().length : -1);
        exchange.getResponseBody().write(response.body());
    }

    @Override
    public void close() {
        this.server.stop(0);
        this.threads.shutdownNow();
    }

}
