package io.threadsafemetrics.spring.autoconfigure.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.endpoint.ThreadSafeMetricsEndpoint;
import io.threadsafemetrics.spring.endpoint.ThreadSafeMetricsEndpointJmxExtension;
import io.threadsafemetrics.spring.endpoint.ThreadSafeMetricsEndpointWebExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class ThreadSafeMetricsEndpointAutoConfigurationTests {

    private static final String EXPOSED = "management.endpoints.web.exposure.include=threadsafemetrics";

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ThreadSafeMetricsEndpointAutoConfiguration.class));

    private final WebApplicationContextRunner withCollector = this.runner.withBean(ThreadSafeMetricsCollector.class,
            ThreadSafeMetricsCollector::create);

    @Test
    void endpointWhenExposedIsThere() {
        this.withCollector.withPropertyValues(EXPOSED)
            .run((context) -> assertThat(context).hasSingleBean(ThreadSafeMetricsEndpoint.class)
                .hasSingleBean(ThreadSafeMetricsEndpointWebExtension.class)
                .doesNotHaveBean(ThreadSafeMetricsEndpointJmxExtension.class));
    }

    @Test
    void endpointWhenExposedOverJmxIsThere() {
        this.withCollector
            .withPropertyValues("spring.jmx.enabled=true",
                    "management.endpoints.jmx.exposure.include=threadsafemetrics")
            .run((context) -> assertThat(context).hasSingleBean(ThreadSafeMetricsEndpointJmxExtension.class)
                .doesNotHaveBean(ThreadSafeMetricsEndpointWebExtension.class));
    }

    @Test
    void endpointWhenNotExposedIsAbsent() {
        this.withCollector.run((context) -> assertThat(context).doesNotHaveBean(ThreadSafeMetricsEndpoint.class)
            .doesNotHaveBean(ThreadSafeMetricsEndpointWebExtension.class));
    }

    @Test
    void endpointWhenAccessIsNoneIsAbsent() {
        this.withCollector.withPropertyValues(EXPOSED, "management.endpoint.threadsafemetrics.access=NONE")
            .run((context) -> assertThat(context).doesNotHaveBean(ThreadSafeMetricsEndpoint.class));
    }

    @Test
    void endpointWhenStarterIsSwitchedOffIsAbsent() {
        this.withCollector.withPropertyValues(EXPOSED, "threadsafe-metrics.enabled=false")
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ThreadSafeMetricsEndpoint.class));
    }

    @Test
    void endpointWhenThereIsNoCollectorIsAbsent() {
        this.runner.withPropertyValues(EXPOSED)
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ThreadSafeMetricsEndpoint.class));
    }

    @Test
    void endpointWhenTheUserHasOneBacksOff() {
        ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.create();
        ThreadSafeMetricsEndpoint endpoint = new ThreadSafeMetricsEndpoint(collector);
        ThreadSafeMetricsEndpointWebExtension extension = new ThreadSafeMetricsEndpointWebExtension(endpoint,
                Show.ALWAYS, Set.of());
        this.withCollector.withPropertyValues(EXPOSED)
            .withBean("own", ThreadSafeMetricsEndpoint.class, () -> endpoint)
            .withBean("ownExtension", ThreadSafeMetricsEndpointWebExtension.class, () -> extension)
            .run((context) -> {
                assertThat(context).getBean(ThreadSafeMetricsEndpoint.class).isSameAs(endpoint);
                assertThat(context).getBean(ThreadSafeMetricsEndpointWebExtension.class).isSameAs(extension);
            });
        collector.close();
    }

    @Test
    void showMetadataWhenWrongStopsTheStart() {
        this.withCollector.withPropertyValues(EXPOSED, "management.endpoint.threadsafemetrics.show-metadata=sometimes")
            .run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("sometimes"));
    }

    @Test
    void propertiesAreBound() {
        this.withCollector
            .withPropertyValues(EXPOSED, "management.endpoint.threadsafemetrics.show-metadata=when-authorized",
                    "management.endpoint.threadsafemetrics.roles=admin,ops")
            .run((context) -> assertThat(context.getBean(ThreadSafeMetricsEndpointProperties.class))
                .isEqualTo(new ThreadSafeMetricsEndpointProperties(Show.WHEN_AUTHORIZED, Set.of("admin", "ops"))));
    }

    @Test
    void autoConfigurationIsListed() {
        assertThat(ImportCandidates.load(org.springframework.boot.autoconfigure.AutoConfiguration.class,
                getClass().getClassLoader()))
            .contains(ThreadSafeMetricsEndpointAutoConfiguration.class.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = { "access", "show-metadata", "roles" })
    void propertyHasADescription(String property) throws IOException {
        try (InputStream metadata = ThreadSafeMetricsEndpoint.class
            .getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            assertThat(JsonMapper.shared().readTree(metadata).get("properties")).filteredOn(
                    (entry) -> entry.get("name").asString().equals("management.endpoint.threadsafemetrics." + property))
                .singleElement()
                .extracting((entry) -> entry.get("description"))
                .satisfies((description) -> assertThat(description.asString()).isNotBlank());
        }
    }

}
