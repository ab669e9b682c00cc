package io.threadsafemetrics.spring.autoconfigure.endpoint;

import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.autoconfigure.ConditionalOnThreadSafeMetricsEnabled;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsAutoConfiguration;
import io.threadsafemetrics.spring.endpoint.MetricsPage;
import io.threadsafemetrics.spring.endpoint.MetricsPageWebExtension;
import io.threadsafemetrics.spring.endpoint.ThreadSafeMetricsEndpoint;
import io.threadsafemetrics.spring.endpoint.ThreadSafeMetricsEndpointJmxExtension;
import io.threadsafemetrics.spring.endpoint.ThreadSafeMetricsEndpointWebExtension;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * Auto-configuration of the endpoint {@code threadsafemetrics} over HTTP and JMX.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ThreadSafeMetricsAutoConfiguration.class)
@ConditionalOnThreadSafeMetricsEnabled
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(ThreadSafeMetricsEndpoint.class)
@ConditionalOnSingleCandidate(ThreadSafeMetricsCollector.class)
@EnableConfigurationProperties({ ThreadSafeMetricsEndpointProperties.class, MetricsPageProperties.class })
@ImportRuntimeHints(EndpointRuntimeHints.class)
public final class ThreadSafeMetricsEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ThreadSafeMetricsEndpoint threadSafeMetricsEndpoint(ThreadSafeMetricsCollector collector,
            ObjectProvider<EndpointAccessResolver> resolver) {
        EndpointAccessResolver access = resolver.getIfAvailable();
        return new ThreadSafeMetricsEndpoint(collector, (access != null)
                ? access.accessFor(EndpointId.of("threadsafemetrics"), Access.READ_ONLY) : Access.READ_ONLY);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(endpoint = ThreadSafeMetricsEndpoint.class, exposure = EndpointExposure.WEB)
    @ConditionalOnThreadSafeMetricsEnabled("page")
    @ImportRuntimeHints(MetricsPage.Hints.class)
    MetricsPage threadSafeMetricsPage() {
        return MetricsPage.load();
    }

    @Bean
    @ConditionalOnMissingBean(ThreadSafeMetricsEndpointWebExtension.class)
    @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
    @ConditionalOnThreadSafeMetricsEnabled("page")
    MetricsPageWebExtension threadSafeMetricsPageWebExtension(ThreadSafeMetricsEndpoint endpoint,
            ThreadSafeMetricsEndpointProperties properties, MetricsPage page) {
        return new MetricsPageWebExtension(endpoint, properties.showMetadata(), properties.roles(), page);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
    ThreadSafeMetricsEndpointWebExtension threadSafeMetricsEndpointWebExtension(ThreadSafeMetricsEndpoint endpoint,
            ThreadSafeMetricsEndpointProperties properties) {
        return new ThreadSafeMetricsEndpointWebExtension(endpoint, properties.showMetadata(), properties.roles());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.JMX)
    ThreadSafeMetricsEndpointJmxExtension threadSafeMetricsEndpointJmxExtension(ThreadSafeMetricsEndpoint endpoint,
            ThreadSafeMetricsEndpointProperties properties) {
        return new ThreadSafeMetricsEndpointJmxExtension(endpoint, properties.showMetadata());
    }

}
