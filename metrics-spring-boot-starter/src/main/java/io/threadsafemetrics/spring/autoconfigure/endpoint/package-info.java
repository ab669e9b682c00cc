/** Auto-configuration of the Actuator endpoint. */
@NullMarked
package io.threadsafemetrics.spring.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
