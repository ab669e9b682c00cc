package io.threadsafemetrics.spring.alert;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.JsonWriter;
import org.springframework.core.NestedExceptionUtils;

/**
 * Posts alerts until they are taken, or were refused a few times. Threads: one at a time.
 */
final class AlertmanagerPosts {

    private static final Log logger = LogFactory.getLog(AlertmanagerWebhook.class);

    private static final JsonWriter<Object> JSON = JsonWriter.standard();

    final LongAdder sent = new LongAdder();

    final LongAdder failed = new LongAdder();

    private final OutgoingAlerts alerts;

    private final ThreadSafeMetricsCollector collector;

    private final AlertmanagerSettings settings;

    private final WebhookPace pace;

    private final AlertLabels labels;

    private boolean failing; // told in the log once

    AlertmanagerPosts(OutgoingAlerts alerts, ThreadSafeMetricsCollector collector, AlertmanagerSettings settings,
            WebhookPace pace) {
        this.alerts = alerts;
        this.collector = collector;
        this.settings = settings;
        this.pace = pace;
        this.labels = new AlertLabels(settings.labels());
    }

    /**
     * Posts what is new, or also all else that fires.
     */
    void post(AlertmanagerClient client, boolean all) throws InterruptedException {
        if (all) {
            update();
        }
        for (int failures = 1;; failures++) {
            List<AlertmanagerAlert> batch = all ? this.alerts.all() : this.alerts.news();
            if (batch.isEmpty()) {
                return;
            }
            Failure failure = attempt(client, batch);
            if (failure == null) {
                succeeded(batch);
                return;
            }
            if (failure.isFinal || failures > this.settings.retries()) {
                failed(batch, failure.reason);
                return;
            }
            Thread.sleep(this.pace.backoffAfter(failures).toMillis());
        }
    }

    private void update() {
        try {
            this.alerts.update(this.collector, Instant.now());
        }
        catch (RuntimeException ex) { // a user's clock: what was known is told again
            logger.debug("Could not ask what fires", ex);
        }
    }

    private @Nullable Failure attempt(AlertmanagerClient client, List<AlertmanagerAlert> batch)
            throws InterruptedException {
        try {
            AlertmanagerClient.Answer answer = client.post(toJson(batch));
            return answer.isTaken() ? null : new Failure(answer.toString(), answer.isFinal());
        }
        catch (RuntimeException ex) { // no answer, or a user's clock
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new Failure(reasonOf(ex), false);
        }
    }

    /**
     * The client's own words end in "null" where nobody listens or the host is unknown.
     */
    private static String reasonOf(RuntimeException failure) {
        String reason = String.valueOf((failure.getCause() != null) ? failure.getCause() : failure);
        String root = NestedExceptionUtils.getMostSpecificCause(failure).toString();
        return root.equals(reason) ? reason : reason + " (" + root + ")";
    }

    private String toJson(List<AlertmanagerAlert> batch) {
        Instant expiry = Instant.now().plus(this.pace.expiry());
        return JSON.writeToString(batch.stream()
            .map((alert) -> alert.toJson(this.labels.of(alert.rule()), expiry, this.collector))
            .toList());
    }

    private void succeeded(List<AlertmanagerAlert> batch) {
        this.alerts.taken(batch);
        this.sent.increment();
        if (this.failing) {
            this.failing = false;
            logger.info("The Alertmanager at " + this.settings.target() + " takes alerts again");
        }
    }

    private void failed(List<AlertmanagerAlert> batch, String reason) {
        this.alerts.refused(batch, Instant.now(), this.pace.expiry());
        this.failed.increment();
        if (!this.failing) {
            this.failing = true;
            logger.warn("The Alertmanager at " + this.settings.target()
                    + " does not take alerts (tried on, not logged again until it does): " + OneLine.of(reason));
        }
    }

    private record Failure(String reason, boolean isFinal) {

    }

}
