package io.threadsafemetrics.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/**
 * Explains a start that failed for a value out of range.
 */
final class InvalidPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPropertyException>
        implements Ordered {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidPropertyException cause) {
        String value = cause.getValue();
        String description = """
                A property of threadsafe-metrics cannot be applied:

                    Property: %s
                    Value: %s
                    Allowed: must %s
                """.formatted(cause.getProperty(), (value != null) ? "\"" + value + "\"" : "not set", cause.getRule());
        return new FailureAnalysis(description, "Change '" + cause.getProperty() + "' in your configuration.", cause);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

}
