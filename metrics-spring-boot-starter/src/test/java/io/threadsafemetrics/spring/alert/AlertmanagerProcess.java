package io.threadsafemetrics.spring.alert;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Alertmanager on a free loopback port, which tells a receiver of all alerts. */
final class AlertmanagerProcess implements AutoCloseable {

    static final String COMMAND = "prometheus-alertmanager";

    private final HttpClient client = HttpClient.newHttpClient();

    private final Process process;

    private final String url;

    private AlertmanagerProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Where it is installed, if it is. */
    static Optional<Path> installed() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map((directory) -> Path.of(directory, COMMAND))
            .filter(Files::isExecutable)
            .findFirst();
    }

    /**
     * Starts it and waits until it is ready.
     * @param command where it is installed
     * @param directory where it may write
     * @param receiver what it tells of alerts, at once
     */
    static AlertmanagerProcess start(Path command, Path directory, String receiver) throws IOException {
        Path configuration = directory.resolve("alertmanager.yml");
        Files.writeString(configuration, """
                route:
                  receiver: test
                  group_by: [alertname]
                  group_wait: 0s
                  group_interval: 1s
                receivers:
                  - name: test
                    webhook_configs:
                      - url: %s
                """.formatted(receiver));
        String address = "127.0.0.1:" + freePort();
        Process process = new ProcessBuilder(command.toString(), "--config.file=" + configuration,
                "--storage.path=" + directory.resolve("data"), "--web.listen-address=" + address,
                "--cluster.listen-address=")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("alertmanager.log").toFile())
            .start();
        AlertmanagerProcess started = new AlertmanagerProcess(process, "http://" + address);
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(started::isReady);
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isReady() throws IOException, InterruptedException {
        return get("/-/ready").statusCode() == 200;
    }

    String url() {
        return this.url;
    }

    /** The alerts of a rule that it lists. */
    List<JsonNode> alerts(String rule) {
        String filter = URLEncoder.encode("alertname=\"" + rule + "\"", StandardCharsets.UTF_8);
        try {
            HttpResponse<String> answer = get("/api/v2/alerts?filter=" + filter);
            return JsonMapper.shared().readTree(answer.body()).valueStream().toList();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(this.url + path))
            .timeout(Duration.ofSeconds(10))
            .build();
        return this.client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws InterruptedException {
        this.process.destroy();
        if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
            this.process.destroyForcibly().waitFor();
        }
    }

}
