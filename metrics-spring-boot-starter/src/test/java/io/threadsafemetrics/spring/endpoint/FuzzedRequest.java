package io.threadsafemetrics.spring.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import io.threadsafemetrics.spring.Fuzz;
import io.threadsafemetrics.spring.endpoint.EndpointServer.Answer;
import org.quicktheories.core.Gen;

/**
 * A request, of which nothing has to be right.
 *
 * @param path where it goes, below the endpoint's own
 * @param query its parameters, joined by the server's rules alone
 */
record FuzzedRequest(String method, Part path, List<Part> query, List<String> headers, String body) {

    private static final int HANGS_MILLIS = 20_000;

    private static final Gen<String> METRICS = Fuzz.mostly(Fuzz.oneOf(ExtremeMetrics.NAMES.toArray(String[]::new)),
            Fuzz.texts());

    /**
     * A piece of a request.
     *
     * @param regular whether it is what a client that knows HTTP would send
     */
    record Part(String text, boolean regular) {

    }

    static Gen<FuzzedRequest> any() {
        return methods().zip(paths(), Fuzz.some(parameters(), 6),
                Fuzz.some(anyHeader(), 2)
                    .zip(bodies(), (headers, body) -> new FuzzedRequest("", null, null, headers, body)),
                (method, path, query, rest) -> new FuzzedRequest(method, path, query, rest.headers, rest.body));
    }

    private static Gen<String> methods() {
        return Fuzz.any(Fuzz.oneOf("GET"), Fuzz.oneOf("GET"),
                Fuzz.oneOf("GET", "POST", "DELETE", "HEAD", "OPTIONS", "PUT", "PATCH", "TRACE", "BREW"));
    }

    private static Gen<Part> paths() {
        Gen<String> metric = METRICS.map(FuzzedRequest::encoded);
        Gen<String> view = Fuzz.mostly(Fuzz.oneOf("/values", "/timeline", ""),
                Fuzz.texts().map((text) -> "/" + encoded(text)));
        return Fuzz.mostly(
                Fuzz.any(Fuzz.oneOf(""), Fuzz.oneOf("", "/"), Fuzz.oneOf("/~").zip(view, String::concat),
                        metric.zip(view, (name, rest) -> "/" + name + rest),
                        metric.zip(view, (name, rest) -> "/" + name + rest))
                    .map((text) -> new Part(text, !text.matches(".*/|.*%(2F|3B|25|5C|2E|[01].|7F|E2%80%AE).*"))),
                Fuzz.texts().map((text) -> new Part("/" + inOneLine(text), false)));
    }

    private static Gen<Part> parameters() {
        Gen<String> any = Fuzz.any(Fuzz.texts(), Fuzz.numbers(), Fuzz.durations(), Fuzz.oneOf("true", "region:eu"));
        Gen<String> tags = Fuzz.any(Fuzz.oneOf("region:eu", "region:us", "region:", "k:", "overflow:true"),
                Fuzz.texts().zip(Fuzz.texts(), (key, value) -> key + ":" + value));
        Gen<String> pairs = Fuzz.any(parameter("window", Fuzz.durations(), any),
                parameter("step", Fuzz.durations(), any), parameter("percentile", Fuzz.numbers(), any),
                parameter("atMost", Fuzz.numbers(), any), parameter("limit", Fuzz.numbers(), any),
                parameter("tag", tags, any), parameter("name", METRICS, any),
                parameter("order", Fuzz.oneOf("newest", "largest", "smallest"), any),
                parameter("buckets", Fuzz.oneOf("true", "false"), any),
                parameter("groupBy", Fuzz.oneOf("region", "k", "overflow"), any),
                parameter("operation", Fuzz.oneOf("reset"), any), parameter("metric", METRICS, any),
                parameter("view", Fuzz.oneOf("values"), any), parameter("unknown", any, any));
        return Fuzz.mostly(pairs.map((text) -> new Part(text, true)),
                Fuzz.texts().map((text) -> new Part(inOneLine(text), false)));
    }

