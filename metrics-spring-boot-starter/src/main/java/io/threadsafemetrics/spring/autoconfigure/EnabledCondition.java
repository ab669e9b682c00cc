package io.threadsafemetrics.spring.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Reads the properties that switch the starter, or a part of it, off.
 */
final class EnabledCondition extends SpringBootCondition {

    private static final Class<ConditionalOnThreadSafeMetricsEnabled> ANNOTATION = ConditionalOnThreadSafeMetricsEnabled.class;

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        String part = metadata.getAnnotations().get(ANNOTATION).getString("value");
        Stream<String> switches = part.isEmpty() ? Stream.of("enabled") : Stream.of("enabled", part + ".enabled");
        Binder binder = Binder.get(context.getEnvironment());
        List<String> off = switches.map((name) -> ThreadSafeMetricsProperties.PREFIX + "." + name)
            .filter((property) -> !binder.bind(property, Boolean.class).orElse(true))
            .toList();
        return new ConditionOutcome(off.isEmpty(), ConditionMessage.forCondition(ANNOTATION)
            .because(off.isEmpty() ? "not switched off" : "switched off by " + off));
    }

}
