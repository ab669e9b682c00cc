package io.threadsafemetrics.spring.absent;

import java.util.Collections;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

/**
 * Run by the Surefire execution {@code without-web}, whose class path lacks Spring's web
 * modules, and with them its HTTP client.
 */
class WithoutWebTests {

    @Test
    void nothingElseIsAbsent() {
        assertThat(AbsentApplication.absentClasses()).containsExactly("RestClient", "HttpHeaders", "Filter", "Mono");
    }

    @Test
    void applicationStartsWithAllElse() {
        AbsentApplication.run((parts) -> assertThat(parts).contains("alert", "autoconfigure", "health", "micrometer"));
    }

    @Test
    void endpointAnswersOverJmx() {
        AbsentApplication.runner()
            .withPropertyValues("spring.jmx.enabled=true",
                    "management.endpoints.jmx.exposure.include=threadsafemetrics")
            .run((context) -> {
                ThreadSafeMetricsCollector collector = context.getBean(ThreadSafeMetricsCollector.class);
                collector.registerMetric("orders", MetricType.COUNTER);
                collector.collect("orders", 2);
                Object answer = context.getBean(MBeanServer.class)
                    .invoke(new ObjectName("org.springframework.boot:type=Endpoint,name=Threadsafemetrics"), "metric",
                            new Object[] { "orders", "60s", null, null, null },
                            Collections.nCopies(5, String.class.getName()).toArray(String[]::new));
                assertThat(answer).asInstanceOf(MAP).extractingByKey("window", MAP).containsEntry("sum", 2.0);
            });
    }

    @Test
    void startWhenAlertsAreToBePostedFails() {
        AbsentApplication.runner()
            .withPropertyValues("threadsafe-metrics.alerts-webhook.url=http://localhost:9093")
            .run((context) -> {
                assertThat(context).hasFailed();
                assertThat(context.getStartupFailure()).rootCause()
                    .hasMessage("'threadsafe-metrics.alerts-webhook.url' must not be set without"
                            + " org.springframework:spring-web on the class path but was 'http://localhost:9093'");
            });
    }

}
