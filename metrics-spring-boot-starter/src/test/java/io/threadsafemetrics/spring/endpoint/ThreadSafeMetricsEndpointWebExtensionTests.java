package io.threadsafemetrics.spring.endpoint;

import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/** What needs no server. */
class ThreadSafeMetricsEndpointWebExtensionTests {

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .maxMetrics(1100)
        .cleanupInterval(Duration.ZERO)
        .build();

    @BeforeEach
    void registerMetric() {
        this.collector.registerMetric("m", MetricType.GAUGE);
    }

    @AfterEach
    void closeCollector() {
        this.collector.close();
    }

    private ThreadSafeMetricsEndpointWebExtension extension(Show show, String... roles) {
        return new ThreadSafeMetricsEndpointWebExtension(new ThreadSafeMetricsEndpoint(this.collector), show,
                Set.of(roles));
    }

    private @Nullable Map<String, Object> metadata(Show show, SecurityContext context, String... roles) {
        WebEndpointResponse<OperationResponseBody> response = extension(show, roles).view(context, "m", "values", null,
                null, null, null, null, null, null, null, null);
        return ((ValuesDescriptor) response.getBody()).values().get(0).metadata();
    }

    private static SecurityContext user(String... roles) {
        SecurityContext context = mock(SecurityContext.class);
        given(context.getPrincipal()).willReturn(mock(Principal.class));
        List.of(roles).forEach((role) -> given(context.isUserInRole(role)).willReturn(true));
        return context;
    }

    @Test
    void valuesWhenUserIsAuthorizedShowsMetadata() {
        this.collector.collect("m", 1, null, Map.of("secret", 1));
        assertThat(metadata(Show.NEVER, user("ADMIN"))).isNull();
        assertThat(metadata(Show.WHEN_AUTHORIZED, SecurityContext.NONE)).isNull();
        assertThat(metadata(Show.WHEN_AUTHORIZED, user())).containsEntry("secret", 1);
        assertThat(metadata(Show.WHEN_AUTHORIZED, user("USER"), "ADMIN")).isNull();
        assertThat(metadata(Show.WHEN_AUTHORIZED, user("ADMIN"), "ADMIN")).containsEntry("secret", 1);
        assertThat(metadata(Show.ALWAYS, SecurityContext.NONE)).containsEntry("secret", 1);
    }

    @Test
    void valuesWhenMetadataIsNotPlainShowsItsText() {
        UUID id = UUID.randomUUID();
        this.collector.collect("m", 1, null, Map.of("id", id, "type", MetricType.GAUGE, "took", Duration.ofSeconds(90),
                "ratio", Double.NaN, "ok", true, "n", 12L));
        assertThat(metadata(Show.ALWAYS, SecurityContext.NONE)).containsExactlyInAnyOrderEntriesOf(
                Map.of("id", id.toString(), "type", "GAUGE", "took", "PT1M30S", "ratio", "NaN", "ok", true, "n", 12L));
    }

    @Test
    void metricsWhenTooManyAreAskedRefuses() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i <= 1000; i++) {
            names.add("m" + i);
            this.collector.registerMetric("m" + i, MetricType.GAUGE);
        }
        ThreadSafeMetricsEndpointWebExtension extension = extension(Show.NEVER);
        assertThat(extension.metrics(names, null, null, null, null, null).getStatus()).isEqualTo(400);
        assertThat(extension.metrics(null, "60s", null, null, null, null).getStatus()).isEqualTo(400);
        assertThat(extension.metrics(names.subList(0, 1000), "60s", null, null, null, null).getStatus()).isEqualTo(200);
        assertThat(extension.metrics(null, null, null, null, null, null).getStatus()).isEqualTo(200);
    }

    @Test
    void metricWhenManySeriesAreGroupedShowsTheLimit() {
        for (int i = 0; i < 1000; i++) {
            this.collector.collect("m", i, Map.of("uri", "/" + i));
        }
        WebEndpointResponse<OperationResponseBody> response = extension(Show.NEVER).metric("m", null, null, null, null,
                null, "uri", null);
        assertThat(((GroupsDescriptor) response.getBody()).groups()).hasSize(20)
            .first()
            .extracting(GroupsDescriptor.Group::value)
            .isEqualTo("/999");
    }

    @Test
    void tagWhenContradictoryMatchesNoSeries() {
        this.collector.collect("m", 1, Map.of("k", "1"));
        this.collector.collect("m", 1, Map.of("k", "2"));
        Tags filter = TagFilter.parse(List.of("k:1", "k:2"));
        assertThat(this.collector.findMetric("m").orElseThrow().window(Duration.ofMinutes(1), filter).count()).isZero();
        assertThat(TagFilter.parse(List.of("k:1", "k:1"))).isEqualTo(Tags.of("k", "1"));
    }

}
