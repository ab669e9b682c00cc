package io.threadsafemetrics.spring.autoconfigure.alert;

import io.threadsafemetrics.AlertCallback;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.alert.LoggingAlertCallback;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsAutoConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** When alerts are logged. */
@ExtendWith(OutputCaptureExtension.class)
class ThreadSafeMetricsAlertLogAutoConfigurationTests {

    private static final String ENABLED = "threadsafe-metrics.alerts-log.enabled=";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withPropertyValues("threadsafe-metrics.metrics.orders.type=gauge", "threadsafe-metrics.alert-interval=0s",
                "threadsafe-metrics.alerts.many.metric=orders", "threadsafe-metrics.alerts.many.above=10")
        .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsAutoConfiguration.class,
                ThreadSafeMetricsAlertLogAutoConfiguration.class));

    @Test
    void alertIsLoggedByDefault(CapturedOutput output) {
        this.runner.run((context) -> {
            ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
            collector.collect("orders", 11);
            collector.evaluateAlerts();
            Awaitility.await()
                .untilAsserted(() -> assertThat(output).containsOnlyOnce(
                        "WARN io.threadsafemetrics.spring.alert.LoggingAlertCallback -- Alert 'many' FIRING:"
                                + " average of 'orders' over 5m is 11, threshold above 10"));
        });
        // the end of the context is no good news
        assertThat(output).doesNotContain("RESOLVED");
    }

    @Test
    void alertIsLoggedBesideTheUsersCallbacks() {
        this.runner.withBean(AlertCallback.class, () -> (event) -> {
        }).run((context) -> assertThat(context).hasSingleBean(LoggingAlertCallback.class));
    }

    @Test
    void alertIsLoggedBeforeTheUsersCallbacksAreTold() {
        this.runner.withBean("aFirst", AlertCallback.class, () -> (event) -> {
        })
            .run((context) -> assertThat(context.getBeanProvider(AlertCallback.class).orderedStream().findFirst())
                .containsInstanceOf(LoggingAlertCallback.class));
    }

    @Test
    void alertWhenDisabledIsNotLogged() {
        this.runner.withPropertyValues(ENABLED + "false")
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LoggingAlertCallback.class));
    }

    @Test
    void alertWhenStarterIsDisabledIsNotLogged() {
        this.runner.withPropertyValues("threadsafe-metrics.enabled=false")
            .withBean(ThreadSafeMetricsCollector.class, ThreadSafeMetricsCollector::create)
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LoggingAlertCallback.class));
    }

    @Test
    void callbackWhenUserHasOneBacksOff() {
        this.runner.withBean("own", LoggingAlertCallback.class)
            .run((context) -> assertThat(context).hasSingleBean(LoggingAlertCallback.class).hasBean("own"));
    }

    @Test
    void callbackWhenParentContextHasOneBacksOff() {
        this.runner.run((parent) -> this.runner.withParent(parent)
            .run((child) -> assertThat(child.getBean(LoggingAlertCallback.class))
                .isSameAs(parent.getBean(LoggingAlertCallback.class))));
    }

    @Test
    void startWhenEnabledIsNoBooleanFails() {
        this.runner.withPropertyValues(ENABLED + "perhaps").run((context) -> assertThat(context).hasFailed());
    }

}
