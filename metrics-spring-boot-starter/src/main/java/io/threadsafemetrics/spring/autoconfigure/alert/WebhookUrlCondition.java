package io.threadsafemetrics.spring.autoconfigure.alert;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Matches where an Alertmanager is named. An empty text names none, as from an
 * environment variable that is not set; Boot's own condition takes "false" for none, too.
 */
final class WebhookUrlCondition extends SpringBootCondition {

    private static final String PROPERTY = AlertWebhookProperties.PREFIX + ".url";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean given = StringUtils
            .hasText(Binder.get(context.getEnvironment()).bind(PROPERTY, String.class).orElse(""));
        return new ConditionOutcome(given,
                ConditionMessage.of("'" + PROPERTY + "' is " + (given ? "given" : "not given")));
    }

}
