package io.threadsafemetrics.spring.autoconfigure.endpoint;

import java.util.EnumSet;
import java.util.List;

import io.threadsafemetrics.spring.autoconfigure.ConditionalOnThreadSafeMetricsEnabled;
import io.threadsafemetrics.spring.endpoint.EndpointFilter;
import io.threadsafemetrics.spring.endpoint.EndpointGuard;
import io.threadsafemetrics.spring.endpoint.EndpointWebFilter;
import io.threadsafemetrics.spring.endpoint.MetricsPage;
import io.threadsafemetrics.spring.endpoint.ThreadSafeMetricsEndpoint;
import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.CorsEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jersey.autoconfigure.JerseyApplicationPath;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Filters of the endpoint, in the context whose server answers for it: the application's,
 * or that of a management port.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnThreadSafeMetricsEnabled
@ConditionalOnAvailableEndpoint(endpoint = ThreadSafeMetricsEndpoint.class, exposure = EndpointExposure.WEB)
final class EndpointGuardConfiguration {

    private static final EndpointId ID = EndpointId.of("threadsafemetrics");

    @Bean
    EndpointGuard threadSafeMetricsEndpointGuard(ObjectProvider<MetricsPage> page,
            ObjectProvider<CorsEndpointProperties> cors) {
        CorsEndpointProperties allowed = cors.getIfAvailable();
        return new EndpointGuard(page.getIfAvailable(), allowed == null || allowed.toCorsConfiguration() == null);
    }

    private static String path(WebEndpointProperties properties, ObjectProvider<PathMapper> mappers) {
        String base = properties.getBasePath();
        List<PathMapper> all = mappers.orderedStream().toList();
        return (base.endsWith("/") ? base : base + "/") + PathMapper.getRootPath(all, ID);
    }

    private static FilterRegistrationBean<EndpointFilter> filter(EndpointGuard guard, String path) {
        FilterRegistrationBean<EndpointFilter> registration = new FilterRegistrationBean<>(new EndpointFilter(guard));
        // The container matches: it knows the context path and all ways to write a path.
        registration.addUrlPatterns(path + "/*");
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(DispatcherServletPath.class)
    static class Servlet {

        @Bean
        FilterRegistrationBean<EndpointFilter> threadSafeMetricsEndpointFilter(EndpointGuard guard,
                WebEndpointProperties properties, ObjectProvider<PathMapper> mappers, DispatcherServletPath servlet) {
            return filter(guard, servlet.getRelativePath(path(properties, mappers)));
        }

    }

    /** Spring Boot lets Jersey answer for the endpoints where there is no Spring MVC. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(JerseyApplicationPath.class)
    @ConditionalOnMissingClass("org.springframework.web.servlet.DispatcherServlet")
    static class Jersey {

        @Bean
        FilterRegistrationBean<EndpointFilter> threadSafeMetricsEndpointFilter(EndpointGuard guard,
                WebEndpointProperties properties, ObjectProvider<PathMapper> mappers, JerseyApplicationPath jersey) {
            return filter(guard, jersey.getRelativePath(path(properties, mappers)));
        }

    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class Reactive {

        @Bean
        EndpointWebFilter threadSafeMetricsEndpointWebFilter(EndpointGuard guard, WebEndpointProperties properties,
                ObjectProvider<PathMapper> mappers) {
            return new EndpointWebFilter(guard, path(properties, mappers));
        }

    }

}
