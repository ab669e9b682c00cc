package io.threadsafemetrics.spring.endpoint;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Why a request was refused.
 *
 * @param status the HTTP status: 400 or 404
 * @param parameter the parameter that is wrong
 * @param message a sentence with the parameter, what is allowed, and its value
 * @since 0.1.0
 */
public record EndpointProblem(int status, String parameter, String message) implements OperationResponseBody {

}
