package io.threadsafemetrics.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Reads the property that switches the starter off.
 */
final class EnabledCondition extends SpringBootCondition {

    private static final String PROPERTY = ThreadSafeMetricsProperties.PREFIX + ".enabled";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean enabled = Binder.get(context.getEnvironment()).bind(PROPERTY, Boolean.class).orElse(true);
        return new ConditionOutcome(enabled, ConditionMessage.forCondition(ConditionalOnThreadSafeMetricsEnabled.class)
            .because("'" + PROPERTY + "' is " + enabled));
    }

}
