package io.threadsafemetrics.spring.absent;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** An application with all auto-configurations that the class path has. */
final class AbsentApplication {

    /** Of each optional dependency what the starter uses. */
    private static final List<String> OPTIONAL = List.of(
            "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
            "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint",
            "org.springframework.boot.health.contributor.Health",
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "io.micrometer.core.instrument.MeterRegistry", "io.micrometer.prometheusmetrics.PrometheusMeterRegistry",
            "io.prometheus.metrics.model.registry.PrometheusRegistry", "org.springframework.web.client.RestClient",
            "org.springframework.http.HttpHeaders", "jakarta.servlet.Filter", "reactor.core.publisher.Mono");

    private AbsentApplication() {
    }

    /** The simple names of the optional classes that the class path lacks. */
    static List<String> absentClasses() {
        return OPTIONAL.stream()
            .filter((name) -> !ClassUtils.isPresent(name, null))
            .map(ClassUtils::getShortName)
            .toList();
    }

    /**
     * Starts it, and shows that the collector works.
     * @param parts given the parts of the starter that have a bean: the last words of
     * their packages
     */
    static void run(Consumer<Set<String>> parts) {
        runner().run((context) -> {
            assertThat(context).hasNotFailed();
            ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
            collector.registerMetric("orders", MetricType.COUNTER);
            assertThat(collector.collect("orders", 2)).isTrue();
            assertThat(collector.getMetricValue("orders")).hasValue(2);
            parts.accept(parts(context));
        });
    }

    static ApplicationContextRunner runner() {
        return new ApplicationContextRunner().withUserConfiguration(Application.class);
    }

    private static Set<String> parts(ApplicationContext context) {
        Set<String> parts = new TreeSet<>();
        Arrays.stream(context.getBeanDefinitionNames())
            .map(context::getType)
            .filter((type) -> type != null && type != Application.class)
            .filter((type) -> type.getName().startsWith("io.threadsafemetrics.spring."))
            .forEach((type) -> parts.add(type.getPackageName().replaceAll(".*\\.", "")));
        return parts;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

    }

}
