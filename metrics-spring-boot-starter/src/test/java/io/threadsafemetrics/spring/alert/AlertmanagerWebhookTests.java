package io.threadsafemetrics.spring.alert;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.threadsafemetrics.AggregationType;
import io.threadsafemetrics.AlertEvent;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.AlertState;
import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.MetricDefinition;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

/** What an Alertmanager is told, and that nothing it does harms anybody. */
@Timeout(60)
class AlertmanagerWebhookTests {

    private static final Duration NEVER = Duration.ofHours(1);

    private static final String URL = "/api/v2/alerts";

    private final AlertReceiver receiver = new AlertReceiver();

    private final ManualClock clock = new ManualClock(Instant.now().minusSeconds(3600));

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .clock(this.clock)
        .alertInterval(Duration.ZERO)
        .build();

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.timer("pay").build());

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private final Logger logger = (Logger) LoggerFactory.getLogger(AlertmanagerWebhook.class);

    private AlertmanagerWebhook webhook = webhook(NEVER);

    private AlertmanagerWebhook webhook(Duration repeat) {
        return webhook(this.receiver.url(), Duration.ofSeconds(30), 2, repeat);
    }

    private AlertmanagerWebhook webhook(String url, Duration timeout, int retries, Duration repeat) {
        return new AlertmanagerWebhook(this.collector,
                new AlertmanagerSettings(url, timeout, retries, () -> Map.of("application", "shop")),
                new WebhookPace(repeat, Duration.ofMillis(1)));
    }

    @BeforeEach
    void listen() {
        this.log.start();
        this.logger.addAppender(this.log);
        this.logger.setLevel(Level.INFO); // whatever an application left behind
    }

    @AfterEach
    void close() {
        this.logger.detachAppender(this.log);
        this.logger.setLevel(null);
        this.collector.close();
        this.webhook.stop();
        this.receiver.close();
    }

    private void use(AlertmanagerWebhook other) {
        this.webhook = other;
        start();
    }

    private void start() {
        this.collector.addAlertCallback(this.webhook);
        this.webhook.start();
    }

    private static AlertRule.Builder rule(String name) {
        return AlertRule.builder(name, "pay")
            .window(Duration.ofMillis(999))
            .aggregation(AggregationType.MAX)
            .above(0.5);
    }

    private void evaluateAfter(double value) {
        this.clock.advance(Duration.ofSeconds(1));
        this.metric.addValue(value, Tags.of("region", "eu"));
        this.collector.evaluateAlerts();
    }

    private JsonNode awaitAlert(int index) {
        await(() -> alerts().size() > index);
        return alerts().get(index);
    }

    private List<JsonNode> alerts() {
        return this.receiver.posts().stream().flatMap((post) -> post.alerts().valueStream()).toList();
    }

    private static Instant time(JsonNode alert, String name) {
        return Instant.parse(alert.get(name).asString());
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
    }

    private static void awaitNoThread() {
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                .doesNotContain("threadsafe-metrics-webhook"));
    }

    private static AlertEvent event(String rule, AlertState state) {
        return new AlertEvent(rule(rule).build(), state, 0.61, Instant.now(), Instant.now().minusSeconds(5), false);
    }

    @Test
    void firingIsPostedAsAlertmanagerHasIt() {
        this.collector.addAlertRule(rule("slow").percentile(99)
            .aggregation(AggregationType.PERCENTILE)
            .tags(Tags.of("region", "eu"))
            .description("Page the \"payments\" team: größe\n")
            .labels(Map.of("severity", "page"))
            .build());
        start();
        evaluateAfter(0.61);
        JsonNode alert = awaitAlert(0);
        AlertReceiver.Post post = this.receiver.posts().get(0);
        assertThat(post.request()).isEqualTo("POST " + URL);
        assertThat(post.contentType()).isEqualTo("application/json");
        assertThat(post.authorization()).isEqualTo("null");
        assertThat(post.alerts()).hasSize(1);
        assertThat(alert.propertyNames()).containsExactlyInAnyOrder("labels", "annotations", "startsAt", "endsAt");
        assertThat(alert.get("labels")).hasToString("{\"alertname\":\"slow\",\"severity\":\"page\",\"region\":\"eu\","
                + "\"metric\":\"pay\",\"application\":\"shop\"}");
        assertThat(alert.at("/annotations/summary").asString())
            .isEqualTo("p99 of 'pay' {region=eu} over 0.999s is 610 ms, threshold above 500 ms");
        assertThat(alert.at("/annotations/description").asString()).isEqualTo("Page the \"payments\" team: größe\n");
        assertThat(alert.at("/annotations/value").asString()).isEqualTo("0.61");
        assertThat(alert.at("/annotations/threshold").asString()).isEqualTo("0.5");
        assertThat(alert.at("/annotations/window").asString()).isEqualTo("0.999s");
        assertThat(time(alert, "startsAt")).isEqualTo(this.collector.getActiveAlerts().get(0).since());
        assertThat(time(alert, "endsAt")).isCloseTo(Instant.now().plus(NEVER.multipliedBy(4)),
                within(30, ChronoUnit.SECONDS));
    }

    @Test
    void resolvedIsPostedWithTheSameLabelsAndEndsNow() {
        this.collector.addAlertRule(rule("slow").labels(Map.of("a.b", "1", "a_b", "2")).build());
        start();
        evaluateAfter(0.61);
        JsonNode firing = awaitAlert(0);
        evaluateAfter(0.3);
        JsonNode resolved = awaitAlert(1);
        assertThat(resolved.get("labels")).isEqualTo(firing.get("labels"));
        assertThat(resolved.get("startsAt")).isEqualTo(firing.get("startsAt"));
        assertThat(resolved.at("/annotations/value").asString()).isEqualTo("0.3");
        assertThat(time(resolved, "endsAt")).isCloseTo(Instant.now(), within(30, ChronoUnit.SECONDS));
        awaitNoThread();
        assertThat(this.webhook.sentPosts()).isEqualTo(2);
        assertThat(this.webhook.failedPosts()).isZero();
    }

    @Test
    void alertNeverEndsBeforeItStarts() {
        this.clock.advance(Duration.ofDays(1)); // a wall clock that is fast
        this.collector.addAlertRule(rule("slow").build());
        start();
        evaluateAfter(0.61);
        evaluateAfter(0.3);
        JsonNode resolved = awaitAlert(1);
        assertThat(resolved.get("startsAt")).isEqualTo(resolved.get("endsAt"));
    }

    @Test
    void firingIsPostedAgainWithItsNewestValueUntilItIsResolved() {
        this.collector.addAlertRule(rule("slow").build());
        use(webhook(Duration.ofMillis(50)));
        evaluateAfter(0.61);
        awaitAlert(0);
        evaluateAfter(0.75);
        await(() -> alerts().stream().anyMatch((alert) -> alert.at("/annotations/value").asString().equals("0.75")));
        assertThat(alerts()).extracting((alert) -> alert.get("startsAt").asString())
            .containsOnly(this.collector.getActiveAlerts().get(0).since().toString());
        evaluateAfter(0.3);
        awaitNoThread();
        JsonNode last = alerts().get(alerts().size() - 1);
        assertThat(time(last, "endsAt")).isBeforeOrEqualTo(Instant.now());
        assertThat(alerts().get(0).get("endsAt").asString()).isLessThan(alerts().get(1).get("endsAt").asString());
    }

    @Test
    void ruleThatNoLongerFiresIsEndedEvenIfItsEventIsLost() {
        this.collector.addAlertRule(rule("slow").build());
        use(webhook(Duration.ofMillis(50)));
        evaluateAfter(0.61);
        awaitAlert(0);
        this.collector.removeAlertCallback(this.webhook); // so that no event tells it
        this.collector.removeAlertRule("slow");
        awaitNoThread();
        JsonNode last = alerts().get(alerts().size() - 1);
        assertThat(time(last, "endsAt")).isBeforeOrEqualTo(Instant.now());
        assertThat(last.get("labels")).isEqualTo(alerts().get(0).get("labels"));
    }

    @Test
    void eventsArePostedInOrder() throws Exception {
        this.receiver.answers(503, "");
        use(webhook(this.receiver.url(), Duration.ofSeconds(30), 0, NEVER));
        for (int i = 0; i < 3; i++) {
            this.webhook.onAlert(event("slow", AlertState.FIRING));
            this.webhook.onAlert(event("slow", AlertState.RESOLVED));
        }
        await(() -> this.webhook.failedPosts() > 0);
        this.webhook.stop();
        this.receiver.answers(200, "");
        int before = alerts().size();
        this.webhook.onAlert(event("slow", AlertState.FIRING));
        this.webhook.start();
        await(() -> this.webhook.sentPosts() == 1);
        List<JsonNode> told = alerts().subList(before, alerts().size());
        assertThat(time(told.get(told.size() - 1), "endsAt")).isAfter(Instant.now());
        assertThat(told.subList(0, told.size() - 1))
            .allSatisfy((alert) -> assertThat(time(alert, "endsAt")).isBeforeOrEqualTo(Instant.now()))
            .hasSizeBetween(1, 3);
    }

    @Test
    void userInformationIsSentAsBasicAuthenticationAndNotLogged() {
        this.receiver.answers(401, "who are you?");
        use(webhook("http://me:s%3Acret@" + this.receiver.authority(), Duration.ofSeconds(30), 2, NEVER));
        this.webhook.onAlert(event("slow", AlertState.FIRING));
        await(() -> this.webhook.failedPosts() == 1);
        assertThat(this.receiver.posts()).hasSize(1); // no other attempt is of use
        assertThat(this.receiver.posts().get(0).authorization())
            .isEqualTo("Basic " + Base64.getEncoder().encodeToString("me:s:cret".getBytes(StandardCharsets.UTF_8)));
        assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
            .containsExactly("The Alertmanager at " + this.receiver.url() + URL + " does not take alerts (tried on,"
                    + " not logged again until it does): it answered 401 who are you?");
    }

    @ParameterizedTest
    @ValueSource(ints = { 500, 502, 503, 429, 408 })
    void postThatFailsForNowIsTriedAgain(int status) {
        this.receiver.answers(status, "later\nor never");
        start();
        this.webhook.onAlert(event("slow", AlertState.FIRING));
        await(() -> this.webhook.failedPosts() == 1);
        assertThat(this.receiver.posts()).hasSize(3);
        assertThat(this.webhook.sentPosts()).isZero();
        assertThat(this.log.list.get(0).getFormattedMessage()).endsWith("answered " + status + " later\\u000aor never");
    }

    @ParameterizedTest
    @ValueSource(ints = { 400, 401, 404, 413, 302 })
    void postThatFailsForGoodIsNotTriedAgain(int status) {
        this.receiver.answers(status, "");
        start();
        this.webhook.onAlert(event("slow", AlertState.FIRING));
        await(() -> this.webhook.failedPosts() == 1);
        assertThat(this.receiver.posts()).hasSize(1);
    }

    @Test
    void redirectIsNotFollowedSinceItWouldSendAlertsElsewhere() {
        try (AlertReceiver other = new AlertReceiver()) {
            this.receiver.redirectsTo(other.url());
            start();
            this.webhook.onAlert(event("slow", AlertState.FIRING));
            await(() -> this.webhook.failedPosts() == 1);
            assertThat(other.posts()).isEmpty();
        }
    }

    @Test
    void failureIsLoggedOnceAndItsEndToo() {
        this.receiver.answers(503, "");
        use(webhook(Duration.ofMillis(50)));
        this.collector.addAlertRule(rule("slow").build());
        evaluateAfter(0.61);
        await(() -> this.webhook.failedPosts() >= 3);
        this.receiver.answers(200, "");
        await(() -> this.webhook.sentPosts() >= 2);
        assertThat(this.log.list).extracting((event) -> event.getLevel().toString()).containsExactly("WARN", "INFO");
    }

    @Test
    void receiverThatIsNotThereCostsACounter() {
        this.receiver.close();
        start();
        this.webhook.onAlert(event("slow", AlertState.FIRING));
        await(() -> this.webhook.failedPosts() == 1);
        assertThat(this.log.list).singleElement()
            .extracting(ILoggingEvent::getFormattedMessage, STRING)
            .contains("java.net.ConnectException (")
            .doesNotContain("null");
    }

    @Test
    void receiverThatHangsDelaysNoOtherCallback() throws Exception {
        this.receiver.hangs();
        this.collector.addAlertRule(rule("slow").build());
        start();
        CountDownLatch told = new CountDownLatch(20);
        this.collector.addAlertCallback((event) -> told.countDown());
        for (int i = 0; i < 10; i++) {
            evaluateAfter(0.61);
            evaluateAfter(0.3);
        }
        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(this.webhook.sentPosts() + this.webhook.failedPosts()).isZero();
        assertThat(this.collector.getSystemStatistics().failedCallbacks()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void receiverThatNeverEndsItsAnswerIsGivenUp(boolean drips) {
        if (drips) {
            this.receiver.drips();
        }
        else {
            this.receiver.hangs();
        }
        use(webhook(this.receiver.url(), Duration.ofMillis(300), 1, NEVER));
        this.webhook.onAlert(event("slow", AlertState.RESOLVED));
        await(() -> this.webhook.failedPosts() + this.webhook.sentPosts() == 1);
    }

    @Test
    void eventThatFindsNoRoomIsCounted() {
        for (int i = 0; i < OutgoingAlerts.CAPACITY; i++) {
            this.webhook.onAlert(event("rule" + i, AlertState.FIRING));
        }
        assertThatIllegalStateException().isThrownBy(() -> this.webhook.onAlert(event("more", AlertState.FIRING)))
            .withMessage("1000 alerts wait for the Alertmanager");
        assertThat(this.webhook.droppedEvents()).isEqualTo(1);
        this.webhook.start();
        awaitAlert(OutgoingAlerts.CAPACITY - 1);
        assertThat(this.receiver.posts()).hasSize(1);
    }

    @Test
    void stopWhilePostIsUnderWayEndsTheThreadAtOnce() {
        this.receiver.hangs();
        start();
        this.webhook.onAlert(event("slow", AlertState.FIRING));
        await(() -> !this.receiver.posts().isEmpty());
        this.webhook.stop();
        awaitNoThread();
        assertThat(this.webhook.isRunning()).isFalse();
        assertThat(this.log.list).isEmpty();
    }

    @Test
    void eventBeforeTheStartWaitsForIt() {
        this.webhook.onAlert(event("slow", AlertState.FIRING));
        awaitNoThread();
        assertThat(this.receiver.posts()).isEmpty();
        this.webhook.start();
        awaitAlert(0);
    }

    @Test
    void whatFiresWhenStoppedIsLeftToRunOutAndToldAgainAfterTheNextStart() {
        this.collector.addAlertRule(rule("slow").build());
        use(webhook(Duration.ofMillis(50)));
        evaluateAfter(0.61);
        awaitAlert(0);
        this.webhook.stop();
        int before = alerts().size();
        assertThat(alerts()).allSatisfy((alert) -> assertThat(time(alert, "endsAt")).isAfter(time(alert, "startsAt")));
        this.webhook.start();
        awaitAlert(before);
    }

}
