package io.threadsafemetrics.spring.autoconfigure.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.alert.AlertReceiver;
import io.threadsafemetrics.spring.alert.AlertmanagerSettings;
import io.threadsafemetrics.spring.alert.AlertmanagerWebhook;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsAutoConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** When an Alertmanager is told of alerts, and what a wrong property says. */
class ThreadSafeMetricsAlertWebhookAutoConfigurationTests {

    private static final String PREFIX = "threadsafe-metrics.alerts-webhook.";

    private final AlertReceiver receiver = new AlertReceiver();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withPropertyValues("threadsafe-metrics.metrics.orders.type=gauge", "threadsafe-metrics.alert-interval=0s",
                "threadsafe-metrics.alerts.many.metric=orders", "threadsafe-metrics.alerts.many.above=10",
                "spring.application.name=shop")
        .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsAutoConfiguration.class,
                ThreadSafeMetricsAlertWebhookAutoConfiguration.class));

    private final ApplicationContextRunner told = this.runner.withPropertyValues(PREFIX + "url=" + this.receiver.url());

    @AfterEach
    void close() {
        this.receiver.close();
    }

    private static void fire(ThreadSafeMetricsCollector collector) {
        collector.collect("orders", 11);
        assertThat(collector.evaluateAlerts()).hasSize(1);
    }

    private void awaitPosts(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.receiver.posts().size() == count);
    }

    private static void awaitFailure(AlertmanagerWebhook webhook) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> webhook.failedPosts() == 1);
    }

    @Test
    void alertIsPostedWithTheNamesOfApplicationAndInstance() {
        this.told.withPropertyValues("local.server.port=8080").run((context) -> {
            fire(context.getBean(ThreadSafeMetricsCollector.class));
            awaitPosts(1);
            JsonNode alert = this.receiver.posts().get(0).alerts().get(0);
            assertThat(alert.at("/labels/alertname").asString()).isEqualTo("many");
            assertThat(alert.at("/labels/application").asString()).isEqualTo("shop");
            assertThat(alert.at("/labels/instance").asString()).matches(".+:8080");
            assertThat(Instant.parse(alert.get("endsAt").asString())).isBetween(Instant.now().plusSeconds(200),
                    Instant.now().plusSeconds(240));
        });
    }

    @Test
    void contextWhenClosedLeavesWhatFiresToRunOutAndNoThread() {
        this.told.run((context) -> {
            fire(context.getBean(ThreadSafeMetricsCollector.class));
            awaitPosts(1);
        });
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
            .doesNotContain("threadsafe-metrics-webhook");
        assertThat(this.receiver.posts()).hasSize(1);
    }

    @Test
    void contextWhenReceiverHangsClosesAtOnce() {
        this.receiver.hangs();
        Instant[] closing = new Instant[1];
        this.told.run((context) -> {
            fire(context.getBean(ThreadSafeMetricsCollector.class));
            awaitPosts(1);
            closing[0] = Instant.now();
        });
        assertThat(closing[0]).isAfter(Instant.now().minusSeconds(4));
    }

    @Test
    void webhookHasNoThreadBeforeAnAlertFires() {
        this.told.run((context) -> {
            assertThat(context.getBean(AlertmanagerWebhook.class).isRunning()).isTrue();
            assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                .doesNotContain("threadsafe-metrics-webhook");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "", PREFIX + "url=", PREFIX + "url= ", PREFIX + "retries=2" })
    void webhookWhenNoUrlIsGivenIsAbsent(String property) {
        this.runner.withPropertyValues(property)
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AlertmanagerWebhook.class));
    }

    @Test
    void webhookWhenStarterIsDisabledIsAbsent() {
        this.told.withPropertyValues("threadsafe-metrics.enabled=false")
            .withBean(ThreadSafeMetricsCollector.class, ThreadSafeMetricsCollector::create)
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AlertmanagerWebhook.class));
    }

    @Test
    void webhookWhenUserHasOneBacksOff() {
        AlertmanagerSettings settings = new AlertmanagerSettings(this.receiver.url(), Duration.ofSeconds(1), 0,
                Map::of);
        this.told
            .withInitializer((context) -> context.getBeanFactory()
                .registerSingleton("own", new AlertmanagerWebhook(ThreadSafeMetricsCollector.create(), settings)))
            .run((context) -> assertThat(context).hasSingleBean(AlertmanagerWebhook.class).hasBean("own"));
    }

    @Test
    void webhookWhenParentContextHasOneBacksOff() {
        this.told.run((parent) -> this.told.withParent(parent)
            .run((child) -> assertThat(child.getBean(AlertmanagerWebhook.class))
                .isSameAs(parent.getBean(AlertmanagerWebhook.class))));
    }

    @Test
    void retriesAreThoseOfTheProperties() {
        this.receiver.answers(503, "");
        this.told.withPropertyValues(PREFIX + "retries=0", PREFIX + "timeout=1m").run((context) -> {
            fire(context.getBean(ThreadSafeMetricsCollector.class));
            awaitFailure(context.getBean(AlertmanagerWebhook.class));
            assertThat(this.receiver.posts()).hasSize(1);
        });
    }

    /** Whether the post arrives within so short a time is left open. */
    @Test
    void timeoutIsThatOfTheProperties() {
        this.receiver.hangs();
        this.told.withPropertyValues(PREFIX + "retries=0", PREFIX + "timeout=100ms").run((context) -> {
            fire(context.getBean(ThreadSafeMetricsCollector.class));
            awaitFailure(context.getBean(AlertmanagerWebhook.class));
        });
    }

    @Test
    void postsAreCountedAsMeters() {
        this.told.run((context) -> {
            MeterRegistry registry = new SimpleMeterRegistry();
            context.getBean(MeterBinder.class).bindTo(registry);
            fire(context.getBean(ThreadSafeMetricsCollector.class));
            Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> registry.get("threadsafe.metrics.alerts.webhook.sent").functionCounter().count() == 1);
            assertThat(registry.get("threadsafe.metrics.alerts.webhook.failed").functionCounter().count()).isZero();
            assertThat(registry.get("threadsafe.metrics.alerts.webhook.dropped").functionCounter().count()).isZero();
        });
    }

    @Test
    void metersWhenExportIsDisabledAreAbsent() {
        this.told.withPropertyValues("threadsafe-metrics.micrometer.export.enabled=false")
            .run((context) -> assertThat(context).hasSingleBean(AlertmanagerWebhook.class)
                .doesNotHaveBean(MeterBinder.class));
    }

    @Test
    void webhookWhenMicrometerIsAbsentStillPosts() {
        this.told.withClassLoader(new FilteredClassLoader(MeterBinder.class)).run((context) -> {
            fire(context.getBean(ThreadSafeMetricsCollector.class));
            awaitPosts(1);
        });
    }

    @Test
    void startWhenSpringsHttpClientIsAbsentFails() {
        this.runner.withClassLoader(new FilteredClassLoader(RestClient.class))
            .withPropertyValues(PREFIX + "url=http://me:secret@localhost:9093")
            .run((context) -> {
                assertThat(context).hasFailed();
                assertThat(analyze(context.getStartupFailure()).getDescription()).contains(
                        "Property: " + PREFIX + "url\n", "Value: \"http://***@localhost:9093\"\n",
                        "Allowed: must not be set without org.springframework:spring-web on the class path\n");
            });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    url     | localhost:9093      | localhost:9093  | be the address of an Alertmanager, as in http://localhost:9093
                    url     | http://me:pw@h:port | http://***@h:port | be the address of an Alertmanager, as in http://localhost:9093
                    timeout | 0s                  | PT0S            | be longer than zero and at most PT1M
                    timeout | 61                  | PT1M1S          | be longer than zero and at most PT1M
                    retries | -1                  | -1              | be from 0 to 10
                    retries | 11                  | 11              | be from 0 to 10
                    timeout | soon                | soon            | be a duration with a unit
                    retries | few                 | few             | be a whole number
                    """)
    void startWhenPropertyIsWrongFails(String name, String value, String shown, String allowed) {
        this.told.withPropertyValues(PREFIX + name + "=" + value).run((context) -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = analyze(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains("Property: " + PREFIX + name + "\n",
                    "Value: \"" + shown + "\"\n", "Allowed: must " + allowed);
            assertThat(analysis.getAction()).contains(PREFIX + name);
        });
    }

    private static FailureAnalysis analyze(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
            .load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, cause) -> {
            }))
            .stream()
            .map((analyzer) -> analyzer.analyze(failure))
            .filter((analysis) -> analysis != null)
            .findFirst()
            .orElseThrow();
    }

}
