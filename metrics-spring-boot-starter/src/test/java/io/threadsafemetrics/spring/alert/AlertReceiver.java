package io.threadsafemetrics.spring.alert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** In place of an Alertmanager: takes posts, or does what it is told to do with them. */
public final class AlertReceiver implements AutoCloseable {

    private final List<Post> posts = new CopyOnWriteArrayList<>();

    private final CountDownLatch closed = new CountDownLatch(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final HttpServer server;

    private volatile Behaviour behaviour = (exchange) -> exchange.sendResponseHeaders(200, -1);

    public AlertReceiver() {
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

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            this.posts.add(new Post(exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")), body));
            this.behaviour.answer(exchange);
        }
    }

    public String url() {
        return "http://" + authority();
    }

    public String authority() {
        return "127.0.0.1:" + this.server.getAddress().getPort();
    }

    public List<Post> posts() {
        return this.posts;
    }

    public void answers(int status, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        this.behaviour = (exchange) -> {
            exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
            exchange.getResponseBody().write(body);
        };
    }

    void redirectsTo(String url) {
        this.behaviour = (exchange) -> {
            exchange.getResponseHeaders().set("Location", url);
            exchange.sendResponseHeaders(307, -1);
        };
    }

    /** Answers nothing until it is closed. */
    public void hangs() {
        this.behaviour = (exchange) -> await();
    }

    /** Answers success, and then a byte now and then for as long as it is listened to. */
    void drips() {
        this.behaviour = (exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            while (this.closed.getCount() > 0) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.onSpinWait();
            }
        };
    }

    private void await() {
        try {
            this.closed.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        this.closed.countDown();
        this.server.stop(0);
        this.threads.shutdownNow();
    }

    /**
     * A post.
     *
     * @param request method and path
     * @param authorization the header of that name, "null" where there is none
     * @param contentType the header of that name
     * @param body what was posted
     */
    public record Post(String request, String authorization, String contentType, String body) {

        public JsonNode alerts() {
            return JsonMapper.shared().readTree(this.body);
        }

    }

    @FunctionalInterface
    private interface Behaviour {

        void answer(HttpExchange exchange) throws IOException;

    }

}
