package io.threadsafemetrics.spring.autoconfigure.alert;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.threadsafemetrics.spring.alert.AlertmanagerSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Properties of the Alertmanager that is told of alerts.
 *
 * @param url Address of an Alertmanager that is told of alerts, as in a browser, such as
 * http://localhost:9093. User and password in it are sent by basic authentication. By
 * default none is told.
 * @param timeout How long it may take to connect, and how long to answer, longer than
 * zero and at most 1 minute. A number without a unit is in seconds.
 * @param retries How often a post that was not taken is tried again, from 0 to 10.
 * @since 0.1.0
 */
@ConfigurationProperties(AlertWebhookProperties.PREFIX)
public record AlertWebhookProperties(@Nullable String url,
        @DefaultValue("5s") @DurationUnit(ChronoUnit.SECONDS) Duration timeout, @DefaultValue("3") int retries) {

    static final String PREFIX = "threadsafe-metrics.alerts-webhook";

    @Override
    public String toString() {
        return "AlertWebhookProperties[" + ((this.url != null) ? AlertmanagerSettings.masked(this.url) : "") + "]";
    }

}
