package io.threadsafemetrics.spring.autoconfigure.health;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.autoconfigure.ConditionalOnThreadSafeMetricsEnabled;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsAutoConfiguration;
import io.threadsafemetrics.spring.health.ThreadSafeMetricsHealthIndicator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configures the health contributor {@code threadsafemetrics}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ThreadSafeMetricsAutoConfiguration.class, before = HealthContributorAutoConfiguration.class)
@ConditionalOnThreadSafeMetricsEnabled
@ConditionalOnClass(Health.class)
@ConditionalOnSingleCandidate(ThreadSafeMetricsCollector.class)
@ConditionalOnEnabledHealthIndicator("threadsafemetrics")
@EnableConfigurationProperties(ThreadSafeMetricsHealthProperties.class)
public final class ThreadSafeMetricsHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = { "threadsafemetricsHealthIndicator", "threadsafemetricsHealthContributor" })
    ThreadSafeMetricsHealthIndicator threadsafemetricsHealthIndicator(ThreadSafeMetricsCollector collector,
            ThreadSafeMetricsHealthProperties properties) {
        return new ThreadSafeMetricsHealthIndicator(collector, statusOf(properties.firingStatus()));
    }

    /**
     * Returns the status of a code, which for Boot's own may be written as any property:
     * none where it is blank, as from an environment variable that is not set.
     */
    private static @Nullable Status statusOf(@Nullable String code) {
        if (code == null || code.isBlank()) {
            return null;
        }
        String uniform = code.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        return Stream.of(Status.UP, Status.DOWN, Status.OUT_OF_SERVICE, Status.UNKNOWN)
            .filter((status) -> Objects.equals(status.getCode(), uniform))
            .findFirst()
            .orElseGet(() -> new Status(code.strip()));
    }

}
