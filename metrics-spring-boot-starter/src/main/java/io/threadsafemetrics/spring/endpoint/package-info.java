/** The Actuator endpoint: its operations, their parameters and what they answer. */
@NullMarked
package io.threadsafemetrics.spring.endpoint;

import org.jspecify.annotations.NullMarked;
