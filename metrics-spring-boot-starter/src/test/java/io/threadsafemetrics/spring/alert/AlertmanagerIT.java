package io.threadsafemetrics.spring.alert;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.threadsafemetrics.AggregationType;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsAutoConfiguration;
import io.threadsafemetrics.spring.autoconfigure.alert.ThreadSafeMetricsAlertWebhookAutoConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** A real Alertmanager takes alerts, lists them, passes them on and ends them. */
class AlertmanagerIT {

    private static final String ODD = "größe \"q\" \\ {a=\"b\"}\n";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withPropertyValues("threadsafe-metrics.alert-interval=100ms", "spring.application.name=shop")
        .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsAutoConfiguration.class,
                ThreadSafeMetricsAlertWebhookAutoConfiguration.class));

    @Test
    void alertIsListedWhileItFiresPassedOnAndEnded(@TempDir Path directory) throws Exception {
        Optional<Path> command = AlertmanagerProcess.installed();
        Assumptions.assumeTrue(command.isPresent(),
                "Skipped: needs '" + AlertmanagerProcess.COMMAND + "' on the PATH (Debian's package of that name)");
        try (AlertReceiver people = new AlertReceiver();
                AlertmanagerProcess alertmanager = AlertmanagerProcess.start(command.orElseThrow(), directory,
                        people.url())) {
            this.runner.withPropertyValues("threadsafe-metrics.alerts-webhook.url=" + alertmanager.url())
                .run((context) -> {
                    assertAlertComesAndGoes(context.getBean(ThreadSafeMetricsCollector.class), alertmanager, people);
                    AlertmanagerWebhook webhook = context.getBean(AlertmanagerWebhook.class);
                    assertThat(webhook.sentPosts()).isEqualTo(2);
                    assertThat(webhook.failedPosts()).isZero();
                });
        }
    }

    private static void assertAlertComesAndGoes(ThreadSafeMetricsCollector collector, AlertmanagerProcess alertmanager,
            AlertReceiver people) {
        ThreadSafeMetric metric = collector.metric(MetricDefinition.timer("pay").build());
        collector.addAlertRule(AlertRule.builder("slow", "pay")
            .aggregation(AggregationType.MAX)
            .window(Duration.ofSeconds(3))
            .above(0.5)
            .tags(Tags.of("http.route", ODD, "empty", ""))
            .labels(Map.of("http-route", "/pay", "2xx", "no", "severity", "page"))
            .description(ODD)
            .build());
        metric.addValue(0.61, Tags.of("http.route", ODD));

        Awaitility.await().atMost(LIMIT).until(() -> alertmanager.alerts("slow").size() == 1);
        JsonNode alert = alertmanager.alerts("slow").get(0);
        assertThat(alert.at("/status/state").asString()).isEqualTo("active");
        assertThat(alert.at("/labels/severity").asString()).isEqualTo("page");
        assertThat(alert.at("/labels/http_route").asString()).isEqualTo("/pay");
        assertThat(alert.at("/labels/http_route_2").asString()).isEqualTo(ODD);
        assertThat(alert.at("/labels/_2xx").asString()).isEqualTo("no");
        assertThat(alert.at("/labels/application").asString()).isEqualTo("shop");
        assertThat(alert.at("/annotations/description").asString()).isEqualTo(ODD);
        assertThat(alert.at("/annotations/value").asString()).isEqualTo("0.61");
        assertThat(Instant.parse(alert.get("endsAt").asString())).isBetween(Instant.now().plusSeconds(200),
                Instant.now().plusSeconds(240));

        // the value leaves the window
        Awaitility.await().atMost(LIMIT).until(() -> alertmanager.alerts("slow").isEmpty());
        Awaitility.await().atMost(LIMIT).until(() -> people.posts().size() == 2);
        List<JsonNode> told = people.posts().stream().map(AlertReceiver.Post::alerts).toList();
        assertThat(told).extracting((message) -> message.get("status").asString())
            .containsExactly("firing", "resolved");
        assertThat(told.get(1).at("/alerts/0/labels")).isEqualTo(alert.get("labels"));
    }

}