    private static Gen<String> parameter(String name, Gen<String> usual, Gen<String> rare) {
        return Fuzz.mostly(usual, rare).map((value) -> name + "=" + encoded(value));
    }

    private static Gen<String> anyHeader() {
        return Fuzz.any(Fuzz
            .oneOf("*/*", "application/json", "text/html", "text/plain", "application/*+json", "text/html;q=0.1",
                    "application/vnd.spring-boot.actuator.v3+json", "a", ";", "*/json", "application/json;q=2", "")
            .map("Accept: "::concat),
                Fuzz.oneOf("application/json", "text/plain", "application/x-www-form-urlencoded", "a", "",
                        "application/json;charset=no", "multipart/form-data")
                    .map("Content-Type: "::concat),
                Fuzz.oneOf("cross-site", "same-origin", "none", "").map("Sec-Fetch-Site: "::concat),
                Fuzz.texts().map((text) -> "Accept: " + inOneLine(text)));
    }

    private static Gen<String> bodies() {
        return Fuzz.any(
                Fuzz.oneOf("", "{\"operation\":\"reset\"}", "{\"operation\":\"reset\",\"name\":\"latency\"}",
                        "{\"operation\":\"reset\",\"name\":[\"latency\",\"none\"]}", "{}", "[]", "null", "1", "{",
                        "{\"operation\":null}", "{\"operation\":{}}", "{\"operation\":[\"reset\"]}",
                        "{\"operation\":\"reset\",\"name\":{}}", "{\"operation\":\"reset\",\"name\":[[1]]}",
                        "{\"a\":1,\"a\":2}", "[".repeat(2000), "{\"a\":".repeat(600), "operation=reset"),
                Fuzz.texts(),
                Fuzz.texts().map((text) -> "{\"operation\":\"reset\",\"name\":\"" + text.replace("\"", "") + "\"}"));
    }

    private static String encoded(String text) {
        return text.matches("[a-zA-Z0-9.:]*") ? text : Fuzz.percentEncoded(text);
    }

    /** What would end the line is another request. */
    private static String inOneLine(String text) {
        return text.replaceAll("[\r\n]", "");
    }

    /** Whether the answer is the endpoint's own, not one of the server before it. */
    boolean isRegular() {
        return this.path.regular && this.query.stream().allMatch(Part::regular) && target().length() < 4000
                && this.headers.stream().allMatch((header) -> header.equals("Accept: application/json"))
                && (this.method.equals("GET") || this.method.equals("DELETE"));
    }

    String target() {
        return this.path.text + (this.query.isEmpty() ? ""
                : this.query.stream().map(Part::text).collect(Collectors.joining("&", "?", "")));
    }

    /** Sends it as HTTP/1.0, whose answers end with the connection. */
    Answer send(EndpointServer server) {
        byte[] content = this.body.getBytes(StandardCharsets.UTF_8);
        String head = this.method + " " + server.root() + target() + " HTTP/1.0\r\nHost: localhost\r\n"
                + this.headers.stream().map((header) -> header + "\r\n").collect(Collectors.joining())
                + ((content.length > 0) ? "Content-Length: " + content.length + "\r\n" : "") + "\r\n";
        try (Socket socket = new Socket("localhost", server.port())) {
            socket.setSoTimeout(HANGS_MILLIS);
            socket.getOutputStream().write((head + this.body).getBytes(StandardCharsets.UTF_8));
            return answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Answer answer(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Answer(0, "", text);
        }
        String type = text.lines()
            .filter((line) -> line.toLowerCase().startsWith("content-type: "))
            .map((line) -> line.substring("content-type: ".length()))
            .findFirst()
            .orElse("");
        return new Answer(Integer.parseInt(text.substring(9, 12)), type, text.substring(end + 4));
    }

    @Override
    public String toString() {
        return Fuzz.shown(this.method + " " + target() + " " + this.headers + " " + this.body);
    }

}
