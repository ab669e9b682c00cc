package io.threadsafemetrics.spring.endpoint;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Refuses a request. Over JMX, Actuator hands its message on to the client.
 */
final class EndpointProblemException extends InvalidEndpointRequestException {

    private static final long serialVersionUID = 1L;

    private static final int MAX_SHOWN = 64;

    private final int status;

    private final String parameter;

    private EndpointProblemException(int status, String parameter, String message) {
        super(message, message);
        this.status = status;
        this.parameter = parameter;
    }

    static EndpointProblemException badRequest(String parameter, String rule, @Nullable Object value) {
        return of(WebEndpointResponse.STATUS_BAD_REQUEST, parameter, rule, value);
    }

    static EndpointProblemException notFound(String parameter, String rule, @Nullable Object value) {
        return of(WebEndpointResponse.STATUS_NOT_FOUND, parameter, rule, value);
    }

    private static EndpointProblemException of(int status, String parameter, String rule, @Nullable Object value) {
        return new EndpointProblemException(status, parameter,
                "'" + parameter + "' must " + rule + " but was " + shown(value));
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "not given";
        }
        // an unpaired surrogate is no character: JSON with one cannot be read
        String text = value.toString().replaceAll("\\p{Cs}", "\uFFFD");
        if (text.length() <= MAX_SHOWN) {
            return "'" + text + "'";
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
        return "'" + text.substring(0, end) + "…' (" + text.length() + " characters)";
    }

    EndpointProblem problem() {
        return new EndpointProblem(this.status, this.parameter, String.valueOf(getMessage()));
    }

}
