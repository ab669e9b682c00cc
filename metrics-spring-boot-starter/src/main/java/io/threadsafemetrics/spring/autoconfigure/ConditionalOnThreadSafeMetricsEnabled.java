package io.threadsafemetrics.spring.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Matches unless {@code threadsafe-metrics.enabled} is false, or the same property of the
 * part that is named. Unlike Boot's own condition on a property, it stops the start where
 * the value is neither true nor false.
 *
 * @since 0.1.0
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(EnabledCondition.class)
public @interface ConditionalOnThreadSafeMetricsEnabled {

    /**
     * Names the part that can be switched off by itself.
     * @return the property between {@code threadsafe-metrics.} and {@code .enabled},
     * empty for the starter as a whole
     */
    String value() default "";

}
