package io.threadsafemetrics.sample.page;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium of this machine. Nothing is downloaded. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final JsonMapper JSON = new JsonMapper();

    private final ChromeDriver driver;

    private final WebDriverWait wait;

    private final List<String> requests = new ArrayList<>();

    private String root = "";

    Browser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(executable("chromium").orElseThrow());
        options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                "--window-size=1280,900");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        this.driver = new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(executable("chromedriver").orElseThrow())
                    .build(),
                options);
        this.wait = new WebDriverWait(this.driver, PATIENCE, Duration.ofMillis(50));
    }

    static boolean isInstalled() {
        return executable("chromium").isPresent() && executable("chromedriver").isPresent();
    }

    private static Optional<File> executable(String name) {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
            .map((folder) -> new File(folder, name))
            .filter(File::canExecute)
            .findFirst();
    }

    /**
     * Opens the page anew.
     * @param address where it is
     * @param state what it is to show, the fragment of its address
     */
    void open(String address, String state) {
        this.root = address;
        leave(); // else a change of the fragment loads nothing
        this.driver.get(address + state);
        untilText("#status", "Live");
    }

    /** Opens the page where it is to say that it gets no answer. */
    void openInTrouble(String address, String title) {
        this.root = address;
        leave();
        this.driver.get(address);
        untilText("#trouble", title);
    }

    String address() {
        return Objects.requireNonNull(this.driver.getCurrentUrl());
    }

    void until(String what, BooleanSupplier condition) {
        this.wait.withMessage(() -> what + " on " + run("return document.body.innerText"))
            .ignoring(StaleElementReferenceException.class)
            .until((driver) -> condition.getAsBoolean());
    }

    void untilText(String selector, String part) {
        until(selector + " says " + part, () -> texts(selector).stream().anyMatch((text) -> text.contains(part)));
    }

    List<WebElement> all(String selector) {
        return this.driver.findElements(By.cssSelector(selector));
    }

    WebElement one(String selector) {
        return this.driver.findElement(By.cssSelector(selector));
    }

    /** Texts as the document has them, whatever styles make of it. */
    @SuppressWarnings("unchecked")
    List<String> texts(String selector) {
        return (List<String>) run(
                "return Array.from(document.querySelectorAll(arguments[0]), node => node.textContent)", selector);
    }

    String text(String selector) {
        return String.join(" ", texts(selector));
    }

    /** The number behind a figure, or an empty text. */
    String figure(String selector) {
        return String.valueOf(one(selector).getDomAttribute("value"));
    }

    Object run(String script, Object... arguments) {
        return Objects.requireNonNullElse(this.driver.executeScript(script, arguments), "");
    }

    void click(String selector) {
        one(selector).click();
    }

    void choose(String selector, String value) {
        new Select(one(selector)).selectByValue(value);
    }

    void look(int width, String colorScheme) {
        this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
    }

    /** What axe-core finds that is serious or critical. */
    @SuppressWarnings("unchecked")
    List<String> seriousIssues() {
        try (InputStream axe = Objects.requireNonNull(getClass().getResourceAsStream("/axe.min.js"))) {
            this.driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return (List<String>) this.driver.executeAsyncScript("""
                const done = arguments[0];
                axe.run().then(({ passes, violations }) => done(passes.length === 0 ? ['axe-core checked nothing']
                    : violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
                        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)));
                """);
    }

    /** What was asked of the endpoint since the page was opened, path and query. */
    List<String> questions() {
        drain();
        return this.requests.stream()
            .filter((url) -> url.startsWith(this.root) && url.contains("?"))
            .map((url) -> url.substring(this.root.length()))
            .toList();
    }

    /** All that was asked for, of whatever host. */
    List<String> requests() {
        drain();
        return List.copyOf(this.requests);
    }

    private void drain() {
        for (LogEntry entry : this.driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = JSON.readTree(entry.getMessage()).get("message");
            if (message.get("method").asString().equals("Network.requestWillBeSent")) {
                this.requests.add(message.at("/params/request/url").asString());
            }
        }
    }

    /** What the console has said since it was last asked. */
    List<String> console() {
        return this.driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
    }

    /** Forgets the page, which would go on to ask a server that ends. */
    void leave() {
        this.driver.get("about:blank");
        drain();
        this.requests.clear();
        console();
    }

    /** Demands that all went well since the page was opened, and leaves it. */
    void verifyClean() {
        URI origin = URI.create(this.root);
        List<String> foreign = requests().stream()
            .filter((url) -> !url.startsWith("data:") && !url.startsWith("about:")
                    && !origin.getAuthority().equals(URI.create(url).getRawAuthority()))
            .toList();
        List<String> complaints = console();
        if (!foreign.isEmpty() || !complaints.isEmpty()) {
            throw new AssertionError("The page asked " + foreign + " and the console says " + complaints);
        }
        leave();
    }

    @Override
    public void close() {
        this.driver.quit();
    }

}
