package io.threadsafemetrics.spring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.threadsafemetrics.AggregationType;
import io.threadsafemetrics.AlertCallback;
import io.threadsafemetrics.AlertState;
import io.threadsafemetrics.GlobalMetrics;
import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.MetricsListener;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import jakarta.annotation.PostConstruct;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ties the collector to the context, and what is left when the context is closed.
 */
class CollectorLifecycleTests {

    private static final String[] RULE = { "threadsafe-metrics.metrics.orders.type=counter",
            "threadsafe-metrics.alerts.many.metric=orders", "threadsafe-metrics.alerts.many.aggregation=sum",
            "threadsafe-metrics.alerts.many.above=10" };

    private final ManualClock clock = new ManualClock();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsAutoConfiguration.class))
        .withBean(ThreadSafeMetricsCollectorCustomizer.class, () -> (builder) -> builder.clock(this.clock));

    @AfterEach
    void resetGlobal() {
        GlobalMetrics.reset();
    }

    @Test
    void globalMetricsWhileContextLivesIsItsCollector() {
        ThreadSafeMetricsCollector before = GlobalMetrics.get();
        this.runner.run((context) -> assertThat(GlobalMetrics.get())
            .isSameAs(context.getBean(ThreadSafeMetricsCollector.class)));
        assertThat(GlobalMetrics.get()).isSameAs(before);
    }

    @Test
    void globalMetricsWhenBeansAreCreatedIsAlreadyTheCollector() {
        this.runner.withUserConfiguration(RecordsAtStart.class)
            .withPropertyValues("threadsafe-metrics.metrics.orders.type=counter",
                    "spring.main.lazy-initialization=true")
            .run((context) -> {
                context.getBean(RecordsAtStart.class);
                assertThat(context.getBean(ThreadSafeMetricsCollector.class).getMetricValue("orders")).hasValue(5);
            });
    }

    @Test
    void globalMetricsWhenStartFailsIsRestored() {
        ThreadSafeMetricsCollector before = GlobalMetrics.get();
        this.runner.withPropertyValues(RULE).withUserConfiguration(FailsAtStart.class).run((context) -> {
            assertThat(context).hasFailed();
            assertThat(GlobalMetrics.get()).isSameAs(before);
            CollectorThreads.awaitNone();
        });
    }

    @Test
    void globalMetricsWhenChildContextHasItsOwnCollectorIsTheChildsUntilItCloses() {
        this.runner.run((parent) -> {
            this.runner.withParent(parent)
                .withBean("own", ThreadSafeMetricsCollector.class, ThreadSafeMetricsCollector::create,
                        (definition) -> definition.setPrimary(true))
                .run((child) -> assertThat(GlobalMetrics.get()).isSameAs(child.getBean("own")));
            assertThat(GlobalMetrics.get()).isSameAs(parent.getBean(ThreadSafeMetricsCollector.class));
        });
    }

    @Test
    void childContextWhenClosedLeavesRulesAndCallbacksOfTheParent() {
        this.runner.withUserConfiguration(Callbacks.class).withPropertyValues(RULE).run((parent) -> {
            ThreadSafeMetricsCollector collector = parent.getBean(ThreadSafeMetricsCollector.class);
            this.runner.withParent(parent)
                .withPropertyValues(RULE)
                .withBean("childs", AlertCallback.class,
                        () -> (event) -> parent.getBean(Callbacks.class).calls.add("childs"))
                .run((child) -> {
                    assertThat(child.getBean(ThreadSafeMetricsCollector.class)).isSameAs(collector);
                    breach(collector);
                    awaitCalls(parent.getBean(Callbacks.class), "first", "last", "event FIRING", "childs");
                });
            assertThat(GlobalMetrics.get()).isSameAs(collector);
            parent.getBean(Callbacks.class).calls.clear();
            this.clock.advance(Duration.ofMinutes(6));
            assertThat(collector.evaluateAlerts()).hasSize(1);
            awaitCalls(parent.getBean(Callbacks.class), "first", "last", "event RESOLVED");
        });
    }

    @Test
    void alertWhenRaisedCallsTheBeansInOrderAndIsPublished() {
        this.runner.withUserConfiguration(Callbacks.class).withPropertyValues(RULE).run((context) -> {
            breach(context.getBean(ThreadSafeMetricsCollector.class));
            Callbacks callbacks = context.getBean(Callbacks.class);
            awaitCalls(callbacks, "first", "last", "event FIRING");
            MetricAlertEvent event = callbacks.events.get(0);
            assertThat(event.getSource()).isSameAs(context.getBean(ThreadSafeMetricsCollector.class));
            assertThat(event.getAlertEvent().state()).isEqualTo(AlertState.FIRING);
            assertThat(event.getAlertEvent().rule().name()).isEqualTo("many");
            assertThat(event.getAlertEvent().value()).isEqualTo(11);
        });
    }

    @Test
    void alertWhenContextClosesIsNoLongerToldAndNotResolved() {
        List<AlertState> told = new CopyOnWriteArrayList<>();
        this.runner.withBean(AlertCallback.class, () -> (event) -> told.add(event.state()))
            .withPropertyValues(RULE)
            .withUserConfiguration(ClosesSlowly.class)
            .run((context) -> {
                breach(context.getBean(ThreadSafeMetricsCollector.class));
                Awaitility.await().until(() -> told.size() == 1);
            });
        CollectorThreads.awaitNone();
        assertThat(told).containsExactly(AlertState.FIRING);
    }

    @Test
    void listenerThatThrowsIsCountedAndHarmsNoCallback() {
        this.runner.withUserConfiguration(Callbacks.class, ThrowingListener.class)
            .withPropertyValues(RULE)
            .run((context) -> {
                ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
                breach(collector);
                this.clock.advance(Duration.ofMinutes(6));
                collector.evaluateAlerts();
                Awaitility.await().until(() -> collector.getSystemStatistics().failedCallbacks() == 2);
                assertThat(context.getBean(Callbacks.class).calls).containsExactly("first", "last", "first", "last");
            });
    }

    @Test
    void listenerThatIsAsyncIsToldOnAThreadOfTheApplication() {
        this.runner.withUserConfiguration(AsyncListener.class).withPropertyValues(RULE).run((context) -> {
            breach(context.getBean(ThreadSafeMetricsCollector.class));
            AsyncListener listener = context.getBean(AsyncListener.class);
            Awaitility.await().untilAsserted(() -> assertThat(listener.threads()).containsExactly("application-1"));
        });
    }

    @Test
    void callbackBeanThatIsLazyAndAsksForTheCollectorIsTold() {
        this.runner.withUserConfiguration(LazyCallback.class)
            .withPropertyValues(RULE)
            .withPropertyValues("spring.main.lazy-initialization=true")
            .run((context) -> {
                ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
                breach(collector);
                Awaitility.await().until(() -> collector.getMetricValue("orders", AggregationType.SUM).orElse(0) == 12);
            });
    }

    @Test
    void listenerBeanWhenSeriesIsAddedIsTold() {
        List<String> told = new CopyOnWriteArrayList<>();
        this.runner.withBean(MetricsListener.class, () -> new NotingListener(told))
            .withPropertyValues("threadsafe-metrics.metrics.orders.type=counter")
            .run((context) -> {
                context.getBean(ThreadSafeMetricsCollector.class).collect("orders", 1);
                assertThat(told).containsExactly("orders");
            });
    }

    @Test
    void usersCollectorWhenContextIsClosedHasNothingOfItsLeft() {
        List<String> told = new CopyOnWriteArrayList<>();
        ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder().clock(this.clock).build();
        AlertCallback callback = (event) -> {
        };
        NotingListener listener = new NotingListener(told);
        this.runner
            .withBean(ThreadSafeMetricsCollector.class, () -> collector,
                    (definition) -> ((org.springframework.beans.factory.support.AbstractBeanDefinition) definition)
                        .setDestroyMethodName(""))
            .withBean(AlertCallback.class, () -> callback)
            .withBean(MetricsListener.class, () -> listener)
            .withPropertyValues(RULE)
            .run((context) -> assertThat(context).hasNotFailed());
        assertThat(collector.removeAlertCallback(callback)).isFalse();
        assertThat(collector.removeListener(listener)).isFalse();
        assertThat(collector.removeAlertRule("many")).isFalse();
        collector.close();
    }

    @Test
    void contextWhenClosedAndReopenedLeavesNoThreadAndNoGlobal() {
        ThreadSafeMetricsCollector before = GlobalMetrics.get();
        for (int i = 0; i < 3; i++) {
            this.runner.withUserConfiguration(Callbacks.class).withPropertyValues(RULE).run((context) -> {
                ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
                breach(collector);
                awaitCalls(context.getBean(Callbacks.class), "first", "last", "event FIRING");
                assertThat(CollectorThreads.live()).contains("threadsafe-metrics-scheduler");
            });
            CollectorThreads.awaitNone();
            assertThat(GlobalMetrics.get()).isSameAs(before);
        }
    }

    @Test
    void collectorWhenContextIsClosedIsClosed() {
        ThreadSafeMetricsCollector[] collector = new ThreadSafeMetricsCollector[1];
        this.runner.withPropertyValues(RULE).run((context) -> {
            collector[0] = context.getBean(ThreadSafeMetricsCollector.class);
            assertThat(collector[0].collect("orders", 1)).isTrue();
        });
        assertThat(collector[0].collect("orders", 1)).isFalse();
    }

    private static void breach(ThreadSafeMetricsCollector collector) {
        collector.collect("orders", 11);
        assertThat(collector.evaluateAlerts()).hasSize(1);
    }

    private static void awaitCalls(Callbacks callbacks, String... calls) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(callbacks.calls).containsExactly(calls));
    }

    @Configuration(proxyBeanMethods = false)
    static class Callbacks {

        final List<String> calls = new CopyOnWriteArrayList<>();

        final List<MetricAlertEvent> events = new CopyOnWriteArrayList<>();

        @Bean
        @Order(2)
        AlertCallback last() {
            return (event) -> this.calls.add("last");
        }

        @Bean
        @Order(1)
        AlertCallback first() {
            return (event) -> this.calls.add("first");
        }

        @EventListener
        void onAlert(MetricAlertEvent event) {
            this.events.add(event);
            this.calls.add("event " + event.getAlertEvent().state());
        }

    }

    /** Is destroyed while a rule fires, and changes that. */
    @Configuration(proxyBeanMethods = false)
    static class ClosesSlowly {

        @Bean
        DisposableBean resolves(ThreadSafeMetricsCollector collector) {
            return () -> {
                collector.resetAllMetrics();
                assertThat(collector.evaluateAlerts()).hasSize(1);
            };
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class ThrowingListener {

        @EventListener
        @Order(Ordered.HIGHEST_PRECEDENCE)
        void onAlert(MetricAlertEvent event) {
            throw new IllegalStateException("on purpose");
        }

    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class AsyncListener {

        final List<String> threads = new CopyOnWriteArrayList<>();

        @Async
        @EventListener
        public void onAlert(MetricAlertEvent event) {
            this.threads.add(Thread.currentThread().getName());
        }

        List<String> threads() {
            return this.threads;
        }

        @Bean
        static SimpleAsyncTaskExecutor taskExecutor() {
            return new SimpleAsyncTaskExecutor("application-");
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class LazyCallback {

        @Bean
        @Lazy
        AlertCallback callback(ThreadSafeMetricsCollector collector) {
            return (event) -> collector.collect("orders", 1);
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class RecordsAtStart {

        @PostConstruct
        void record() {
            assertThat(GlobalMetrics.collect("orders", 5)).isTrue();
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class FailsAtStart {

        FailsAtStart() {
            assertThat(GlobalMetrics.get().findMetric("orders")).isPresent();
        }

        @Bean
        AlertCallback fails() {
            throw new IllegalStateException("on purpose");
        }

    }

    private record NotingListener(List<String> told) implements MetricsListener {

        @Override
        public void seriesAdded(ThreadSafeMetric metric, MetricSeries series) {
            this.told.add(metric.name());
        }

    }

}
